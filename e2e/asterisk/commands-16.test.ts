import { commands } from './commands';

commands(16);
