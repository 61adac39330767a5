import { commands } from './commands';

commands(22);
