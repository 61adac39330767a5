import type { AccessSettings } from '../protocol/access';
import type { AccessUse, UsedBy } from '../protocol/access-answers';
import type { RoleMapping } from '../protocol/sign-in';
import type { StoredUser } from '../store/users';
import { RequestError } from './errors';

const mostNamed = 5;

/** Who has which role, and who has rights of their own by which group. */
export function useOf({ groups, roles }: AccessSettings, users: readonly StoredUser[]): AccessUse {
  const byRole = gather(
    roles.map(({ id }) => id),
    users,
    ({ role }) => [role],
  );
  const byGroup = gather(
    groups.map(({ name }) => name),
    users,
    ({ grants, sees }) => [...(grants ?? []).flatMap((one) => one.groups ?? []), ...(sees ?? [])],
  );
  return { roles: byRole, groups: byGroup };
}

function gather(
  keys: readonly string[],
  users: readonly StoredUser[],
  of: (user: StoredUser) => readonly string[],
): Record<string, UsedBy> {
  const found = new Map<string, StoredUser[]>(keys.map((key) => [key, []]));
  for (const user of users) for (const key of new Set(of(user))) found.get(key)?.push(user);
  return Object.fromEntries([...found].map(([key, list]) => [key, usedBy(list)]));
}

function usedBy(users: readonly StoredUser[]): UsedBy {
  const inOrder = [...users].sort((a, b) => a.name.localeCompare(b.name));
  return { count: users.length, first: inOrder.slice(0, mostNamed).map(({ id, name }) => ({ id, name })) };
}

/** A role goes when nobody has it any more: who lost one without noticing could do nothing from one moment to the next. */
export function refuseRolesInUse(
  next: AccessSettings,
  users: readonly StoredUser[],
  { settings: before, mappings }: { readonly settings: AccessSettings; readonly mappings: readonly RoleMapping[] },
): void {
  const given = new Set(mappings.flatMap(({ rules, otherwise }) => [...rules.map(({ role }) => role), otherwise]));
  const left = new Set(next.roles.map(({ id }) => id));
  for (const { id, name } of before.roles) {
    if (left.has(id)) continue;
    if (given.has(id)) {
      const words = `${name} is given at the sign-in. Choose another role there first.`;
      throw new RequestError('invalid', words, 'settings.roles');
    }
    const { count, first } = usedBy(users.filter(({ role }) => role === id));
    if (count === 0) continue;
    const named = first.slice(0, 3).map((one) => one.name);
    const whose = count > named.length ? `${named.join(', ')} and ${count - named.length} more` : named.join(', ');
    const words = `${name} is still the role of ${whose}. Give them another one first.`;
    throw new RequestError('invalid', words, 'settings.roles');
  }
}

/** For the audit log: `role Night shift, group Sales`. */
export function whatChanged(before: AccessSettings, next: AccessSettings): string {
  const differ = <T>(kind: string, key: (one: T) => string, old: readonly T[], now: readonly T[]): string[] => {
    const was = new Map(old.map((one) => [key(one), JSON.stringify(one)]));
    const changed = now.filter((one) => was.get(key(one)) !== JSON.stringify(one)).map(key);
    const kept = new Set(now.map(key));
    const gone = [...was.keys()].filter((one) => !kept.has(one)).map((one) => `${one} removed`);
    return [...changed, ...gone].map((one) => `${kind} ${one}`);
  };
  const parts = [
    ...differ('role', ({ id }) => id, before.roles, next.roles),
    ...differ('group', ({ name }) => name, before.groups, next.groups),
  ];
  return parts.length > 12 ? `${parts.slice(0, 12).join(', ')} and ${parts.length - 12} more` : parts.join(', ');
}
