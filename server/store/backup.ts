import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { writeDigest } from './backup-digest';
import { BackupError, diskWords } from './backup-errors';
import { type BackupKind, type BackupMeta, metaTable } from './backup-meta';
import { DatabaseFileError } from './errors';
import { privateDirectory } from './files';
import type { WrappedKey } from './key-wrap';
import { inSqlThread, type SqlStep } from './sql-thread';

export interface BackupOrder {
  /** The database of the panel; it may be written to meanwhile. */
  readonly source: string;
  /** Where the backup goes; its folder is made when it is not there. */
  readonly target: string;
  readonly kind: BackupKind;
  /** Who asked for it. */
  readonly by: string;
  readonly version: string;
  readonly keyId: string;
  /** Null: the key of the secrets stays out of it. */
  readonly key: WrappedKey | null;
  readonly now: number;
}

/** Room beside the database's own size that a backup needs. */
const spareBytes = 8 * 1024 * 1024;

/**
 * Copies the database as it is at this moment: one file, the owner's alone, checked before it has its name. The panel goes
 * on reading and writing. Throws BackupError; then there is no file.
 */
export async function makeBackup(order: BackupOrder): Promise<void> {
  const part = `${order.target}.part`;
  try {
    privateDirectory(path.dirname(order.target));
    refuseFullDisk(order);
    // Made first, so that nobody else could read it for a moment.
    writeFileSync(part, '', { mode: 0o600 });
    chmodSync(part, 0o600);
    await copyMoment(order.source, part);
    const marker = randomBytes(32).toString('hex');
    await finish(part, order, marker);
    const digest = await writeDigest(part, marker);
    const [said] = await inSqlThread({
      file: part,
      steps: [{ sql: `SELECT value FROM "${metaTable}" WHERE key = 'sha256'` }],
    });
    if (said?.[0]?.value !== digest) throw new DatabaseFileError('the digest of the copy is not where it belongs');
    renameSync(part, order.target);
  } catch (cause) {
    discard(part);
    throw new BackupError(`the backup was not made: ${diskWords(cause, order.target)}`, { cause });
  }
}

/** Where nothing can be removed there is nothing. */
function discard(part: string): void {
  try {
    for (const left of [part, `${part}-journal`]) rmSync(left, { force: true });
  } catch {}
}

function refuseFullDisk({ source, target }: BackupOrder): void {
  const size = (file: string): number => (existsSync(file) ? statSync(file).size : 0);
  const needed = size(source) + size(`${source}-wal`) + spareBytes;
  const { bavail, bsize } = statfsSync(path.dirname(target));
  if (bavail * bsize >= needed) return;
  throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
}

/** An open read keeps the moment: what is written meanwhile is neither seen nor makes the copying begin anew. */
async function copyMoment(source: string, target: string): Promise<void> {
  const reader = new Database(source, { readonly: true, fileMustExist: true, timeout: 10_000 });
  try {
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM sqlite_master').get();
    await reader.backup(target, { progress: () => 200 });
  } finally {
    reader.close();
  }
}

/** A single file that needs nothing beside it, is known to be whole, and says what it is. */
async function finish(part: string, order: BackupOrder, marker: string): Promise<void> {
  const migrations = {
    sql: `SELECT migration_name AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL ORDER BY name`,
  };
  const [, integrity = [], names = []] = await inSqlThread({
    file: part,
    steps: [{ sql: 'PRAGMA journal_mode = DELETE' }, { sql: 'PRAGMA integrity_check(1)' }, migrations],
    write: true,
  });
  if (integrity[0]?.integrity_check !== 'ok') {
    throw new DatabaseFileError(`the database is damaged: ${String(integrity[0]?.integrity_check)}`);
  }
  const meta: BackupMeta = {
    format: '1',
    version: order.version,
    madeAt: new Date(order.now).toISOString(),
    by: order.by.slice(0, 120),
    kind: order.kind,
    migrations: JSON.stringify(names.map(({ name }) => name)),
    keyId: order.keyId,
    key: order.key === null ? '' : JSON.stringify(order.key),
    sha256: marker,
  };
  const insert = `INSERT INTO "${metaTable}" (key, value) VALUES (?, ?)`;
  const steps: SqlStep[] = [
    // A database that was restored once must not carry the words of the backup it came from.
    { sql: `DROP TABLE IF EXISTS "${metaTable}"` },
    { sql: `CREATE TABLE "${metaTable}" (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)` },
    ...Object.entries(meta).map((values) => ({ sql: insert, values })),
  ];
  await inSqlThread({ file: part, steps, write: true });
}
