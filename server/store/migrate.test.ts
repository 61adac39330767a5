import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schemaDiff } from '../run/schema-diff.mjs';
import { DatabaseFileError, MigrationError, UnknownDatabaseError } from './errors';
import { migrate } from './migrate';
import { migrationsDirectory } from './temporary';

let home: string;
let file: string;
let migrations: string;
let clock = 0;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'cordboard-migrate-'));
  file = path.join(home, 'data/panel.db');
  migrations = path.join(home, 'migrations');
  cpSync(migrationsDirectory, migrations, { recursive: true });
  clock = Date.parse('2026-01-01T00:00:00Z');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = () =>
  migrate({
    file,
    directory: migrations,
    backups: path.join(home, 'data/backups'),
    keepBackups: 3,
    now: () => clock++,
  });

function addMigration(name: string, sql: string): void {
  mkdirSync(path.join(migrations, name));
  writeFileSync(path.join(migrations, name, 'migration.sql'), sql);
}

function query<T>(sql: string): T[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare<[], T>(sql).all();
  } finally {
    database.close();
  }
}

/** What the panel ships, oldest first. */
const shipped = readdirSync(migrationsDirectory)
  .filter((name) => /^\d/.test(name))
  .sort();
const insertUser = `INSERT INTO "User" (id, username, name, role) VALUES ('u1', 'ann', 'Ann', 'admin');`;

describe('migrate', () => {
  it('makes a private database that agrees with prisma/schema.prisma, and is done the second time', async () => {
    expect(await run()).toEqual({ applied: shipped, backup: null });
    expect(await schemaDiff(file)).toBeNull();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
    expect(await run()).toEqual({ applied: [], backup: null });
  });

  it('keeps the books as Prisma does', async () => {
    await run();
    const checksum = (name: string) =>
      createHash('sha256')
        .update(readFileSync(path.join(migrations, name, 'migration.sql')))
        .digest('hex');
    expect(
      query('SELECT migration_name, checksum, applied_steps_count, rolled_back_at FROM _prisma_migrations'),
    ).toEqual(
      shipped.map((name) => ({
        migration_name: name,
        checksum: checksum(name),
        applied_steps_count: 1,
        rolled_back_at: null,
      })),
    );
  });

  it('brings a database of the first version up with everything in it', async () => {
    const later = shipped.slice(1);
    for (const name of later) rmSync(path.join(migrations, name), { recursive: true });
    await run();
    const database = new Database(file);
    database.exec(insertUser);
    database.close();
    cpSync(migrationsDirectory, migrations, { recursive: true });
    const { applied, backup } = await run();
    expect(applied).toEqual(later);
    expect(backup).toContain(`before-${later[0]}`);
    expect(query('SELECT username FROM User')).toEqual([{ username: 'ann' }]);
  });

  it('copies the database before it changes it, and keeps only so many copies', async () => {
    await run();
    for (const step of [1, 2, 3, 4, 5]) {
      addMigration(`2099010100000${step}_step`, `CREATE TABLE "T${step}" (id TEXT);`);
      const { backup } = await run();
      if (!backup) throw new Error('no backup');
      expect(statSync(backup).mode & 0o777).toBe(0o600);
      const copy = new Database(backup, { readonly: true });
      expect(copy.prepare(`SELECT name FROM sqlite_master WHERE name = 'T${step}'`).all()).toEqual([]);
      expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
      copy.close();
    }
    const kept = readdirSync(path.join(home, 'data/backups'));
    expect(kept).toHaveLength(3);
    expect(kept.at(-1)).toContain('before-20990101000005_step');
  });

  it('leaves the old database usable when a migration fails half way', async () => {
    await run();
    const database = new Database(file);
    database.exec(insertUser);
    database.close();
    addMigration('20990101000001_bad', 'CREATE TABLE "Half" (id TEXT); CREATE TABLE "Half" (id TEXT);');
    const failure = await run().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MigrationError);
    expect(String(failure)).toMatch(/20990101000001_bad failed: table "?Half"? already exists.*as it was before/s);
    expect(query(`SELECT name FROM sqlite_master WHERE name = 'Half'`)).toEqual([]);
    expect(query('SELECT username FROM User')).toEqual([{ username: 'ann' }]);
    rmSync(path.join(migrations, '20990101000001_bad'), { recursive: true });
    expect(await run()).toEqual({ applied: [], backup: null });
  });

  it('takes an earlier migration of the same run back too, so that the version before still opens the file', async () => {
    await run();
    addMigration('20990101000001_good', 'CREATE TABLE "Good" (id TEXT);');
    addMigration('20990101000002_bad', 'NONSENSE;');
    await expect(run()).rejects.toThrow(MigrationError);
    for (const name of ['20990101000001_good', '20990101000002_bad']) {
      rmSync(path.join(migrations, name), { recursive: true });
    }
    expect(await run()).toEqual({ applied: [], backup: null });
    expect(query(`SELECT name FROM sqlite_master WHERE name = 'Good'`)).toEqual([]);
  });

  it('refuses a migration that leaves rows referring to nothing, or ends its own transaction', async () => {
    await run();
    addMigration(
      '20990101000001_orphan',
      `INSERT INTO "Layout" ("userId", value, version, "updatedAt") VALUES ('nobody', '{}', 1, 0);`,
    );
    await expect(run()).rejects.toThrow(/1 rows that refer to nothing/);
    rmSync(path.join(migrations, '20990101000001_orphan'), { recursive: true });
    addMigration('20990101000001_commit', 'COMMIT;');
    await expect(run()).rejects.toThrow(/ends its own transaction/);
  });

  it('rebuilds a parent table without losing its children', async () => {
    await run();
    const database = new Database(file);
    database.pragma('foreign_keys = ON');
    database.exec(
      `${insertUser} INSERT INTO "Layout" ("userId", value, version, "updatedAt") VALUES ('u1', '{}', 1, 0);`,
    );
    database.close();
    addMigration(
      '20990101000001_rebuild',
      `PRAGMA defer_foreign_keys=ON; PRAGMA foreign_keys=OFF;
       CREATE TABLE "new_User" AS SELECT * FROM "User"; DROP TABLE "User"; ALTER TABLE "new_User" RENAME TO "User";
       CREATE UNIQUE INDEX "User_id" ON "User"("id"); PRAGMA foreign_keys=ON; PRAGMA defer_foreign_keys=OFF;`,
    );
    await run();
    expect(query('SELECT userId FROM Layout')).toEqual([{ userId: 'u1' }]);
  });

  it('refuses a database of a newer version, of another program, or no database at all, and leaves it alone', async () => {
    await run();
    addMigration('20990101000001_newer', 'CREATE TABLE "Newer" (id TEXT);');
    await run();
    rmSync(path.join(migrations, '20990101000001_newer'), { recursive: true });
    await expect(run()).rejects.toThrow(UnknownDatabaseError);
    await expect(run()).rejects.toThrow(/newer version.*20990101000001_newer/);

    rmSync(path.dirname(file), { recursive: true });
    mkdirSync(path.dirname(file));
    const foreign = new Database(file);
    foreign.exec('CREATE TABLE accounts (id TEXT)');
    foreign.close();
    await expect(run()).rejects.toThrow(/another program/);

    rmSync(path.dirname(file), { recursive: true });
    mkdirSync(path.dirname(file));
    writeFileSync(
      file,
      'this is certainly not a database, but a text that is long enough to be taken for one. '.repeat(20),
    );
    const before = readFileSync(file);
    await expect(run()).rejects.toThrow(DatabaseFileError);
    expect(readFileSync(file)).toEqual(before);
  });
});
