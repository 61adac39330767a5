import { conformance } from './conformance';

conformance(16);
