import { accounts } from './accounts';

accounts(16);
