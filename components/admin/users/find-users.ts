import type { UserRecord } from '@/server/protocol/admin';
import { fold, queryWords } from '../../extensions/search';
import { roleNames } from './roles';

/** Those that every word of the query is found in, by name. */
export function findUsers(users: readonly UserRecord[], query: string): readonly UserRecord[] {
  const words = queryWords(query);
  const found = users.filter((user) => {
    const state = user.disabled ? 'disabled' : '';
    const text = fold([user.name, user.username, user.extension ?? '', roleNames[user.role], state].join(' '));
    return words.every((word) => text.includes(word));
  });
  return found.sort((a, b) => a.name.localeCompare(b.name) || a.username.localeCompare(b.username));
}
