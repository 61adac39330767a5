import { z } from 'zod';
import { type Permission, permission, type Role, rolePermissions } from './permissions';

/** Who may do what to whom: permissions are granted for all, or for named groups of extensions and queues. */

/** What a limited permission holds for; one's own extension is always meant as well. */
export const limit = z.object({
  /** Names of the groups that it is made of, for words; empty: for oneself alone. */
  groups: z.array(z.string()).default([]),
  extensions: z.array(z.string()),
  /** Every extension of these departments (`group` of its record). */
  departments: z.array(z.string()),
  queues: z.array(z.string()),
});
export type Limit = z.infer<typeof limit>;

const groupName = z
  .string()
  .trim()
  .min(1, 'enter a name')
  .max(60)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line');
const key = z.string().trim().min(1).max(80);

export const accessGroup = z.strictObject({
  name: groupName,
  extensions: z.array(key).max(20_000),
  departments: z.array(key).max(2_000),
  queues: z.array(key).max(2_000),
});
export type AccessGroup = z.infer<typeof accessGroup>;

/** `groups` null: for all; else for the members of these groups and for oneself; an empty list: for oneself alone. */
export const grant = z.strictObject({
  permission: permission.exclude(['admin'], 'administrators are made by their role'),
  groups: z.array(groupName).max(100).nullable(),
});
export type Grant = z.infer<typeof grant>;

/** What somebody may do: each permission at most once. */
export const grants = z
  .array(grant)
  .max(permission.options.length)
  .superRefine((list, context) => {
    for (const [at, { permission: name }] of list.entries()) {
      if (list.findIndex((one) => one.permission === name) === at) continue;
      context.addIssue({ code: 'custom', path: [at, 'permission'], message: `${name} is granted twice` });
    }
  });

/** The roles whose permissions can be set; an administrator may do everything. */
export const settableRole = z.enum(['operator', 'member', 'viewer']);
export type SettableRole = z.infer<typeof settableRole>;

export const accessSettings = z
  .strictObject({
    groups: z.array(accessGroup).max(500),
    roles: z.strictObject({ operator: grants, member: grants, viewer: grants }),
  })
  .superRefine(({ groups, roles }, context) => {
    for (const [at, { name }] of groups.entries()) {
      if (groups.findIndex((one) => one.name === name) === at) continue;
      context.addIssue({
        code: 'custom',
        path: ['groups', at, 'name'],
        message: `there are two groups called ${name}`,
      });
    }
    for (const one of settableRole.options) {
      const unknown = unknownGroup(roles[one], groups);
      if (unknown === null) continue;
      const message = `there is no group called ${unknown.name}`;
      context.addIssue({ code: 'custom', path: ['roles', one, ...unknown.path], message });
    }
  });
export type AccessSettings = z.infer<typeof accessSettings>;

/** GET and PUT /api/v1/admin/access; PUT with the version that was edited. */
export const savedAccess = z.strictObject({ version: z.number().int().nonnegative(), settings: accessSettings });
export type SavedAccess = z.infer<typeof savedAccess>;

/** PUT /api/v1/admin/panic: `on` stops all calls of the panel to the outside, but for emergency numbers. */
export const panicBody = z.strictObject({ on: z.boolean() });
/** Who stopped them, and when; null: they run. GET /api/v1/admin/panic, and the answer to PUT. */
export const panicState = z.object({ stopped: z.object({ by: z.string(), since: z.iso.datetime() }).nullable() });
export type PanicState = z.infer<typeof panicState>;

/** The first group that a list of grants names and that there is not, and where it stands in the list. */
export function unknownGroup(
  list: readonly Grant[],
  groups: readonly AccessGroup[],
): { readonly name: string; readonly path: readonly [at: number, field: 'groups', index: number] } | null {
  const known = new Set(groups.map(({ name }) => name));
  for (const [at, { groups: named }] of list.entries()) {
    const index = named?.findIndex((name) => !known.has(name)) ?? -1;
    if (index >= 0) return { name: named?.[index] ?? '', path: [at, 'groups', index] };
  }
  return null;
}

const forAll = (one: SettableRole): Grant[] =>
  rolePermissions[one].flatMap((name) => (name === 'admin' ? [] : [{ permission: name, groups: null }]));

/** As the roles are until an administrator changes them. */
export const defaultAccess: AccessSettings = {
  groups: [],
  roles: { operator: forAll('operator'), member: forAll('member'), viewer: forAll('viewer') },
};

/** Permissions, and for whom those hold that do not hold for all. */
export interface Rights {
  readonly permissions: Permission[];
  readonly limits: Partial<Record<Permission, Limit>>;
}

/** What a user of this role may do; `own` null: as the role says. A group that is no more grants nothing. */
export function rightsOf(role: Role, own: readonly Grant[] | null, { groups, roles }: AccessSettings): Rights {
  if (role === 'admin') return { permissions: [...permission.options], limits: {} };
  const rights: Rights = { permissions: [], limits: {} };
  for (const { permission: name, groups: named } of own ?? roles[role]) {
    const meant = named === null ? null : groups.filter((group) => named.includes(group.name));
    // Named groups that are all gone are not the same as none named: that is for oneself.
    if (meant?.length === 0 && named?.length !== 0) continue;
    rights.permissions.push(name);
    if (meant !== null) rights.limits[name] = limitOf(meant);
  }
  return rights;
}

function limitOf(groups: readonly AccessGroup[]): Limit {
  const all = (field: 'extensions' | 'departments' | 'queues'): string[] => [
    ...new Set(groups.flatMap((group) => group[field])),
  ];
  return {
    groups: groups.map(({ name }) => name),
    extensions: all('extensions'),
    departments: all('departments'),
    queues: all('queues'),
  };
}
