import { defaultGrants, type Grant, type RoleTemplate } from '../protocol/access';
import { type ButtonField, type ButtonKind, type ButtonRecord, shownLabel } from '../protocol/buttons';
import type { ImportExport } from '../protocol/fop2-import';
import type { AccessGroup } from '../protocol/groups';
import { rightsKey } from './grants';
import type { Office, OfficeUser } from './office';
import { everybody, meaning } from './permissions';

/** The panel's users, groups and buttons in FOP2's formats, without secrets. Read again they change nothing. */
export function exportFop2({ access, users, buttons }: Pick<Office, 'access' | 'users' | 'buttons'>): ImportExport {
  const notes = new Set<string>();
  const devices = new Map(buttons.map((row) => [`${row.kind}\n${row.key}`, deviceOf(row)]));
  const device = (kind: ButtonKind, key: string): string => devices.get(`${kind}\n${key}`) ?? `${techOf[kind]}/${key}`;
  const { groups, roles } = access.settings;
  const groupLines = groups.flatMap((group) => groupLine(group, device, notes));
  const perms = new Map<string, string>();
  const userLines = users.flatMap((user) => userLine(user, roles, groups, perms, notes));
  const fop2 = ['[general]', ...groupLines, ...perms.values(), ...userLines, ''].join('\n');
  return { fop2, buttons: buttons.flatMap((row) => buttonLines(row, notes)).join('\n'), notes: [...notes] };
}

const techOf: Readonly<Record<ButtonKind, string>> = {
  extension: 'USER',
  queue: 'QUEUE',
  ringgroup: 'RINGGROUP',
  conference: 'CONFERENCE',
  park: 'PARK',
  trunk: 'TRUNK',
};

function deviceOf({ kind, key, own, found }: ButtonRecord): string {
  if (kind === 'trunk') return key.includes('/') ? key : `TRUNK/${key}`;
  const device = kind === 'extension' ? (own.device ?? found.device) : null;
  return device !== null && /^[A-Za-z0-9_]+\/[^\]]+$/.test(device) ? device : `${techOf[kind]}/${key}`;
}

/** Names stand between `:` and `,` there. */
function isName(text: string): boolean {
  return /^[^:,;=[\]"\\]+$/.test(text);
}

function groupLine(
  group: AccessGroup,
  device: (kind: ButtonKind, key: string) => string,
  notes: Set<string>,
): string[] {
  if (!isName(group.name)) {
    notes.add(`The group ${group.name} has a name that FOP2 cannot have: it is left out.`);
    return [];
  }
  if (group.departments.length > 0) notes.add(`The departments of ${group.name} are left out: FOP2 has none.`);
  const everything = group.all.map((kind) => predefinedName[kind]).filter((name) => name !== null);
  if (everything.length < group.all.length) notes.add(`FOP2 has no group of all parking lots: ${group.name} lacks it.`);
  const members = [
    ...group.extensions.map((key) => device('extension', key)),
    ...group.queues.map((key) => device('queue', key)),
    ...group.conferences.map((key) => device('conference', key)),
    ...group.parking.map((key) => device('park', key)),
    ...group.trunks.map((key) => device('trunk', key)),
  ];
  return [`group=${group.name}:${[...everything, ...members].join(',')}`];
}

const predefinedName = {
  extensions: 'All Extensions',
  queues: 'All Queues',
  conferences: 'All Conferences',
  trunks: 'All Trunks',
  parking: null,
} as const;

function userLine(
  user: OfficeUser,
  roles: readonly RoleTemplate[],
  groups: readonly AccessGroup[],
  perms: Map<string, string>,
  notes: Set<string>,
): string[] {
  if (user.role === 'admin') {
    notes.add('Administrators are left out: FOP2 has none.');
    return [];
  }
  const role = roles.find(({ id }) => id === user.role);
  const grants = user.grants ?? role?.grants ?? [];
  const sees = user.sees ?? (role === undefined ? [] : role.sees);
  if (sees !== null && sees.length === 0) {
    notes.add(`${user.username} sees nobody but themselves, which FOP2 cannot say: left out.`);
    return [];
  }
  const named = [...(sees ?? []), ...grants.flatMap((grant) => grant.groups ?? [])];
  if (!named.every((name) => isName(name) && groups.some((group) => group.name === name))) {
    notes.add(`${user.username} has a group that cannot be written: left out.`);
    return [];
  }
  if (user.extension !== null && user.extension !== user.username) {
    notes.add(`${user.username} has extension ${user.extension}: FOP2’s users are named by their extension.`);
  }
  const words = permissionsOf(user.username, grants, perms, notes);
  return words === null ? [] : [`user=${user.username}::${words.join(',')}:${(sees ?? []).join(',')}`];
}

const fop2Names = Object.keys(meaning).filter((name) => typeof meaning[name] !== 'string');

/** Null: FOP2 cannot say it. */
function permissionsOf(
  username: string,
  grants: readonly Grant[],
  perms: Map<string, string>,
  notes: Set<string>,
): string[] | null {
  if (rightsKey(grants, null) === rightsKey(defaultGrants('supervisor'), null)) return ['all'];
  const rest = new Map(grants.map((grant) => [grant.permission as string, grant]));
  for (const name of everybody) {
    if (rest.get(name)?.groups === null) rest.delete(name);
    else notes.add(`${username} may not do all that everybody may with FOP2, such as setting their own presence.`);
  }
  const words: string[] = [];
  for (const name of fop2Names) {
    const means = meaning[name] as readonly string[];
    const held = means.flatMap((one) => rest.get(one) ?? []);
    const [first] = held;
    if (first === undefined || held.length < means.length) continue;
    if (!held.every(({ groups }) => rightsKey([{ ...first, groups }], null) === rightsKey([first], null))) continue;
    for (const one of means) rest.delete(one);
    words.push(first.groups === null ? name : permOf(name, first.groups, perms));
  }
  if (rest.size > 0) notes.add(`${username}: FOP2 has no permission for ${[...rest.keys()].join(', ')}.`);
  if (words.length === 0) {
    notes.add(`${username} is left out: none of their rights can be said in FOP2.`);
    return null;
  }
  return words;
}

/** A permission for some groups has to be named there. */
function permOf(permission: string, groups: readonly string[], perms: Map<string, string>): string {
  const key = `${permission}\n${groups.join('\n')}`;
  const name = `p${[...perms.keys(), key].indexOf(key) + 1}`;
  perms.set(key, `perm=${name}:${permission}:${groups.length === 0 ? 'nobody' : groups.join(',')}`);
  return name;
}

const keyOf: Readonly<Partial<Record<ButtonField, string>>> = {
  label: 'label',
  group: 'group',
  tags: 'tags',
  colour: 'cssclass',
  mailbox: 'mailbox',
  external: 'external',
  email: 'email',
  autoAnswer: 'autoanswerheader',
  privacy: 'privacy',
  queueChannel: 'queuechannel',
  context: 'context',
};

function buttonLines(row: ButtonRecord, notes: Set<string>): string[] {
  const { kind, key, own, found } = row;
  const lines = [`[${deviceOf(row)}]`, `type=${kind}`];
  if (kind !== 'trunk') lines.push(`extension=${key}`);
  lines.push(`label=${escaped(shownLabel(row))}`);
  for (const [field, name] of Object.entries(keyOf)) {
    const value = own[field as ButtonField] ?? (found as Partial<Record<string, unknown>>)[field] ?? null;
    if (field === 'label' || value === null || (Array.isArray(value) && value.length === 0)) continue;
    if (field === 'group' && String(value).includes(',')) {
      notes.add(`The department ${String(value)} has a comma, which divides them in FOP2: it is left out.`);
    } else lines.push(`${name}=${escaped(Array.isArray(value) ? value.join(',') : String(value))}`);
  }
  if (own.hidden) notes.add('What is hidden is shown in FOP2.');
  if (own.members !== null) notes.add('Members of ring groups are left out.');
  return [...lines, ''];
}

/** A semicolon begins a comment there; a value in quotes loses them. */
function escaped(value: string): string {
  const text = value.replaceAll(';', '\\;');
  return text.startsWith('"') && text.endsWith('"') && text.length > 1 ? `"${text}"` : text;
}
