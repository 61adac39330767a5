import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { AccountChange } from '../auth/accounts';
import { createUserBody } from '../protocol/admin';
import { builtInRole } from '../protocol/permissions';
import { password as passwordShape } from '../protocol/session';
import { NotFoundError } from '../store/errors';
import type { StoredUser } from '../store/users';
import { day, type Session, table } from './session';
import { readWords, UsageError } from './usage';

type Command = (args: readonly string[], session: Session) => Promise<void>;

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** At least 20 letters of 32: 100 bits, easy to read out. */
function makePassword(minLength: number): string {
  const word = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: Math.max(4, Math.ceil(minLength / 6) + 1) }, word).join('-');
}

interface Chosen {
  readonly password: string;
  readonly made: boolean;
}

async function choosePassword(fromInput: boolean, session: Session): Promise<Chosen> {
  if (!fromInput) return { password: makePassword(session.rules.get().settings.minLength), made: true };
  const parsed = passwordShape.safeParse(await session.readLine());
  if (!parsed.success) throw new UsageError(`the password on standard input: ${parsed.error.issues[0]?.message}`);
  return { password: parsed.data, made: false };
}

function tell({ password, made }: Chosen, { print, say }: Session): void {
  if (!made) return;
  say('The password, shown only now:');
  print(password);
}

async function create(args: readonly string[], session: Session): Promise<void> {
  const known = { username: 'text', name: 'text', role: 'text', extension: 'text', 'password-stdin': 'flag' } as const;
  const words = readWords(args, known, args.includes('--username') ? 0 : 1);
  const username = words.text('username') ?? words.positionals[0] ?? '';
  const chosen = await choosePassword(words.flag('password-stdin'), session);
  const body = createUserBody.safeParse({
    username,
    name: words.text('name') ?? username,
    role: words.text('role') ?? 'receptionist',
    extension: words.text('extension') ?? null,
    password: chosen.password,
  });
  if (!body.success) {
    const issue = body.error.issues[0];
    throw new UsageError(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const role = await knownRole(body.data.role, session);
  const user = await session.accounts.create({ ...body.data, role });
  session.note('cli.user.create', user.username);
  session.say(`User "${user.username}" (${user.role}) can sign in.`);
  tell(chosen, session);
}

async function list(args: readonly string[], { store, print }: Session): Promise<void> {
  const words = readWords(args, { json: 'flag' }, 0);
  const users = (await store.users.list()).map(({ passwordHash, ...user }) => ({
    ...user,
    hasPassword: passwordHash !== null,
  }));
  if (words.flag('json')) return print(JSON.stringify(users));
  const rows = users.map((user) => [
    user.username,
    user.name,
    user.role,
    user.extension ?? '-',
    user.disabled ? 'disabled' : user.hasPassword ? 'enabled' : 'no password',
    day(user.lastSeenAt),
  ]);
  for (const line of table([['USERNAME', 'NAME', 'ROLE', 'EXTENSION', 'STATE', 'LAST SEEN'], ...rows])) print(line);
}

async function change(username: string, what: AccountChange, action: string, session: Session): Promise<void> {
  const user = await find(username, session);
  await session.accounts.update(user.id, what);
  session.note(action, user.username);
}

const setDisabled =
  (disabled: boolean): Command =>
  async (args, session) => {
    const [username = ''] = readWords(args, {}, 1).positionals;
    await change(username, { disabled }, disabled ? 'cli.user.disable' : 'cli.user.enable', session);
    session.say(disabled ? `User "${username}" is disabled and signed out.` : `User "${username}" may sign in again.`);
  };

async function setRole(args: readonly string[], session: Session): Promise<void> {
  const [username = '', wanted = ''] = readWords(args, {}, 2).positionals;
  const role = await knownRole(wanted, session);
  await change(username, { role }, 'cli.user.role', session);
  session.say(`User "${username}" is now ${role}.`);
}

/** The role that is meant: one that there is. `operator` is what the supervisor was called before roles could be made. */
async function knownRole(wanted: string, { store, say }: Session): Promise<string> {
  const saved = await store.settings.get(
    'access',
    z.object({ roles: z.array(z.object({ id: z.string() })) }).catch({ roles: [] }),
  );
  const ids = [...new Set([...builtInRole.options, ...(saved?.value.roles ?? []).map(({ id }) => id)])];
  if (ids.includes(wanted)) return wanted;
  if (wanted !== 'operator') throw new UsageError(`there is no role "${wanted}"; roles: ${ids.join(', ')}`);
  say('The role "operator" is called "supervisor" now; it may do the same.');
  return 'supervisor';
}

async function find(username: string, { store }: Session): Promise<StoredUser> {
  const user = await store.users.byUsername(username.trim().toLowerCase());
  if (!user) throw new NotFoundError(`there is no user "${username}"`);
  return user;
}

/** For a lost phone without recovery codes. */
async function resetSecondFactor(args: readonly string[], session: Session): Promise<void> {
  const [username = ''] = readWords(args, {}, 1).positionals;
  const user = await find(username, session);
  if (!(await session.store.secondFactors.remove(user.id))) {
    throw new NotFoundError(`user "${user.username}" has no second factor`);
  }
  session.note('cli.user.resetSecondFactor', user.username);
  session.say(`User "${user.username}" signs in without a code until a second factor is set up again.`);
}

async function invite(args: readonly string[], session: Session): Promise<void> {
  const words = readWords(args, { days: 'text' }, 1);
  const days = Number(words.text('days') ?? 7);
  if (!Number.isInteger(days) || days < 1 || days > 30)
    throw new UsageError('--days must be a whole number from 1 to 30');
  const user = await find(words.positionals[0] ?? '', session);
  if (user.disabled) throw new UsageError(`user "${user.username}" is disabled`);
  if (user.origin === 'ldap') throw new UsageError(`the password of "${user.username}" is kept in the directory`);
  const at = session.now();
  const until = new Date(at + days * 24 * 60 * 60_000);
  const token = await session.store.invitations.issue(user.id, 'The command line', new Date(at), until);
  session.note('cli.user.invite', `${user.username}: ${days} days`);
  session.say(`With this link "${user.username}" sets a password, once, until ${day(until)} UTC. Shown only now:`);
  session.print(`${session.publicUrl}/setup/#invite=${token}`);
}

async function setPassword(args: readonly string[], session: Session): Promise<void> {
  const words = readWords(args, { 'password-stdin': 'flag' }, 1);
  const [username = ''] = words.positionals;
  const chosen = await choosePassword(words.flag('password-stdin'), session);
  await change(username, { password: chosen.password }, 'cli.user.password', session);
  session.say(`User "${username}" has a new password and is signed out everywhere.`);
  tell(chosen, session);
}

export const userCommands: ReadonlyMap<string, Command> = new Map([
  ['create', create],
  ['list', list],
  ['disable', setDisabled(true)],
  ['enable', setDisabled(false)],
  ['set-role', setRole],
  ['set-password', setPassword],
  ['invite', invite],
  ['reset-second-factor', resetSecondFactor],
]);
