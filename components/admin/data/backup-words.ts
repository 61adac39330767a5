import type { BackupFileRecord, BackupReportRecord } from '@/server/protocol/backups';

export const kindWords: Readonly<Record<BackupFileRecord['kind'], string>> = {
  manual: 'By hand',
  nightly: 'By itself',
  uploaded: 'Uploaded',
  'before-restore': 'Before a restore',
  update: 'Before an update',
};

const tables: Readonly<Record<string, readonly [one: string, several: string]>> = {
  User: ['user', 'users'],
  ApiToken: ['API token', 'API tokens'],
  LoggedCall: ['call', 'calls'],
  CallNote: ['note on a call', 'notes on calls'],
  FeatureChange: ['change of availability', 'changes of availability'],
  AuditEntry: ['entry of the audit log', 'entries of the audit log'],
  Button: ['button', 'buttons'],
  Board: ['wallboard', 'wallboards'],
  Layout: ['own layout', 'own layouts'],
};

/** "3 users, 1,204 calls": what there is of it. */
export function contentWords(counts: BackupReportRecord['counts']): string {
  const words = Object.entries(counts).flatMap(([table, count]) => {
    const [one, several] = tables[table] ?? [table, table];
    return count === 0 ? [] : [`${count.toLocaleString('en-GB')} ${count === 1 ? one : several}`];
  });
  return words.length === 0 ? 'nothing' : words.join(', ');
}

/** "anna, bert and 3 more". */
export function adminWords(users: BackupReportRecord['users']): string {
  const admins = users.filter(({ role }) => role === 'admin').map(({ username }) => username);
  if (admins.length === 0) return 'nobody';
  const more = admins.length > 5 ? ` and ${admins.length - 5} more` : '';
  return `${admins.slice(0, 5).join(', ')}${more}`;
}

const moment = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

export function momentOf(iso: string): string {
  return moment.format(Date.parse(iso));
}
