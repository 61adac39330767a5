import { existsSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../package.json';
import type { Config } from '../config';
import { passphrase as passphraseShape } from '../protocol/backups';
import { makeBackup } from '../store/backup';
import { type BackupReport, checkBackup } from '../store/backup-check';
import { RestoreError } from '../store/backup-errors';
import { BackupFolder } from '../store/backup-folder';
import { wrapKey } from '../store/key-wrap';
import { prepareRestore, swapDatabase } from '../store/restore';
import { keyIdOf, loadKey } from '../store/secrets';
import { day, type Session, table } from './session';
import { readWords, UsageError } from './usage';

/** What these commands need instead of an open database: a restore works while nobody has it open. */
export interface BackupDesk {
  readonly config: Config;
  readonly migrations: string;
  readonly by: string;
  readonly now: () => number;
  readonly print: Session['print'];
  readonly say: Session['say'];
  readonly readLine: Session['readLine'];
}

interface Place {
  readonly database: string;
  readonly folder: BackupFolder;
  readonly key: Buffer;
  readonly keyFile: string | null;
}

function placeOf({ config }: BackupDesk): Place {
  const home = path.dirname(config.databaseFile);
  const keyFile = path.join(home, 'secret.key');
  return {
    database: config.databaseFile,
    folder: new BackupFolder(path.join(home, 'backups')),
    key: loadKey(keyFile, config.key),
    keyFile: config.key === undefined ? keyFile : null,
  };
}

/** `backup [--to FILE] [--passphrase-stdin]` and `backup list`; the panel may run meanwhile. */
export async function backupCommand(args: readonly string[], desk: BackupDesk): Promise<void> {
  if (args[0] === 'list') {
    list(args.slice(1), desk);
    return;
  }
  const words = readWords(args, { to: 'text', 'passphrase-stdin': 'flag' }, 0);
  const place = placeOf(desk);
  if (!existsSync(place.database)) throw new UsageError(`there is no database ${place.database} yet`);
  const to = words.text('to');
  const target = to === undefined ? place.folder.newPath('manual', desk.now()) : path.resolve(to);
  if (existsSync(target)) throw new UsageError(`${target} is there already`);
  const passphrase = words.flag('passphrase-stdin') ? await readPassphrase(desk) : null;
  await makeBackup({
    ...{ source: place.database, target, kind: 'manual', by: desk.by, version, now: desk.now() },
    keyId: keyIdOf(place.key),
    key: passphrase === null ? null : await wrapKey(place.key, passphrase),
  });
  if (passphrase === null) {
    desk.say('The key file is not in it. Where it is restored without that key, secrets have to be set anew.');
  }
  desk.print(target);
}

async function readPassphrase({ readLine }: BackupDesk): Promise<string> {
  const parsed = passphraseShape.safeParse(await readLine());
  if (!parsed.success) throw new UsageError(`the passphrase on standard input: ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}

function list(args: readonly string[], desk: BackupDesk): void {
  const words = readWords(args, { json: 'flag' }, 0);
  const files = placeOf(desk).folder.list();
  if (words.flag('json')) {
    desk.print(JSON.stringify(files));
    return;
  }
  const rows = files.map(({ name, kind, bytes, at }) => [day(new Date(at)), kind, String(bytes), name]);
  for (const line of table([['MADE (UTC)', 'KIND', 'BYTES', 'NAME'], ...rows])) desk.print(line);
}

/** `restore FILE [--upgrade] [--passphrase-stdin] [--without-secrets] [--yes]`: only while no panel runs on the database. */
export async function restoreCommand(args: readonly string[], desk: BackupDesk): Promise<void> {
  const known = { upgrade: 'flag', yes: 'flag', 'without-secrets': 'flag', 'passphrase-stdin': 'flag' } as const;
  const words = readWords(args, known, 1);
  const [given = ''] = words.positionals;
  const { database, folder, key, keyFile } = placeOf(desk);
  const source = folder.find(given) === null ? path.resolve(given) : folder.pathOf(given);
  const { migrations, now, say } = desk;
  const report = await checkBackup({ file: source, migrations, keyId: keyIdOf(key) });
  for (const line of told(report)) say(line);
  if (!words.flag('yes')) {
    if (report.refusal !== null && report.refusal !== 'older')
      throw new RestoreError(report.refusal, report.problem ?? 'It cannot be restored.');
    say('Nothing was changed. Add --yes to replace the database with it.');
    return;
  }
  const passphrase = words.flag('passphrase-stdin') ? await desk.readLine() : undefined;
  const order = { source, database, migrations, key, keyFile, now };
  const wishes = { passphrase, upgrade: words.flag('upgrade'), withoutSecrets: words.flag('without-secrets') };
  const prepared = await prepareRestore({ ...order, ...wishes });
  const kept = await keepPresent(desk, { database, folder, key, keyFile });
  swapDatabase(prepared, database, keyFile).keep();
  if (kept !== null) say(`The database that was there is kept as ${kept}.`);
  desk.print(`Restored ${source}.`);
}

/** Null: there was nothing to keep. What is damaged cannot be copied as a backup, and is replaced because of that. */
async function keepPresent(desk: BackupDesk, { database, folder, key }: Place): Promise<string | null> {
  if (!existsSync(database)) return null;
  const target = folder.newPath('before-restore', desk.now());
  try {
    const made = { source: database, target, kind: 'before-restore' as const, by: desk.by, version, now: desk.now() };
    await makeBackup({ ...made, keyId: keyIdOf(key), key: null });
    return target;
  } catch (error) {
    desk.say(`No backup of the present database: ${error instanceof Error ? error.message : String(error)}.`);
    return null;
  }
}

function told({ meta, counts, users, calls, problem, pbx }: BackupReport): string[] {
  const lines = [];
  if (meta) lines.push(`Made ${meta.madeAt} by ${meta.by}, version ${meta.version}.`);
  if (users.length > 0) lines.push(`Users: ${users.map(({ username, role }) => `${username} (${role})`).join(', ')}.`);
  if (pbx !== null) lines.push(`PBX: ${pbx}.`);
  const rows = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  if (rows.length > 0) lines.push(`Rows: ${rows.join(', ')}.`);
  if (calls !== null) lines.push(`Calls from ${calls.from} to ${calls.to}.`);
  if (problem !== null) lines.push(problem);
  return lines;
}
