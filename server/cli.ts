import 'dotenv/config';
import { userInfo } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Accounts } from './auth/accounts';
import { PasswordRules } from './auth/password-rules';
import { Passwords } from './auth/passwords';
import { SessionEvents } from './auth/session-events';
import { auditCommands } from './cli/audit';
import { type BackupDesk, backupCommand, restoreCommand } from './cli/backup';
import type { Session } from './cli/session';
import { tokenCommands } from './cli/tokens';
import { help, UsageError } from './cli/usage';
import { userCommands } from './cli/users';
import { ConfigError, readConfig } from './config';
import { openStore, type StoreLog } from './store/store';

/** Errors that are told in a sentence; any other is a fault of ours and shows its stack. */
const told =
  /^(Usage|Config|Conflict|NotFound|UsernameTaken|LastAdmin|Migration|UnknownDatabase|DatabaseFile|SecretKey|WeakPassword|Backup|Restore)Error$/;

async function readLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  throw new UsageError('there was nothing on standard input');
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function operatingUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user id need not have a name.
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}

async function openSession(): Promise<Session & { close(): Promise<void> }> {
  const config = readConfig(process.env);
  const now = (): number => Date.now();
  const log: StoreLog = {
    info: (_, message) => say(message),
    error: (fields, message) => say(`${message}: ${JSON.stringify(fields)}`),
  };
  const store = await openStore({
    file: config.databaseFile,
    migrations: path.resolve(import.meta.dirname, '../prisma/migrations'),
    key: config.key,
    now,
    log,
  });
  const events = new SessionEvents();
  const rules = new PasswordRules({ settings: store.settings, log });
  await rules.load();
  const named = await store.settings.get('appearance', z.object({ name: z.string().default('') }).catch({ name: '' }));
  rules.ownWords = () => [named?.value.name ?? ''];
  return {
    store,
    accounts: new Accounts({ store, passwords: new Passwords(), rules, events, now }),
    rules,
    publicUrl: config.publicUrl?.replace(/\/$/, '') ?? `http://localhost:${config.port}`,
    now,
    print: (line) => process.stdout.write(`${line}\n`),
    say,
    readLine,
    note: (action, target) =>
      store.audit.append({
        at: now(),
        actor: `cli ${operatingUser()}`,
        session: '',
        address: '',
        action,
        target,
        result: 'ok',
      }),
    close: () => store.close(),
  };
}

/** Without opening the database, which a restore replaces. */
function deskOf(): BackupDesk {
  return {
    config: readConfig(process.env),
    migrations: path.resolve(import.meta.dirname, '../prisma/migrations'),
    by: `cli ${operatingUser()}`,
    now: () => Date.now(),
    print: (line) => process.stdout.write(`${line}\n`),
    say,
    readLine,
  };
}

async function main([topic, verb, ...rest]: readonly string[]): Promise<void> {
  if (
    topic === undefined ||
    topic === 'help' ||
    [topic, verb, ...rest].some((word) => word === '--help' || word === '-h')
  ) {
    process.stdout.write(help);
    return;
  }
  const alone = topic === 'backup' ? backupCommand : topic === 'restore' ? restoreCommand : null;
  if (alone !== null) {
    const words = [verb, ...rest].filter((word) => word !== undefined);
    return alone(words, deskOf());
  }
  const commands = new Map([
    ['audit', auditCommands],
    ['token', tokenCommands],
    ['user', userCommands],
  ]).get(topic);
  const command = verb === undefined ? undefined : commands?.get(verb);
  if (!command) throw new UsageError(`there is no command "${[topic, verb].filter(Boolean).join(' ')}"`);
  const session = await openSession();
  try {
    await command(rest, session);
  } finally {
    await session.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const known = error instanceof Error && told.test(error.name);
  say(
    known
      ? `${error.message.charAt(0).toUpperCase()}${error.message.slice(1).replace(/\.$/, '')}.`
      : String(error instanceof Error ? error.stack : error),
  );
  if (error instanceof UsageError) say('See: npm run cli -- help');
  process.exitCode = error instanceof UsageError || error instanceof ConfigError ? 2 : 1;
});
