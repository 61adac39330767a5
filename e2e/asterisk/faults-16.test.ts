import { faultTests } from './fault-tests';

faultTests(16);
