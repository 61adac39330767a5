import { z } from 'zod';
import { type AccessGroup, accessGroup, groupName, type Limit, limitOf } from './groups';
import { nameLine } from './name-line';
import {
  type BuiltInRole,
  builtInRole,
  type Permission,
  permission,
  type Role,
  role,
  rolePermissions,
} from './permissions';

/** Who may do what to whom: permissions are granted for all, or for named groups of extensions and queues. */

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

/**
 * A template of what people may do and see: an edit reaches everybody of it at once. An administrator's cannot be changed
 * but for the second factor: they may do and see everything.
 */
export const roleTemplate = z.strictObject({
  id: role,
  name: nameLine(60),
  about: z.string().trim().max(200).default(''),
  grants,
  /** Names of the groups that are seen, and oneself; null: everything. */
  sees: z.array(groupName).max(100).nullable().default(null),
  /** Who signs in with a password needs a second factor. */
  twoFactor: z.boolean().default(false),
});
export type RoleTemplate = z.infer<typeof roleTemplate>;

export const accessSettings = z
  .strictObject({ groups: z.array(accessGroup).max(500), roles: z.array(roleTemplate).max(100) })
  .superRefine(({ groups, roles }, context) => {
    const wrong = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const known = new Set(groups.map(({ name }) => name));
    for (const [at, { name }] of groups.entries()) {
      if (groups.findIndex((one) => one.name === name) !== at)
        wrong(['groups', at, 'name'], `there are two groups called ${name}`);
    }
    for (const [at, one] of roles.entries()) {
      if (roles.findIndex(({ id }) => id === one.id) !== at)
        wrong(['roles', at, 'id'], `there are two roles ${one.id}`);
      if (roles.findIndex(({ name }) => name === one.name) !== at)
        wrong(['roles', at, 'name'], `there are two roles called ${one.name}`);
      if (one.id === 'admin' && (one.grants.length > 0 || one.sees !== null)) {
        wrong(['roles', at, 'grants'], 'an administrator may do and see everything');
      }
      const unknown = unknownGroup(one.grants, groups);
      if (unknown !== null) wrong(['roles', at, 'grants', ...unknown.path], `there is no group called ${unknown.name}`);
      const unseen = one.sees?.findIndex((name) => !known.has(name)) ?? -1;
      if (unseen >= 0) wrong(['roles', at, 'sees', unseen], `there is no group called ${one.sees?.[unseen]}`);
    }
    for (const id of builtInRole.options) {
      if (!roles.some((one) => one.id === id)) wrong(['roles'], `the role ${id} is missing`);
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

/** What a built-in role may do until an administrator changes it. */
export function defaultGrants(one: BuiltInRole): Grant[] {
  if (one === 'admin') return [];
  return rolePermissions[one].flatMap((name) => (name === 'admin' ? [] : [{ permission: name, groups: null }]));
}

const builtIn = (id: BuiltInRole, name: string, about: string): RoleTemplate => ({
  id,
  name,
  about,
  grants: defaultGrants(id),
  sees: null,
  twoFactor: false,
});

/** As it is until an administrator changes it. */
export const defaultAccess: AccessSettings = {
  groups: [],
  roles: [
    builtIn('admin', 'Administrator', 'Sees and does everything, and changes these settings.'),
    builtIn('supervisor', 'Supervisor', 'Everything but administration; listening in and recording others included.'),
    builtIn('receptionist', 'Receptionist', 'Works with everybody’s calls, but does not listen in.'),
    builtIn('member', 'Colleague', 'Sees everyone, and sets only their own availability.'),
    builtIn('viewer', 'Viewer', 'Sees everyone, but not who calls from outside, and changes nothing.'),
  ],
};

export function roleOf(id: Role, { roles }: Pick<AccessSettings, 'roles'>): RoleTemplate | undefined {
  return roles.find((one) => one.id === id);
}

/** Permissions, and for whom those hold that do not hold for all. */
export interface Rights {
  readonly permissions: Permission[];
  readonly limits: Partial<Record<Permission, Limit>>;
  /** What is seen besides oneself; left out: everything. */
  readonly sees?: Limit;
}

/** What somebody has instead of what the role says; null: as the role. */
export interface OwnRights {
  readonly grants: readonly Grant[] | null;
  readonly sees: readonly string[] | null;
}

/** What a user of this role may do and see. A group that is no more grants nothing and shows nothing; a role that is no more neither. */
export function rightsOf(id: Role, own: OwnRights, settings: AccessSettings): Rights {
  if (id === 'admin') return { permissions: [...permission.options], limits: {} };
  const template = roleOf(id, settings);
  const { groups } = settings;
  const sees = own.sees ?? (template === undefined ? [] : template.sees);
  const rights: { permissions: Permission[]; limits: Partial<Record<Permission, Limit>> } = {
    permissions: [],
    limits: {},
  };
  for (const { permission: name, groups: named } of own.grants ?? template?.grants ?? []) {
    const meant = named === null ? null : groups.filter((group) => named.includes(group.name));
    // Named groups that are all gone are not the same as none named: that is for oneself.
    if (meant?.length === 0 && named?.length !== 0) continue;
    rights.permissions.push(name);
    if (meant !== null) rights.limits[name] = limitOf(meant);
  }
  return sees === null ? rights : { ...rights, sees: limitOf(groups.filter(({ name }) => sees.includes(name))) };
}
