/** How the tables of what happened look: the audit log and the history of availability. */

export const logTime = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
export const logHead = 'h-9 px-3 text-left text-xs font-medium text-ink-2';
export const logCell = 'px-3 py-2 align-top';
