import type { UserRecord } from '@/server/protocol/admin';
import type { Role } from '@/server/protocol/permissions';
import { fold, queryWords } from '../../extensions/search';
import { stateOf, stateWords, type UserState, wayInOf, wayInWords } from './user-state';

/** Which of all are shown: everybody, those in a state, those without a second factor, or those of a role (`role:` and its id). */
export type Show = 'all' | UserState | 'oneFactor' | `role:${string}`;

/** Those that every word of the query is found in, by name. */
export function findUsers(
  users: readonly UserRecord[],
  query: string,
  roleName: (id: Role) => string,
  show: Show = 'all',
): UserRecord[] {
  const words = queryWords(query);
  const found = users.filter((user) => {
    if (!isShown(user, show)) return false;
    const { name, username, extension, email, role } = user;
    const said = [stateWords[stateOf(user)], wayInWords[wayInOf(user)]];
    const text = fold([name, username, extension ?? '', email ?? '', roleName(role), ...said].join(' '));
    return words.every((word) => text.includes(word));
  });
  return sortUsers(found, { by: 'name', down: false }, roleName);
}

function isShown(user: UserRecord, show: Show): boolean {
  if (show === 'all') return true;
  if (show === 'oneFactor') return !user.disabled && wayInOf(user) === 'password' && !user.secondFactor;
  return show.startsWith('role:') ? user.role === show.slice(5) : stateOf(user) === show;
}

export type Column = 'name' | 'username' | 'role' | 'extension' | 'wayIn' | 'secondFactor' | 'lastSeen' | 'state';
export interface Order {
  readonly by: Column;
  readonly down: boolean;
}

const order = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Where two are the same, by name; who has nothing in a column comes last, up or down. */
export function sortUsers(
  users: readonly UserRecord[],
  { by, down }: Order,
  roleName: (id: Role) => string,
): UserRecord[] {
  const keys = new Map(users.map((user) => [user.id, keyOf(user, by, roleName)]));
  return [...users].sort((one, other) => {
    const a = keys.get(one.id) ?? '';
    const b = keys.get(other.id) ?? '';
    if ((a === '') !== (b === '')) return a === '' ? 1 : -1;
    const way = order.compare(a, b) * (down ? -1 : 1);
    return way || order.compare(one.name, other.name) || order.compare(one.username, other.username);
  });
}

function keyOf(user: UserRecord, by: Column, roleName: (id: Role) => string): string {
  switch (by) {
    case 'role':
      return roleName(user.role);
    case 'wayIn':
      return wayInWords[wayInOf(user)];
    case 'secondFactor':
      return user.secondFactor ? 'On' : '';
    case 'lastSeen':
      return user.lastSeenAt ?? '';
    case 'state':
      return stateWords[stateOf(user)];
    default:
      return user[by] ?? '';
  }
}
