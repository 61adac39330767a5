import { accounts } from './accounts';

accounts(22);
