import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { DatabaseFileError, MigrationError, UnknownDatabaseError } from './errors';
import { privateDirectory, privateFile } from './files';

export interface MigrateOptions {
  readonly file: string;
  /** prisma/migrations */
  readonly directory: string;
  /** Where the copy goes that is made before anything changes. */
  readonly backups: string;
  readonly keepBackups?: number;
  readonly now: () => number;
}

export interface MigrateResult {
  readonly applied: readonly string[];
  readonly backup: string | null;
}

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Prisma's own bookkeeping, letter for letter, so that its CLI accepts what is applied here. */
const bookkeeping = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
);`;

/**
 * Brings the database in `file` to the newest migration: a backup first, each migration in one transaction that is
 * checked before it is committed. When one fails, the file is as it was before the first.
 * Throws MigrationError, UnknownDatabaseError, DatabaseFileError.
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const known = readMigrations(options.directory);
  privateFile(options.file);
  const database = open(options.file);
  let backup: string | null = null;
  const applied: string[] = [];
  try {
    const done = appliedNames(database);
    refuseUnknown(options.file, known, done, database);
    const pending = known.filter((migration) => !done.has(migration.name));
    const [first] = pending;
    if (!first) return { applied, backup };
    if (done.size > 0) backup = await backUp(database, first.name, options);
    for (const migration of pending) {
      try {
        if (applyOne(database, migration, options.now)) applied.push(migration.name);
      } catch (cause) {
        database.close();
        if (applied.length > 0) putBack(options.file, backup);
        throw new MigrationError(migration.name, backup, cause);
      }
    }
    return { applied, backup };
  } finally {
    database.close();
  }
}

function open(file: string): Database.Database {
  try {
    const database = new Database(file, { timeout: 10_000 });
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    // A migration that rebuilds a table drops the old one: its children must not go with it. Checked before COMMIT.
    database.pragma('foreign_keys = OFF');
    return database;
  } catch (cause) {
    throw new DatabaseFileError(`cannot open the database ${file}: ${cause instanceof Error ? cause.message : cause}`);
  }
}

export function readMigrations(directory: string): Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const bytes = readFileSync(path.join(directory, name, 'migration.sql'));
      return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') };
    });
}

function tableNames(database: Database.Database): Set<string> {
  const rows = database.prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table'`).all();
  return new Set(rows.map((row) => row.name));
}

function appliedNames(database: Database.Database): Set<string> {
  if (!tableNames(database).has('_prisma_migrations')) return new Set();
  const rows = database
    .prepare<[], { name: string }>(
      `SELECT migration_name AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    )
    .all();
  return new Set(rows.map((row) => row.name));
}

function refuseUnknown(
  file: string,
  known: readonly Migration[],
  done: Set<string>,
  database: Database.Database,
): void {
  const names = new Set(known.map((migration) => migration.name));
  const newer = [...done].filter((name) => !names.has(name));
  if (newer.length > 0) {
    throw new UnknownDatabaseError(
      `the database ${file} was made by a newer version of the panel (it has ${newer.join(', ')}): ` +
        'install that version again, or restore a file from the backups folder beside the database',
    );
  }
  const tables = [...tableNames(database)].filter((name) => !/^sqlite_|^_prisma_migrations$/.test(name));
  if (done.size === 0 && tables.length > 0) {
    throw new UnknownDatabaseError(`the database ${file} belongs to another program (it has a table ${tables[0]})`);
  }
}

/** False when another process applied it in the meantime. */
function applyOne(database: Database.Database, migration: Migration, now: () => number): boolean {
  const startedAt = now();
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(bookkeeping);
    const isNew = !appliedNames(database).has(migration.name);
    if (isNew) {
      database.exec(migration.sql);
      if (!database.inTransaction) throw new Error('it ends its own transaction');
      check(database);
      database
        .prepare(
          `INSERT INTO "_prisma_migrations" (id, checksum, started_at, finished_at, migration_name, applied_steps_count)
           VALUES (?, ?, ?, ?, ?, 1)`,
        )
        .run(randomUUID(), migration.checksum, startedAt, now(), migration.name);
    }
    database.exec('COMMIT');
    return isNew;
  } catch (cause) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw cause;
  }
}

function check(database: Database.Database): void {
  const orphans = database.pragma('foreign_key_check');
  if (Array.isArray(orphans) && orphans.length > 0) {
    throw new Error(`it leaves ${orphans.length} rows that refer to nothing`);
  }
  const integrity: unknown = database.pragma('integrity_check', { simple: true });
  if (integrity !== 'ok') throw new Error(`the database fails its integrity check: ${String(integrity)}`);
}

async function backUp(database: Database.Database, before: string, options: MigrateOptions): Promise<string> {
  privateDirectory(options.backups);
  const stamp = new Date(options.now()).toISOString().replace(/[:.]/g, '-');
  const target = path.join(options.backups, `${stamp}-before-${before}.db`);
  await database.backup(`${target}.part`);
  chmodSync(`${target}.part`, 0o600);
  standAlone(`${target}.part`);
  renameSync(`${target}.part`, target);
  const all = readdirSync(options.backups)
    // Only what is made here: the copies that people and the night make have rules of their own.
    .filter((name) => /-before-\d{14}_.*\.db$/.test(name))
    .sort();
  for (const old of all.slice(0, -(options.keepBackups ?? 10))) rmSync(path.join(options.backups, old));
  return target;
}

/** A single file that needs no -wal beside it, and is known to be whole. */
function standAlone(file: string): void {
  const copy = new Database(file);
  try {
    copy.pragma('journal_mode = DELETE');
    const integrity: unknown = copy.pragma('integrity_check', { simple: true });
    if (integrity !== 'ok') throw new DatabaseFileError(`the database is damaged: ${String(integrity)}`);
  } finally {
    copy.close();
  }
}

/** An earlier migration of this run is in the file already; the version that last ran would refuse it. */
function putBack(file: string, backup: string | null): void {
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  if (backup === null) {
    rmSync(file, { force: true });
    return;
  }
  copyFileSync(backup, `${file}.restore`);
  chmodSync(`${file}.restore`, 0o600);
  renameSync(`${file}.restore`, file);
  if (!existsSync(file)) throw new DatabaseFileError(`could not restore ${file} from ${backup}`);
}
