import type { AccessSettings, Grant, RoleTemplate } from '@/server/protocol/access';
import type { GroupRename } from '@/server/protocol/access-answers';
import { type AccessGroup, emptyGroup } from '@/server/protocol/groups';
import { type Granted, permissionWords } from '@/server/protocol/permission-words';
import { asRow, type Row } from '../availability/availability-values';

/** A group as the form holds it. `wasNamed`: its name when it was read; empty: it is new. */
export type GroupRow = Row<AccessGroup & { readonly wasNamed: string }>;

/** A role as the form holds it; one that is new gets its id from its name when it is saved. */
export interface RoleRow extends RoleTemplate {
  readonly row: string;
  readonly isNew: boolean;
}

/** What the form holds; its paths are those of the settings. */
export interface AccessValues {
  readonly groups: readonly GroupRow[];
  readonly roles: readonly RoleRow[];
}

export function accessValues({ groups, roles }: AccessSettings): AccessValues {
  return {
    groups: groups.map((one) => ({ ...one, id: rowOfGroup(one.name), wasNamed: one.name })),
    roles: roles.map((one) => ({ ...one, row: one.id, isNew: false })),
  };
}

/** The row of a group that is saved; that of a role is its id. */
export function rowOfGroup(name: string): string {
  return `group ${name}`;
}

export function newGroup(): GroupRow {
  return asRow({ ...emptyGroup(''), wasNamed: '' });
}

/** A role that begins as another one; `names` are those that there are. */
export function copyOf(role: RoleTemplate, names: readonly string[]): RoleRow {
  const { id: row } = asRow({});
  const about = role.id === 'admin' ? '' : role.about;
  const wanted = `${role.name} 2`;
  const name = names.includes(wanted) ? '' : wanted;
  return { ...role, about, name, row, isNew: true, id: '' };
}

/** What is sent, not checked yet. */
export function accessOf({ groups, roles }: AccessValues): AccessSettings {
  const taken = new Set(roles.map(({ id }) => id));
  return {
    groups: groups.map(({ id: _, wasNamed: __, name, ...rest }) => ({ ...rest, name: name.trim() })),
    roles: roles.map(({ row: _, isNew, ...role }) => {
      const id = isNew ? idFor(role.name, taken) : role.id;
      taken.add(id);
      const named = (list: readonly string[]): string[] => list.map((name) => name.trim());
      const grants = role.grants.map((one) => ({ ...one, groups: one.groups && named(one.groups) }));
      return { ...role, id, grants, sees: role.sees && named(role.sees) };
    }),
  };
}

/** `night-shift` for Night shift; a name that has no such letters gets a number. */
function idFor(name: string, taken: ReadonlySet<string>): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  const id = words.slice(0, 30).replace(/-+$/, '') || 'role';
  for (let number = 1; ; number += 1) {
    const wanted = number === 1 ? id : `${id}-${number}`;
    if (!taken.has(wanted)) return wanted;
  }
}

/** Groups that were saved under another name. */
export function renamesOf({ groups }: AccessValues): GroupRename[] {
  return groups.flatMap(({ wasNamed, name }) => {
    const to = name.trim();
    return wasNamed === '' || wasNamed === to ? [] : [{ from: wasNamed, to }];
  });
}

/** A group got another name: the roles go on meaning it. */
export function renamed(roles: readonly RoleRow[], from: string, to: string): RoleRow[] {
  const now = (name: string): string => (name === from ? to : name);
  return roles.map((role) => ({
    ...role,
    grants: role.grants.map((one) => (one.groups?.includes(from) ? { ...one, groups: one.groups.map(now) } : one)),
    sees: role.sees?.map(now) ?? null,
  }));
}

/** A group is gone. What was for it alone is granted no more: it must not become a right for all, or for oneself. */
export function withoutGroup(roles: readonly RoleRow[], name: string): RoleRow[] {
  const less = (list: readonly string[]): string[] => list.filter((other) => other !== name);
  return roles.map((role) => ({
    ...role,
    grants: role.grants.flatMap((one) => {
      if (!one.groups?.includes(name)) return [one];
      const groups = less(one.groups);
      return groups.length > 0 ? [{ ...one, groups }] : [];
    }),
    sees: role.sees && less(role.sees),
  }));
}

/** What the roles lose with a group, a sentence each. */
export function lossesOf(roles: readonly RoleRow[], name: string): string[] {
  return roles.flatMap((role) => {
    const after = withoutGroup([role], name)[0];
    if (after === undefined) return [];
    const held = new Set(after.grants.map(({ permission }) => permission));
    const lost = role.grants.filter(({ permission }) => !held.has(permission)).map(wordsOf);
    const fewer = role.grants.filter((one) => held.has(one.permission) && one.groups?.includes(name)).map(wordsOf);
    const who = role.name || 'A new role';
    return [
      ...(lost.length > 0 ? [`${who} may no longer do: ${lost.join(', ')}.`] : []),
      ...(fewer.length > 0 ? [`${who} may do for fewer people: ${fewer.join(', ')}.`] : []),
      ...(role.sees?.includes(name) ? [`${who} sees ${after.sees?.length === 0 ? 'nobody else' : 'less'}.`] : []),
    ];
  });
}

const wordsOf = ({ permission }: Grant): string => permissionWords[permission].name;

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
