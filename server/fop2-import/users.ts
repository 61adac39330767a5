import type { AccessSettings } from '../protocol/access';
import type { ImportChoices, ImportUser } from '../protocol/fop2-import';
import { username } from '../protocol/session';
import { ImportRefused } from './bytes';
import type { Fop2, Fop2Perm, Fop2User } from './document';
import { type Granted, grantsOf, rightsKey } from './grants';
import type { Groups } from './groups';
import type { OfficeUser } from './office';
import { meaning } from './permissions';
import type { Report } from './report';
import { assignRoles, type Given, type PlannedRole, type Rights } from './roles';
import { entry } from './table';

/** FOP2's users as users of the panel. */

export interface NewAccount extends Given {
  readonly username: string;
  readonly name: string;
  readonly extension: string | null;
  readonly email: string | null;
}

export interface ChangedAccount {
  readonly id: string;
  readonly username: string;
  readonly version: number;
  readonly set: Given & { readonly extension: string | null };
  readonly before: Given & { readonly extension: string | null };
}

export interface PlannedUsers {
  readonly shown: readonly ImportUser[];
  readonly create: readonly NewAccount[];
  readonly update: readonly ChangedAccount[];
  readonly roles: readonly PlannedRole[];
}

/** What the buttons say of an extension. */
export interface Person {
  readonly extension: string | null;
  readonly label: string | null;
  readonly email: string | null;
}

export interface UsersInput {
  readonly users: readonly Fop2User[];
  readonly perms: readonly Fop2Perm[];
  readonly groups: Groups;
  readonly access: AccessSettings;
  readonly existing: readonly OfficeUser[];
  readonly choices: ImportChoices;
  readonly person: (name: string) => Person;
  readonly report: Report;
}

interface Wanted extends Rights {
  readonly user: Fop2User;
  readonly username: string;
  readonly person: Person;
  readonly notes: readonly string[];
}

const mostUsers = 20_000;

/** Throws ImportRefused. */
export function planUsers(input: UsersInput): PlannedUsers {
  const { access, choices, report, existing } = input;
  if (input.users.length > mostUsers) throw new ImportRefused('There are more than 20,000 users in the files.');
  const wanted = input.users.flatMap((user) => {
    const name = username.safeParse(user.name);
    if (name.success) return [{ ...rightsOf(user, input), user, username: name.data, person: input.person(user.name) }];
    report.notTaken(user.at, 'A user name here begins with a letter or a digit.');
    return [];
  });
  const { given, roles } = assignRoles(wanted, access, choices.role);
  const settings = { ...access, roles: [...access.roles, ...roles.map(({ role }) => role)] };
  const there = new Map(existing.map((one) => [one.username, one]));
  const planned = wanted.map((one, at) => planUser(one, given[at] as Given, there.get(one.username), settings, input));
  return {
    shown: planned.map(({ shown }) => shown),
    create: planned.flatMap(({ create }) => create ?? []),
    update: planned.flatMap(({ update }) => update ?? []),
    roles,
  };
}

function rightsOf(user: Fop2User, input: UsersInput): Rights & { readonly notes: readonly string[] } {
  const { access, choices } = input;
  const { sees, notes } = seenBy(user, input.groups);
  const { granted, notes: limits } = grantedTo(user, input);
  const plugins = user.plugins.length === 0 ? [] : ['Plug-ins of FOP2 do not run here.'];
  if (granted.length === 0) {
    const grants = access.roles.find(({ id }) => id === choices.role)?.grants ?? [];
    return { grants, sees, notes: [...notes, ...limits, ...plugins] };
  }
  const rights = grantsOf(granted);
  return { grants: rights.grants, sees, notes: [...notes, ...limits, ...rights.notes, ...plugins] };
}

/** Who is in groups sees these alone; a group that is not there shows nothing, so that nobody sees more than before. */
function seenBy({ groups: names }: Fop2User, groups: Groups): { sees: string[] | null; notes: string[] } {
  if (names.length === 0) return { sees: null, notes: [] };
  const found = names.map((name) => groups.named(name));
  if (found.includes('everything')) return { sees: null, notes: [] };
  const sees = found.flatMap((one) => (one === null || one === 'everything' ? [] : one.group));
  const unknown = found.filter((one) => one === null).length;
  const notes = unknown === 0 ? [] : [`${unknown} of the groups ${unknown === 1 ? 'is' : 'are'} not in the files.`];
  return { sees: [...new Set(sees)].sort(), notes };
}

function grantedTo(user: Fop2User, { perms, groups }: UsersInput): { granted: Granted[]; notes: string[] } {
  const notes: string[] = [];
  const granted = user.permissions.flatMap((named): Granted[] => {
    const name = named.toLowerCase();
    const perm = perms.find((one) => one.name.toLowerCase() === name);
    if (perm === undefined) return [{ name, groups: null }];
    const reach = reachOf(perm, groups);
    return perm.permissions.map((one) => ({ name: one.toLowerCase(), groups: reach }));
  });
  return { granted, notes };
}

/** Null: for all. Devices of a permission become a group of its name. */
function reachOf({ name, devices }: Fop2Perm, groups: Groups): readonly string[] | null {
  if (devices.length === 0) return null;
  const found = devices.map((device) => groups.named(device));
  if (found.includes('everything')) return null;
  const named = found.flatMap((one) => (one === null || one === 'everything' ? [] : one.group));
  const others = devices.filter((_, at) => found[at] === null);
  const own = others.length === 0 ? null : groups.add({ name, devices: others });
  return [...new Set([...named, ...(own === null ? [] : [own.group.name])])].sort();
}

function planUser(
  wanted: Wanted,
  given: Given,
  there: OfficeUser | undefined,
  settings: AccessSettings,
  { choices, report }: UsersInput,
): { shown: ImportUser; create?: NewAccount; update?: ChangedAccount } {
  const { user, person } = wanted;
  const name = there?.name ?? (person.label || user.name).slice(0, 80);
  const roleName = settings.roles.find(({ id }) => id === given.role)?.name ?? given.role;
  const show = (change: ImportUser['change'], more: readonly string[] = []): ImportUser => ({
    username: wanted.username,
    name,
    extension: person.extension,
    email: person.email,
    role: given.role,
    roleName,
    sees: wanted.sees && [...wanted.sees],
    ownRights: given.grants !== null || given.sees !== null,
    change,
    notes: [...wanted.notes, ...more],
  });
  const words = `User ${wanted.username}: ${roleName}${given.grants === null ? '' : ' with rights of their own'}. The password is not taken.`;
  const tell = (text: string): void => {
    report.taken(user.at, text);
    for (const note of wanted.notes) report.partly(user.at, note);
  };
  if (there === undefined) {
    tell(words);
    const { extension, email } = person;
    return { shown: show('new'), create: { ...given, username: wanted.username, name, extension, email } };
  }
  if (isSame(there, wanted, settings)) {
    tell(`User ${wanted.username} is already so.`);
    return { shown: show('same') };
  }
  const why = whyKept(there, choices);
  if (why !== null) {
    report.notTaken(user.at, `User ${wanted.username} ${why}.`);
    return { shown: show('kept', [`${wanted.username} ${why}.`]) };
  }
  tell(words);
  return { shown: show('changed'), update: changeOf(there, given, person) };
}

/** Null: it is to be changed. */
function whyKept({ role }: OfficeUser, { change }: ImportChoices): string | null {
  if (role === 'admin') return 'is an administrator here, and stays one';
  return change ? null : 'is there already, with other rights, and stays so';
}

function changeOf(there: OfficeUser, given: Given, person: Person): ChangedAccount {
  const { id, username: name, version, role, grants, sees, extension } = there;
  const set = { ...given, extension: person.extension ?? extension };
  return { id, username: name, version, set, before: { role, grants, sees, extension } };
}

/** By what they may do and see, whether by a role or by rights of their own. */
function isSame(there: OfficeUser, { grants, sees, person }: Wanted, { roles }: AccessSettings): boolean {
  if (there.role === 'admin') return false;
  const role = roles.find(({ id }) => id === there.role);
  const now = rightsKey(there.grants ?? role?.grants ?? [], there.sees ?? (role === undefined ? [] : role.sees));
  const extension = person.extension ?? there.extension;
  return now === rightsKey(grants, sees) && extension === there.extension;
}

/** What becomes of the lines that make permissions; after the users, who may need them. */
export function tellPerms({ perms }: Pick<Fop2, 'perms'>, users: readonly Fop2User[], report: Report): void {
  const used = new Set(users.flatMap(({ permissions }) => permissions.map((one) => one.toLowerCase())));
  for (const { name, permissions, at } of perms) {
    if (!used.has(name.toLowerCase())) {
      report.notTaken(at, 'No user has this permission.');
      continue;
    }
    report.taken(at, 'In the rights of the users who have it.');
    const lost = permissions.filter(
      (one) => !Array.isArray(entry(meaning, one.toLowerCase())) && one.toLowerCase() !== 'all',
    );
    for (const one of lost) {
      const why = entry(meaning, one.toLowerCase());
      report.partly(at, typeof why === 'string' ? `“${one}”: ${why}` : 'One of it is no permission of FOP2’s.');
    }
  }
}
