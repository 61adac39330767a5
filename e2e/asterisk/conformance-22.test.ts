import { conformance } from './conformance';

conformance(22);
