import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { type BackupReport, checkBackup, whyOtherShape } from './backup-check';
import { diskWords, RestoreError } from './backup-errors';
import { metaTable, wrappedKeyOf } from './backup-meta';
import { unwrapKey } from './key-wrap';
import { migrate } from './migrate';
import { keyIdOf } from './secrets';
import { inSqlThread } from './sql-thread';

export interface RestoreOrder {
  /** The backup; it is not changed. */
  readonly source: string;
  /** The database of the panel, which is replaced. */
  readonly database: string;
  readonly migrations: string;
  /** The key in force, and where it is kept; null: it comes from CORDBOARD_KEY and cannot be replaced here. */
  readonly key: Buffer;
  readonly keyFile: string | null;
  readonly passphrase?: string | undefined;
  /** Bring an older database up to date first. */
  readonly upgrade?: boolean | undefined;
  /** Take it without the key of its secrets, which are then to be entered anew. */
  readonly withoutSecrets?: boolean | undefined;
  readonly now: () => number;
}

/** A database that is whole, of this version, and lies ready beside the one it replaces. */
export interface Prepared {
  readonly file: string;
  /** The key that belongs to it, when it is another one. */
  readonly key: Buffer | null;
  readonly report: BackupReport;
}

/** Takes back what was replaced, or lets go of it. */
export interface Swapped {
  undo(): void;
  keep(): void;
}

/** Checks everything that can be checked while the panel runs. Throws RestoreError; then nothing is left of it. */
export async function prepareRestore(order: RestoreOrder): Promise<Prepared> {
  const { source, database, migrations, key } = order;
  const report = await checkBackup({ file: source, migrations, keyId: keyIdOf(key) });
  const { refusal, problem } = report;
  if (refusal !== null && !(refusal === 'older' && order.upgrade)) {
    throw new RestoreError(refusal, problem ?? '', refusal === 'older' ? 'upgrade' : undefined);
  }
  const itsKey = await keyFor(order, report);
  const file = `${database}.restore`;
  try {
    rmSync(file, { force: true });
    copyFileSync(source, file);
    chmodSync(file, 0o600);
    if (refusal === 'older') await bringUpToDate(file, order);
    await makeReady(file, migrations);
    sync(file);
    return { file, key: itsKey, report };
  } catch (error) {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
    if (error instanceof RestoreError) throw error;
    throw new RestoreError('disk', `The backup was not restored: ${diskWords(error, file)}.`);
  }
}

/** Null: the panel's own key fits, or it goes without. */
async function keyFor(order: RestoreOrder, { secrets, meta, sealed }: BackupReport): Promise<Buffer | null> {
  if (secrets !== 'others') return null;
  const beside = keyBeside(order.source, meta?.keyId);
  const wrapped = meta && wrappedKeyOf(meta);
  const lost = sealed.join(', ');
  if (beside === null && order.passphrase === undefined && order.withoutSecrets) return null;
  if (beside === null && wrapped === null) {
    if (order.withoutSecrets) return null;
    const message = `Its secrets were sealed with another key, which is not in the backup. Put the key file that belongs to it in place, or restore it without: ${lost} must then be set anew.`;
    throw new RestoreError('noKey', message, 'withoutSecrets');
  }
  if (order.keyFile === null) {
    if (order.withoutSecrets) return null;
    const message = `Its secrets were sealed with another key, and this panel has its key from CORDBOARD_KEY. Start it with the key of the backup, or restore it without: ${lost} must then be set anew.`;
    throw new RestoreError('fixedKey', message, 'withoutSecrets');
  }
  if (beside !== null) return beside;
  if (order.passphrase === undefined || wrapped === null) {
    const message = `Its secrets were sealed with another key, which is in the backup under a passphrase. Enter it, or restore without: ${lost} must then be set anew.`;
    throw new RestoreError('passphrase', message, 'passphrase');
  }
  const key = await unwrapKey(wrapped, order.passphrase);
  if (key !== null && (meta === null || keyIdOf(key) === meta.keyId)) return key;
  throw new RestoreError('passphrase', 'This is not the passphrase of the backup.', 'passphrase');
}

/** A copy that was made before a restore took another key has its own beside it. */
function keyBeside(source: string, keyId: string | undefined): Buffer | null {
  const file = `${source}.key`;
  if (!existsSync(file)) return null;
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  return key.length === 32 && keyIdOf(key) === keyId ? key : null;
}

async function bringUpToDate(file: string, { migrations, now }: RestoreOrder): Promise<void> {
  const scratch = mkdtempSync(`${file}-`);
  try {
    await migrate({ file, directory: migrations, backups: scratch, now });
  } catch (error) {
    const words = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new RestoreError('older', `It could not be brought up to date: ${words}. Nothing was replaced.`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function makeReady(file: string, migrations: string): Promise<void> {
  const [, , integrity = [], orphans = []] = await inSqlThread({
    file,
    steps: [
      { sql: 'PRAGMA journal_mode = DELETE' },
      { sql: `DROP TABLE IF EXISTS "${metaTable}"` },
      { sql: 'PRAGMA integrity_check(1)' },
      { sql: 'PRAGMA foreign_key_check' },
    ],
    write: true,
  });
  if (integrity[0]?.integrity_check !== 'ok' || orphans.length > 0) {
    throw new RestoreError('damaged', 'The file is damaged: rows in it refer to nothing. Take another backup.');
  }
  const other = whyOtherShape(file, migrations);
  if (other !== null) throw new RestoreError('shape', `This is not a database of this version of the panel: ${other}.`);
}

/**
 * Puts the prepared database (and its key) in the place of the panel's own, which nobody may have open. Throws RestoreError;
 * then all is as it was. A crash in between leaves one whole database or the other.
 */
export function swapDatabase({ file, key }: Prepared, database: string, keyFile: string | null): Swapped {
  const before = `${database}.before`;
  const keyBefore = `${keyFile}.before`;
  try {
    detach(database);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
  try {
    for (const old of [before, keyBefore]) rmSync(old, { force: true });
    if (existsSync(database)) linkSync(database, before);
    if (key !== null && keyFile !== null) {
      if (existsSync(keyFile)) linkSync(keyFile, keyBefore);
      writeFileSync(`${keyFile}.part`, `${key.toString('hex')}\n`, { mode: 0o600 });
      renameSync(`${keyFile}.part`, keyFile);
    }
    renameSync(file, database);
    sync(path.dirname(database));
  } catch (error) {
    undoUnfinished(database, keyFile);
    throw new RestoreError('disk', `The database was not replaced: ${diskWords(error, database)}.`);
  }
  return {
    undo: () => void undoUnfinished(database, keyFile),
    keep() {
      for (const old of [before, keyBefore]) rmSync(old, { force: true });
    },
  };
}

/**
 * A process that ended within a restore, before the panel ran on the new database, has not restored: what was there is put
 * back. To be called before the database is opened. True: something was put back.
 */
export function undoUnfinished(database: string, keyFile: string | null): boolean {
  const before = `${database}.before`;
  const keyBefore = `${keyFile}.before`;
  rmSync(`${database}.restore`, { force: true });
  if (keyFile !== null && existsSync(keyBefore)) renameSync(keyBefore, keyFile);
  if (!existsSync(before)) return false;
  for (const suffix of ['-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
  renameSync(before, database);
  return true;
}

/** Writes everything into the one file, which works only where nobody else has it open. */
function detach(database: string): void {
  if (!existsSync(database)) return;
  let mode: unknown;
  try {
    const own = new Database(database, { timeout: 2_000 });
    try {
      mode = own.pragma('journal_mode = DELETE', { simple: true });
    } finally {
      own.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    // A database that is damaged is what one restores a backup for.
    if (code !== 'SQLITE_BUSY') return;
  }
  if (mode === 'delete') return;
  throw new RestoreError(
    'busy',
    'Another program has the database open, such as the panel itself. Close it, then try again.',
  );
}

function sync(file: string): void {
  const handle = openSync(file, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
