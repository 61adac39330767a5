import type { AuditRecord } from '@/server/protocol/admin';
import { fold, queryWords } from '../../extensions/search';

/** What the names of actions mean to a person; others are shown as they are. */
const actions: Readonly<Record<string, string>> = {
  'session.login': 'Sign in',
  'session.enter': 'Sign in by one-time code',
  'session.logout': 'Sign out',
  'me.password': 'Change own password',
  'admin.pbx.save': 'Save the PBX connection',
  'admin.pbx.test': 'Test a PBX connection',
  'admin.availability.save': 'Save the availability settings',
  'admin.availability.test': 'Test OpenSIPS',
  'admin.user.create': 'Add a user',
  'admin.user.update': 'Change a user',
  'extension.dnd': 'Do not disturb',
  'audit.lost': 'Entries lost',
};

export function actionWords(action: string): string {
  return actions[action] ?? action;
}

/** `wrong: 3 tries` and the like: the code, and what was remarked. */
export function resultWords(result: string): { readonly good: boolean; readonly words: string } {
  const good = result === 'ok' || result.startsWith('ok:');
  const known: Readonly<Record<string, string>> = {
    ok: 'Done',
    wrong: 'Wrong',
    wait: 'Too many tries',
    tooMany: 'Too many tries',
    conflict: 'Refused',
    forbidden: 'Not permitted',
    invalid: 'Not valid',
    notFound: 'Not found',
    pbxAway: 'PBX away',
    rateLimited: 'Too fast',
    internal: 'Failed',
  };
  const [code = '', ...remark] = result.split(':');
  const word = known[code] ?? code;
  return { good, words: remark.length > 0 ? `${word}: ${remark.join(':').trim()}` : word };
}

/** Entries that every word of the query is found in. */
export function findEntries(entries: readonly AuditRecord[], query: string): readonly AuditRecord[] {
  const words = queryWords(query);
  if (words.length === 0) return entries;
  return entries.filter((entry) => {
    const { actor, address, action, target, result } = entry;
    const text = fold([actor, address, action, actionWords(action), target, resultWords(result).words].join(' '));
    return words.every((word) => text.includes(word));
  });
}
