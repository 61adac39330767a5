import { availability } from './availability';

availability(22);
