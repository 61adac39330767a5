import type { AccessSettings, Grant } from '@/server/protocol/access';
import { type AccessGroup, emptyGroup } from '@/server/protocol/groups';
import { asRow, type Row } from '../availability/availability-values';
import type { Granted } from '@/server/protocol/permission-words';

/** A group as the form holds it: its numbers as they are typed. */
export interface GroupValues extends Omit<AccessGroup, 'extensions'> {
  readonly extensions: string;
  /** Its name when it was read; empty: it is new. */
  readonly wasNamed: string;
}
export type GroupRow = Row<GroupValues>;

/** What the form holds; its paths are those of the settings. */
export interface AccessValues {
  readonly groups: readonly GroupRow[];
  readonly roles: AccessSettings['roles'];
}

export function accessValues({ groups, roles }: AccessSettings): AccessValues {
  return {
    groups: groups.map((one) => asRow({ ...one, extensions: one.extensions.join(', '), wasNamed: one.name })),
    roles,
  };
}

export function newGroup(): GroupRow {
  return asRow({ ...emptyGroup(''), extensions: '', wasNamed: '' });
}

/** Numbers as people write a list of them, each once. */
export function numbersIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
}

/** What is sent, not checked yet. */
export function accessOf({ groups, roles }: AccessValues): AccessSettings {
  return {
    groups: groups.map(({ id: _, wasNamed: __, name, extensions, ...rest }) => ({
      ...rest,
      name: name.trim(),
      extensions: numbersIn(extensions),
    })),
    roles: mapRoles(roles, (list) =>
      list.map((one) => (one.groups ? { ...one, groups: one.groups.map((name) => name.trim()) } : one)),
    ),
  };
}

type Roles = AccessSettings['roles'];

function mapRoles(roles: Roles, change: (list: Grant[]) => Grant[]): Roles {
  return roles.map((one) => ({ ...one, grants: change(one.grants) }));
}

/** A group got another name: the roles go on meaning it. */
export function renamed(roles: Roles, from: string, to: string): Roles {
  return mapRoles(roles, (list) =>
    list.map((one) =>
      one.groups?.includes(from) ? { ...one, groups: one.groups.map((name) => (name === from ? to : name)) } : one,
    ),
  );
}

/** A group is gone. What was for it alone is granted no more: it must not become a right for all, or for oneself. */
export function withoutGroup(roles: Roles, name: string): Roles {
  return mapRoles(roles, (list) =>
    list.flatMap((one) => {
      if (!one.groups?.includes(name)) return [one];
      const groups = one.groups.filter((other) => other !== name);
      return groups.length > 0 ? [{ ...one, groups }] : [];
    }),
  );
}

/** For whom a permission holds. */
export type Reach = 'nobody' | 'all' | 'some';

export function reachOf(grants: readonly Grant[], permission: Granted): Reach {
  const found = grants.find((one) => one.permission === permission);
  if (!found) return 'nobody';
  return found.groups === null ? 'all' : 'some';
}

export function groupsOf(grants: readonly Grant[], permission: Granted): readonly string[] {
  return grants.find((one) => one.permission === permission)?.groups ?? [];
}

/** The grants with this one changed; `groups` is asked only for `some`. */
export function granted(
  grants: readonly Grant[],
  permission: Granted,
  reach: Reach,
  groups: readonly string[] = [],
): Grant[] {
  const rest = grants.filter((one) => one.permission !== permission);
  if (reach === 'nobody') return rest;
  return [...rest, { permission, groups: reach === 'all' ? null : [...groups] }];
}
