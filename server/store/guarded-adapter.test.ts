import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryStore, temporaryStore } from './temporary';

let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await temporaryStore();
});
afterEach(() => temporary.dispose());

const user = (username: string) => ({
  username,
  name: username,
  role: 'viewer' as const,
  extension: null,
  passwordHash: null,
});

/** What another process sees: only what was committed. */
function committed(): string[] {
  const other = new Database(temporary.file, { readonly: true });
  const rows = other.prepare<[], { username: string }>('SELECT username FROM User ORDER BY username').all();
  other.close();
  return rows.map((row) => row.username);
}

describe('the guarded SQLite connection', () => {
  it('loses no later write after a COMMIT failed', async () => {
    const { prisma } = temporary.store.database;
    const failing = prisma.$transaction(async (queries) => {
      await queries.$executeRawUnsafe('PRAGMA defer_foreign_keys = ON');
      await queries.user.create({ data: user('lost') });
      await queries.$executeRawUnsafe(
        `INSERT INTO "Layout" ("userId", value, version, "updatedAt") VALUES ('nobody', '{}', 1, 0)`,
      );
    });
    await expect(failing).rejects.toThrow();
    await temporary.store.users.create(user('kept'));
    expect(committed()).toEqual(['kept']);
  });

  it('keeps statements of others out of an open transaction', async () => {
    const { prisma } = temporary.store.database;
    let outside: Promise<unknown> = Promise.resolve();
    const failing = prisma.$transaction(async (queries) => {
      await queries.user.create({ data: user('inside') });
      outside = temporary.store.users.create(user('outside'));
      await queries.user.count();
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await outside;
    expect(committed()).toEqual(['outside']);
  });

  it('goes on after another process held the write lock too long', async () => {
    const other = new Database(temporary.file);
    other.exec('BEGIN IMMEDIATE');
    const blocked = temporary.store.database.prisma.$transaction((queries) =>
      queries.user.create({ data: user('late') }),
    );
    await expect(blocked).rejects.toThrow();
    other.exec('ROLLBACK');
    other.close();
    await temporary.store.users.create(user('after'));
    expect(committed()).toEqual(['after']);
  });

  it('writes through to the disk with foreign keys on', async () => {
    const pragma = (name: string) => temporary.store.database.prisma.$queryRawUnsafe(`PRAGMA ${name}`);
    expect(await pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(JSON.stringify(await pragma('synchronous'), (_, v) => (typeof v === 'bigint' ? Number(v) : v))).toBe(
      '[{"synchronous":2}]',
    );
    expect(JSON.stringify(await pragma('foreign_keys'), (_, v) => (typeof v === 'bigint' ? Number(v) : v))).toBe(
      '[{"foreign_keys":1}]',
    );
  });

  it('tells writes of another process from its own', async () => {
    const { database, users } = temporary.store;
    const before = await database.dataVersion();
    await users.create(user('own'));
    expect(await database.dataVersion()).toBe(before);
    const other = new Database(temporary.file);
    other.exec(`UPDATE User SET name = 'Other'`);
    other.close();
    expect(await database.dataVersion()).not.toBe(before);
  });

  it('writes nothing more once it is closed, whatever lies in its place by then', async () => {
    const { store } = temporary;
    await store.users.create(user('before'));
    await store.close();
    await expect(store.users.create(user('late'))).rejects.toThrow('the database is closed');
    await expect(store.users.list()).rejects.toThrow('the database is closed');
    expect(committed()).toEqual(['before']);
  });
});
