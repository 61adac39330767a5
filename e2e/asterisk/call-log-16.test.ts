import { callLog } from './call-log';

callLog(16);
