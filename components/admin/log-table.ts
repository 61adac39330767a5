import { dateText } from '../ui/region';

/** How the tables of what happened look: the audit log and the history of availability. */

export const logTime = { format: (at: number): string => dateText('log', at) };
export const logHead = 'h-9 px-3 text-left text-xs font-medium text-ink-2';
export const logCell = 'px-3 py-2 align-top';
