import type { AccessSettings, RoleTemplate } from '../protocol/access';
import { type ButtonField, kindWords, nothingSet } from '../protocol/buttons';
import { breath } from '../store/breath';
import { ConflictError, NotFoundError } from '../store/errors';
import type { Doing } from './apply';
import { rightsKey } from './grants';
import { sameGroup } from './groups';
import type { Journal } from './journal';
import type { ImportPorts } from './ports';

/**
 * Takes back what a run did, in the other order. What somebody changed since stays, and is told in sentences; what is as
 * it was before already is passed over, so that an undo that was cut short can be done again.
 */
export async function undoJournal(done: Journal, ports: ImportPorts, doing: Doing): Promise<string[]> {
  return [
    ...(await undoRecording(done, ports)),
    ...(await undoEdits(done, ports, doing)),
    ...(await undoAdds(done, ports, doing)),
    ...(await undoUpdates(done, ports, doing)),
    ...(await undoCreated(done, ports, doing)),
    ...(await undoAccess(done, ports)),
    ...(await undoConnection(done, ports)),
  ];
}

async function undoRecording({ recording }: Journal, ports: ImportPorts): Promise<string[]> {
  if (recording === null) return [];
  const { version, settings } = await ports.recording.get();
  const is = (one: typeof settings): boolean => one.template === settings.template && one.format === settings.format;
  if (is(recording.before)) return [];
  if (!is(recording.after)) return ['The names of recordings were changed since: they stay.'];
  await ports.recording.save({ version, settings: recording.before });
  return [];
}

const atOnce = 500;

async function undoEdits({ edits }: Journal, { buttons }: ImportPorts, { by, step }: Doing): Promise<string[]> {
  const left: string[] = [];
  for (let start = 0; start < edits.length; start += atOnce) {
    const part = edits.slice(start, start + atOnce);
    const open = part.filter(({ kind, key, before }) => {
      const row = buttons.find({ kind, key });
      if (row === null) return false;
      const fields = Object.keys(before) as ButtonField[];
      return fields.some((field) => JSON.stringify(row.own[field]) !== JSON.stringify(before[field] ?? null));
    });
    if (open.length > 0) {
      const changes = open.map(({ kind, key, version, before }) => ({ kind, key, version, set: before }));
      const { conflicts } = await buttons.change(changes, by);
      left.push(...conflicts.map(({ kind, key }) => changedSince(`the ${kindWords[kind]} ${key}`)));
    }
    step(part.length);
    await breath();
  }
  return left;
}

async function undoAdds({ adds }: Journal, { buttons }: ImportPorts, { by, step }: Doing): Promise<string[]> {
  const left: string[] = [];
  const mine = adds.filter(({ kind, key, version }) => {
    const row = buttons.find({ kind, key });
    if (row === null) return false;
    if (row.added && row.version === version) return true;
    // The PBX has had it since: what was set for it by hand is no row of the import's any more.
    if (row.added || row.version >= version) left.push(changedSince(`the ${kindWords[kind]} ${key}`));
    return false;
  });
  for (let start = 0; start < mine.length; start += atOnce) {
    const part = mine.slice(start, start + atOnce);
    await buttons.forget(part.map(({ kind, key }) => ({ kind, key })));
    // What the PBX has meanwhile is forgotten as a row by hand, and keeps what was set.
    const had = part.filter((id) => Object.values(buttons.find(id)?.own ?? {}).some((value) => value !== null));
    if (had.length > 0)
      await buttons.change(
        had.map(({ kind, key }) => ({ kind, key, set: nothingSet })),
        by,
      );
    step(part.length);
    await breath();
  }
  return left;
}

async function undoUpdates({ updated }: Journal, { users }: ImportPorts, { step }: Doing): Promise<string[]> {
  if (updated.length === 0) return [];
  const left: string[] = [];
  const now = new Map((await users.list()).map((user) => [user.id, user]));
  for (const { id, username, version, before } of updated) {
    const user = now.get(id);
    step(1);
    if (user === undefined || isAs(user, before)) continue;
    try {
      await users.update(id, before, version);
    } catch (error) {
      if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error;
      left.push(changedSince(`user ${username}`));
    }
    await breath();
  }
  return left;
}

function isAs(
  user: Journal['updated'][number]['set'] | Awaited<ReturnType<ImportPorts['users']['list']>>[number],
  before: Journal['updated'][number]['set'],
): boolean {
  const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  return (
    user.role === before.role &&
    user.extension === before.extension &&
    same(user.grants, before.grants) &&
    same(user.sees, before.sees)
  );
}

async function undoCreated({ created }: Journal, { runs }: ImportPorts, { at, step }: Doing): Promise<string[]> {
  const left = await runs.removeUntouched(created, at, step);
  return left.map((username) => `User ${username} was changed or has signed in since, and stays.`);
}

async function undoAccess({ groups, roles }: Journal, { access, users }: ImportPorts): Promise<string[]> {
  if (groups.length + roles.length === 0) return [];
  const { version, settings } = access.get();
  const everybody = await users.list();
  const left: string[] = [];
  const goneRoles = new Set(roles.flatMap((role) => removableRole(role, settings, everybody, left)));
  const remaining = settings.roles.filter(({ id }) => !goneRoles.has(id));
  const used = new Set([
    ...[...remaining, ...everybody].flatMap(({ grants, sees }) => [
      ...(sees ?? []),
      ...(grants ?? []).flatMap((grant) => grant.groups ?? []),
    ]),
  ]);
  const goneGroups = new Set<string>();
  for (const group of groups) {
    const now = settings.groups.find(({ name }) => name === group.name);
    if (now === undefined) continue;
    if (!sameGroup(now, group)) left.push(changedSince(`the group ${group.name}`));
    else if (used.has(group.name)) left.push(`The group ${group.name} is used, and stays.`);
    else goneGroups.add(group.name);
  }
  if (goneRoles.size + goneGroups.size === 0) return left;
  const kept = settings.groups.filter(({ name }) => !goneGroups.has(name));
  await access.save({ version, settings: { groups: kept, roles: remaining } });
  return left;
}

function removableRole(
  role: RoleTemplate,
  { roles }: AccessSettings,
  everybody: readonly { readonly role: string }[],
  left: string[],
): string[] {
  const now = roles.find(({ id }) => id === role.id);
  if (now === undefined) return [];
  const key = (one: RoleTemplate): string => `${one.name}\n${one.twoFactor}\n${rightsKey(one.grants, one.sees)}`;
  const users = everybody.filter((user) => user.role === role.id).length;
  if (key(now) !== key(role)) left.push(changedSince(`the role ${now.name}`));
  else if (users > 0)
    left.push(`The role ${role.name} stays: ${users === 1 ? 'a user has' : `${users} users have`} it.`);
  else return [role.id];
  return [];
}

async function undoConnection({ connection }: Journal, ports: ImportPorts): Promise<string[]> {
  if (connection === null) return [];
  try {
    await ports.connection.restore(connection.before, connection.version);
    return [];
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return ['The connection to the PBX was changed since: it stays.'];
  }
}

function changedSince(what: string): string {
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} was changed since, and stays.`;
}
