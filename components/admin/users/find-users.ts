import type { UserRecord } from '@/server/protocol/admin';
import type { Role } from '@/server/protocol/permissions';
import { fold, queryWords } from '../../extensions/search';

/** Those that every word of the query is found in, by name. */
export function findUsers(
  users: readonly UserRecord[],
  query: string,
  roleName: (id: Role) => string,
): readonly UserRecord[] {
  const words = queryWords(query);
  const found = users.filter((user) => {
    const state = user.disabled ? 'disabled' : '';
    const text = fold([user.name, user.username, user.extension ?? '', roleName(user.role), state].join(' '));
    return words.every((word) => text.includes(word));
  });
  return found.sort((a, b) => a.name.localeCompare(b.name) || a.username.localeCompare(b.username));
}
