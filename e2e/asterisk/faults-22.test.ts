import { faultTests } from './fault-tests';

faultTests(22);
