import { randomInt } from 'node:crypto';
import type { AccountChange } from '../auth/accounts';
import { createUserBody } from '../protocol/admin';
import { builtInRole } from '../protocol/permissions';
import { password as passwordShape } from '../protocol/session';
import { NotFoundError } from '../store/errors';
import { day, type Session, table } from './session';
import { readWords, UsageError } from './usage';

type Command = (args: readonly string[], session: Session) => Promise<void>;

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** 20 letters of 32: 100 bits, easy to read out. */
function makePassword(): string {
  const word = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: 4 }, word).join('-');
}

interface Chosen {
  readonly password: string;
  readonly made: boolean;
}

async function choosePassword(fromInput: boolean, session: Session): Promise<Chosen> {
  if (!fromInput) return { password: makePassword(), made: true };
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
  const user = await session.accounts.create(body.data);
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
  const user = await session.store.users.byUsername(username.trim().toLowerCase());
  if (!user) throw new NotFoundError(`there is no user "${username}"`);
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
  const [username = '', wanted] = readWords(args, {}, 2).positionals;
  const known = builtInRole.safeParse(wanted);
  if (!known.success) throw new UsageError(`there is no role "${wanted}"; roles: ${builtInRole.options.join(', ')}`);
  await change(username, { role: known.data }, 'cli.user.role', session);
  session.say(`User "${username}" is now ${known.data}.`);
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
]);
