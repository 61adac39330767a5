import { tryConnection } from './try-connection';

tryConnection(22);
