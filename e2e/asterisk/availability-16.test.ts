import { availability } from './availability';

availability(16);
