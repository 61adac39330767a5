import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Backups, markOf } from './backups';
import { BackupFolder, outdated } from './store/backup-folder';
import { swapDatabase, undoUnfinished } from './store/restore';
import { loadKey } from './store/secrets';
import { openStore, type Store } from './store/store';
import { migrationsDirectory, silentLog, type TemporaryStore, temporaryStore } from './store/temporary';

let temporary: TemporaryStore;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-03-01T12:00:00Z');
  temporary = await temporaryStore(() => now);
});
afterEach(() => temporary.dispose());

const folder = () => path.join(temporary.directory, 'backups');
const keyFile = () => path.join(temporary.directory, 'secret.key');
const passphrase = 'a long way to the sea';

function backupsOf({ directory, file, store }: TemporaryStore, over: { key?: Buffer; keyFile?: null } = {}): Backups {
  return new Backups({
    place: {
      database: file,
      folder: path.join(directory, 'backups'),
      migrations: migrationsDirectory,
      key: loadKey(path.join(directory, 'secret.key')),
      keyFile: path.join(directory, 'secret.key'),
      version: '1.2.3',
      ...over,
    },
    store,
    flush: () => store.audit.flush(),
    startedAt: now,
    restored: null,
    now: () => now,
    log: silentLog,
  });
}

const person = (username: string) => ({ username, name: username, role: 'admin', extension: null, passwordHash: 'x' });
const bytesOf = (file: string): string => readFileSync(file).toString('base64');

/** As the panel does it: everything closed, swapped, opened again. */
async function restore(name: string, body: Parameters<Backups['prepare']>[2] = {}): Promise<Store> {
  const backups = backupsOf(temporary);
  const prepared = await backups.prepare(name, 'anna', body);
  await temporary.store.close();
  swapDatabase(prepared, temporary.file, keyFile()).keep();
  const store = await openStore({
    file: temporary.file,
    migrations: migrationsDirectory,
    now: () => now,
    log: silentLog,
  });
  temporary = { ...temporary, store, dispose: disposeOf(store) };
  return store;
}

const disposeOf = (store: Store) => async () => {
  await store.close();
  rmSync(temporary.directory, { recursive: true, force: true });
};

function changed(file: string, sql: string): void {
  const database = new Database(file);
  database.pragma('journal_mode = DELETE');
  database.exec(sql);
  database.close();
}

/** Everything that was written stands in the one file. */
function settled(): void {
  const database = new Database(temporary.file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

describe('a backup', () => {
  it('is one whole moment of a database that is written to all the while, and brings it back', async () => {
    const { store, file } = temporary;
    await store.users.create(person('anna'));
    const writer = new Database(file);
    writer.pragma('journal_mode = WAL');
    writer.exec('CREATE TABLE "Pair" (side TEXT, n INTEGER, pad TEXT)');
    writer.exec(
      `INSERT INTO "Pair" SELECT 'a', 0, hex(randomblob(2000)) FROM (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c WHERE x < 3000) SELECT x FROM c)`,
    );
    let written = 0;
    const add = writer.transaction(() => {
      written += 1;
      for (const side of ['left', 'right'])
        writer.prepare('INSERT INTO "Pair" VALUES (?, ?, ?)').run(side, written, 'x'.repeat(500));
    });
    const busy = setInterval(() => {
      for (let at = 0; at < 20; at += 1) add();
    }, 1);
    const before = written;
    const made = await backupsOf(temporary).make('anna');
    clearInterval(busy);
    expect(written).toBeGreaterThan(before + 40);
    writer.close();

    const copy = new Database(path.join(folder(), made.name), { readonly: true });
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    const sides = copy
      .prepare<[], { left: number; right: number; newest: number }>(
        `SELECT sum(side = 'left') AS "left", sum(side = 'right') AS "right", max(n) AS newest FROM "Pair"`,
      )
      .get();
    expect(sides?.left).toBe(sides?.right);
    expect(sides?.left).toBe(sides?.newest);
    expect(sides?.newest).toBeLessThan(written);
    copy.close();
    expect(statSync(path.join(folder(), made.name)).mode & 0o777).toBe(0o600);
    expect(existsSync(path.join(folder(), `${made.name}-wal`))).toBe(false);

    await store.users.create(person('bert'));
    const restored = await restore(made.name);
    expect((await restored.users.list()).map(({ username }) => username)).toContain('anna');
    expect((await restored.users.list()).map(({ username }) => username)).not.toContain('bert');
    expect(new BackupFolder(folder()).list().map(({ kind }) => kind)).toContain('before-restore');
    const own = new Database(temporary.file, { readonly: true });
    expect(own.prepare(`SELECT name FROM sqlite_master WHERE name = '_cordboard_backup'`).all()).toEqual([]);
    own.close();
    expect(existsSync(`${temporary.file}.before`)).toBe(false);
  });

  it('says what is in it', async () => {
    const { store } = temporary;
    await store.users.create(person('anna'));
    await store.settings.put('pbx', { host: 'pbx.example.com', secret: store.secrets.seal('s', 'pbx') }, 0);
    store.audit.append({ at: now, actor: 'anna', session: '', address: '', action: 'x', target: '', result: 'ok' });
    const backups = backupsOf(temporary);
    const { name } = await backups.make('anna');
    const { users, ...report } = await backups.report(name);
    expect(users).toContainEqual({ username: 'anna', role: 'admin' });
    expect(report).toMatchObject({
      ...{ refusal: null, problem: null, pbx: 'pbx.example.com', secrets: 'ours', hasKey: false, pending: [] },
      made: { at: '2026-03-01T12:00:00.000Z', by: 'anna', version: '1.2.3' },
      sealed: ['the seals of the audit log', 'the secret of the PBX connection'],
    });
    expect(report.counts).toMatchObject({ AuditEntry: 1 });
  });

  it('tells a disk that takes nothing, and leaves nothing behind', async () => {
    const backups = backupsOf(temporary);
    rmSync(folder(), { recursive: true, force: true });
    writeFileSync(folder(), 'in the way');
    await expect(backups.make('anna')).rejects.toThrow(/backup was not made: .*cannot be written/);
    expect(backups.problem).toMatch(/cannot be written/);
    rmSync(folder());
    mkdirSync(folder());
    await backups.make('anna');
    expect(backups.problem).toBeNull();
    const { rows } = await temporary.store.incidents.page({ limit: 10 });
    expect(rows.map(({ about }) => about.ok)).toEqual([true, false]);
  });
});

describe('what is no good is refused, and the database stays as it was', () => {
  const makers: Record<string, (file: string) => void> = {
    empty: (file) => writeFileSync(file, ''),
    notSqlite: (file) => writeFileSync(file, 'PK\u0003\u0004 this is a zip, as far as anybody knows'.repeat(50)),
    truncated: (file) => truncateSync(file, statSync(file).size - 4_096),
    foreign: (file) => {
      rmSync(file);
      changed(file, 'CREATE TABLE recipes (id INTEGER); INSERT INTO recipes VALUES (1);');
    },
    newer: (file) =>
      changed(
        file,
        `DELETE FROM "_cordboard_backup"; INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, applied_steps_count) VALUES ('z', 'z', 1, '20990101000000_future', 1)`,
      ),
    shape: (file) => changed(file, `DELETE FROM "_cordboard_backup"; ALTER TABLE "CallNote" DROP COLUMN "text"`),
  };
  const words: Record<string, RegExp> = {
    empty: /is empty/,
    notSqlite: /not an SQLite database/,
    truncated: /cut short: it has \d+ of \d+ bytes/,
    foreign: /another program/,
    newer: /newer version.*Update this panel first/,
    shape: /CallNote lacks text/,
  };

  it.each(Object.keys(makers))('%s', async (kind) => {
    const backups = backupsOf(temporary);
    const { name } = await backups.make('anna');
    const file = path.join(folder(), name);
    makers[kind]?.(file);
    const bad = bytesOf(file);
    settled();
    const before = bytesOf(temporary.file);
    const refused = backups.prepare(name, 'anna', { upgrade: true, withoutSecrets: true });
    await expect(refused).rejects.toThrow(words[kind]);
    await expect(refused).rejects.toMatchObject({ refusal: kind });
    expect(bytesOf(temporary.file)).toBe(before);
    expect(bytesOf(file)).toBe(bad);
    for (const left of ['.restore', '.before']) expect(existsSync(`${temporary.file}${left}`)).toBe(false);
    expect(backups.folder.list()).toHaveLength(1);
  });

  it('shape: what would act by itself, such as a trigger that makes administrators', async () => {
    const backups = backupsOf(temporary);
    const { name } = await backups.make('anna');
    const trigger = `CREATE TRIGGER helpful AFTER INSERT ON "Session" BEGIN UPDATE "User" SET role = 'admin'; END`;
    changed(path.join(folder(), name), `DELETE FROM "_cordboard_backup"; ${trigger}`);
    const refused = backups.prepare(name, 'anna', {});
    await expect(refused).rejects.toThrow(/has the trigger helpful/);
    await expect(refused).rejects.toMatchObject({ refusal: 'shape' });
  });

  it('damaged: a page that SQLite cannot read, and one letter that it would not miss', async () => {
    const { store } = temporary;
    await store.users.create(person('annabelle-marigold'));
    const backups = backupsOf(temporary);
    for (const spoil of [
      (bytes: Buffer) => bytes.fill(0xff, 4_096, 8_192),
      (bytes: Buffer) => bytes.write('annabelle-marigolt', bytes.indexOf('annabelle-marigold')),
    ]) {
      now += 1_000;
      const { name } = await backups.make('anna');
      const file = path.join(folder(), name);
      const bytes = readFileSync(file);
      spoil(bytes);
      writeFileSync(file, bytes);
      await expect(backups.prepare(name, 'anna', {})).rejects.toMatchObject({ refusal: 'damaged' });
    }
  });

  it('older: only when it is asked to be brought up to date, in a copy', async () => {
    const backups = backupsOf(temporary);
    const file = path.join(folder(), '2026-02-01T00-00-00-000Z-uploaded.db');
    mkdirSync(folder(), { recursive: true });
    const old = new Database(file);
    const first = readFileSync(path.join(migrationsDirectory, '20261121000000_first/migration.sql'), 'utf8');
    old.exec(
      `CREATE TABLE "_prisma_migrations" ("id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`,
    );
    old.exec(first);
    old.exec(
      `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, applied_steps_count) VALUES ('1', 'x', 1, '20261121000000_first', 1)`,
    );
    old.exec(
      `INSERT INTO "User" (id, username, name, role, version, disabled) VALUES ('u', 'olga', 'Olga', 'admin', 0, 0)`,
    );
    old.close();
    const bytes = bytesOf(file);
    const name = path.basename(file);
    expect(await backups.report(name)).toMatchObject({
      refusal: 'older',
      users: [{ username: 'olga', role: 'admin' }],
    });
    await expect(backups.prepare(name, 'anna', {})).rejects.toMatchObject({ refusal: 'older', field: 'upgrade' });
    const store = await restore(name, { upgrade: true });
    expect((await store.users.list()).map(({ username }) => username)).toEqual(['olga']);
    expect(bytesOf(file)).toBe(bytes);
  });

  it('busy: while another program has the database open', async () => {
    const backups = backupsOf(temporary);
    const { name } = await backups.make('anna');
    const prepared = await backups.prepare(name, 'anna', {});
    expect(() => swapDatabase(prepared, temporary.file, keyFile())).toThrow(/has the database open/);
    expect(await temporary.store.healthy()).toBe(true);
  });

  it('a restore that was cut short by a crash is taken back at the next start, key and all', async () => {
    const other = await temporaryStore();
    await other.store.settings.put('pbx', { secret: other.store.secrets.seal('theirs', 'pbx') }, 0);
    const elsewhere = backupsOf(other);
    const { name } = await elsewhere.make('bert', passphrase);
    const backups = backupsOf(temporary);
    mkdirSync(folder(), { recursive: true });
    copyFileSync(elsewhere.pathOf(name), path.join(folder(), name));
    const prepared = await backups.prepare(name, 'anna', { passphrase });
    await temporary.store.close();
    changed(temporary.file, 'SELECT 1');
    const [database, key] = [bytesOf(temporary.file), bytesOf(keyFile())];
    swapDatabase(prepared, temporary.file, keyFile());
    expect(bytesOf(temporary.file)).not.toBe(database);
    expect(bytesOf(keyFile())).not.toBe(key);
    expect(undoUnfinished(temporary.file, keyFile())).toBe(true);
    expect([bytesOf(temporary.file), bytesOf(keyFile())]).toEqual([database, key]);
    expect(undoUnfinished(temporary.file, keyFile())).toBe(false);
    await other.dispose();
    const store = await openStore({
      file: temporary.file,
      migrations: migrationsDirectory,
      now: () => now,
      log: silentLog,
    });
    temporary = { ...temporary, store, dispose: disposeOf(store) };
  });
});

describe('the key', () => {
  async function fromElsewhere(withKey: boolean): Promise<string> {
    const other = await temporaryStore();
    await other.store.settings.put('pbx', { secret: other.store.secrets.seal('theirs', 'pbx') }, 0);
    const elsewhere = backupsOf(other);
    const { name } = await elsewhere.make('bert', withKey ? passphrase : undefined);
    mkdirSync(folder(), { recursive: true });
    copyFileSync(elsewhere.pathOf(name), path.join(folder(), name));
    await other.dispose();
    return name;
  }

  it('comes along under its passphrase, and no other', async () => {
    const name = await fromElsewhere(true);
    const backups = backupsOf(temporary);
    expect(readFileSync(backups.pathOf(name)).includes(passphrase)).toBe(false);
    await expect(backups.prepare(name, 'anna', {})).rejects.toMatchObject({
      refusal: 'passphrase',
      field: 'passphrase',
    });
    await expect(backups.prepare(name, 'anna', { passphrase: 'a long way to the hills' })).rejects.toThrow(
      /not the passphrase/,
    );
    const store = await restore(name, { passphrase });
    const row = await store.database.prisma.setting.findUnique({ where: { key: 'pbx' } });
    const { secret } = JSON.parse(row?.value ?? '') as { secret: string };
    expect(store.secrets.open(secret, 'pbx')).toBe('theirs');
  });

  it('that is missing has to be done without in so many words', async () => {
    const name = await fromElsewhere(false);
    const backups = backupsOf(temporary);
    await expect(backups.prepare(name, 'anna', {})).rejects.toThrow(
      /the secret of the PBX connection must then be set anew/,
    );
    const before = bytesOf(keyFile());
    await restore(name, { withoutSecrets: true });
    expect(bytesOf(keyFile())).toBe(before);
  });

  it('of the environment is not replaced', async () => {
    const name = await fromElsewhere(true);
    const backups = backupsOf(temporary, { keyFile: null });
    await expect(backups.prepare(name, 'anna', { passphrase })).rejects.toMatchObject({ refusal: 'fixedKey' });
  });
});

describe('what somebody sends', () => {
  it('is kept when it could be restored, and refused in words when it never could', async () => {
    const backups = backupsOf(temporary);
    const { name } = await backups.make('anna');
    now += 1_000;
    const taken = await backups.take(Readable.from([readFileSync(backups.pathOf(name))]));
    expect(taken).toMatchObject({ refusal: null, made: { by: 'anna' } });
    await expect(backups.take(Readable.from([Buffer.from('GIF89a')]))).rejects.toThrow(/not an SQLite database/);
    const cut = async function* () {
      yield readFileSync(backups.pathOf(name)).subarray(0, 9_000);
      throw new Error('aborted');
    };
    await expect(backups.take(Readable.from(cut()))).rejects.toThrow(/was not taken/);
    expect(backups.folder.list().map(({ kind }) => kind)).toEqual(['uploaded', 'manual']);
  });
});

describe('the night', () => {
  it('makes one each night at its hour, and after it when the panel did not run then', async () => {
    const backups = backupsOf(temporary);
    await backups.load();
    await backups.look();
    expect(backups.folder.list()).toEqual([]);
    now += 11 * 60_000;
    await backups.look();
    expect(backups.folder.list().map(({ kind }) => kind)).toEqual(['nightly']);
    await backups.look();
    const mark = markOf(now, 3) + 24 * 60 * 60_000;
    now = mark - 1;
    await backups.look();
    expect(backups.folder.list()).toHaveLength(1);
    expect(backups.nextAt()).toBe(new Date(mark).toISOString());
    now = mark;
    await backups.look();
    expect(backups.folder.list()).toHaveLength(2);
  });

  it('that failed is told, and tried again an hour later', async () => {
    const backups = backupsOf(temporary);
    rmSync(folder(), { recursive: true, force: true });
    writeFileSync(folder(), 'in the way');
    now += 11 * 60_000;
    backups.folder.list = () => [];
    await backups.look();
    expect(backups.problem).toMatch(/cannot be written/);
    const failedAt = now;
    expect(backups.nextAt()).toBe(new Date(failedAt + 60 * 60_000).toISOString());
  });

  it('keeps a week of days, four of weeks, and never removes the newest', () => {
    const day = 24 * 60 * 60_000;
    let files: { name: string; kind: 'nightly'; bytes: number; at: number }[] = [];
    const start = Date.parse('2026-01-01T03:00:00Z');
    for (let at = start; at < start + 120 * day; at += day) {
      files.push({ name: new Date(at).toISOString(), kind: 'nightly', bytes: 1, at });
      const gone = new Set(outdated(files, { days: 7, weeks: 4 }, at + 60_000));
      files = files.filter(({ name }) => !gone.has(name));
    }
    const ages = files.map(({ at }) => Math.round((start + 119 * day - at) / day)).sort((a, b) => a - b);
    expect(ages.slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(ages.length).toBeGreaterThanOrEqual(10);
    expect(ages.length).toBeLessThanOrEqual(11);
    expect(ages.at(-1)).toBeGreaterThanOrEqual(21);
    expect(outdated(files.slice(-1), { days: 1, weeks: 0 }, start + 900 * day)).toEqual([]);
  });
});
