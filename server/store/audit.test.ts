import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditLine, AuditLog } from './audit';
import { ChainPoints, hashLine, origin } from './audit-chain';
import { verifyChain } from './audit-verify';
import { createSecretBox } from './secrets';
import { openStore } from './store';
import { migrationsDirectory, silentLog, type TemporaryStore, temporaryStore } from './temporary';

let temporary: TemporaryStore;
const start = Date.parse('2026-03-01T12:00:00Z');
const day = 24 * 60 * 60_000;
let now = start;
beforeEach(async () => {
  now = start;
  temporary = await temporaryStore(() => now);
});
afterEach(() => temporary.dispose());

const line = (over: Partial<AuditLine> = {}): AuditLine => ({
  at: now,
  actor: 'anna',
  session: '0123456789abcdef0123456789abcdef',
  address: '192.0.2.7',
  action: 'call.hangup',
  target: '101',
  result: 'ok',
  ...over,
});

async function write(count: number, over: Partial<AuditLine> = {}): Promise<void> {
  const { audit } = temporary.store;
  for (let n = 1; n <= count; n += 1) audit.append(line({ target: `${n}`, ...over }));
  await audit.flush();
}

const verify = (from?: number) => temporary.store.audit.verify(from);

/** What somebody does who has the database file, but not the key. */
function tamper(...statements: readonly string[]): void {
  const database = new Database(temporary.file);
  try {
    for (const statement of statements) database.exec(statement);
  } finally {
    database.close();
  }
}

interface Row {
  readonly id: number;
  readonly at: string;
  readonly actor: string;
  readonly session: string;
  readonly address: string;
  readonly action: string;
  readonly target: string;
  readonly result: string;
}

/** Hashes all lines anew, as anybody can who read how. */
function rehash(from: number, prev: string): void {
  const database = new Database(temporary.file);
  const rows = database.prepare<[number], Row>('SELECT * FROM AuditEntry WHERE id >= ? ORDER BY id').all(from);
  for (const row of rows) {
    const hash = hashLine(prev, { ...row, at: new Date(row.at) });
    database.prepare('UPDATE AuditEntry SET prev = ?, hash = ? WHERE id = ?').run(prev, hash, row.id);
    prev = hash;
  }
  database.close();
}

describe('the chain', () => {
  it('is intact as it was written, whatever the text, also over a restart and from two processes', async () => {
    expect(await verify()).toEqual({
      ...{ ok: true, checked: 0, from: null, brokenAt: null, reason: null, unchained: 0, head: null },
    });
    await write(450);
    await write(1, { target: '\ud83d ü\u0000\n"\\', actor: '', session: '', result: `ok: ${'\u{1f600}'.repeat(400)}` });
    const other = await openStore({
      file: temporary.file,
      migrations: migrationsDirectory,
      now: () => now,
      log: silentLog,
    });
    // In turns: two connections of one process would wait for each other.
    for (let n = 0; n < 40; n += 1) {
      for (const { audit } of [other, temporary.store]) {
        audit.append(line({ target: `${n}` }));
        await audit.flush();
      }
    }
    await other.close();
    const verdict = await verify();
    expect(verdict).toMatchObject({ ok: true, checked: 531, from: 1, brokenAt: null, unchained: 0 });
    expect(verdict.head).toMatchObject({ id: 531, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await temporary.store.audit.page(1)).entries[0]?.session).toBe('0123456789ab');
  });

  it.each<[string, () => void, number, RegExp]>([
    ['a line was changed', () => tamper(`UPDATE AuditEntry SET result = 'ok' WHERE id = 5`), 5, /changed/],
    ['a line was removed', () => tamper('DELETE FROM AuditEntry WHERE id = 5'), 6, /does not follow/],
    ['the oldest were removed', () => tamper('DELETE FROM AuditEntry WHERE id <= 5'), 6, /does not follow/],
    ['the newest were removed', () => tamper('DELETE FROM AuditEntry WHERE id > 15'), 16, /newest lines are missing/],
    [
      'all were removed',
      () => tamper('DELETE FROM AuditEntry'),
      1,
      /newest lines are missing: the log went up to line 20/,
    ],
    [
      'two lines were swapped',
      () =>
        tamper(
          'UPDATE AuditEntry SET id = 1005 WHERE id = 5',
          'UPDATE AuditEntry SET id = 5 WHERE id = 6',
          'UPDATE AuditEntry SET id = 6 WHERE id = 1005',
        ),
      5,
      /does not follow/,
    ],
    [
      'a line was put in',
      () =>
        tamper(
          'UPDATE AuditEntry SET id = id + 1 WHERE id > 5 AND id = 20',
          `INSERT INTO AuditEntry (id, at, actor, address, action, target, result, prev, hash)
             SELECT 20, at, actor, address, action, target, result, prev, hash FROM AuditEntry WHERE id = 10`,
        ),
      20,
      /does not follow/,
    ],
    ['a line lost its hash', () => tamper(`UPDATE AuditEntry SET hash = '' WHERE id = 5`), 5, /not part of the chain/],
    [
      'a line was added with a right hash',
      () => {
        tamper(`INSERT INTO AuditEntry (at, actor, address, action, target, result)
          VALUES ('2026-03-01T12:00:00.000+00:00', 'x', '', 'x', '', 'ok')`);
        rehash(1, origin);
      },
      21,
      /added lines after/,
    ],
    [
      'a line was changed and all hashes after it made anew',
      () => {
        tamper(`UPDATE AuditEntry SET actor = 'somebody else' WHERE id = 5`);
        rehash(1, origin);
      },
      21,
      /newest lines are missing/,
    ],
    [
      'lines from before were made up',
      () => tamper(`INSERT INTO AuditEntry SELECT -1, at, 'x', '', 'x', '', 'ok', '', '', '' FROM AuditEntry LIMIT 1`),
      -1,
      /./,
    ],
  ])('shows where %s', async (_, change, brokenAt, reason) => {
    await write(19, { result: 'forbidden' });
    await write(1);
    expect((await verify()).ok).toBe(true);
    change();
    const verdict = await verify();
    if (brokenAt === -1) {
      // Nothing vouches for what stands before the first line of the chain; it is counted apart.
      expect(verdict).toMatchObject({ ok: true, checked: 20, unchained: 1 });
      return;
    }
    expect(verdict).toMatchObject({ ok: false, brokenAt });
    expect(verdict.reason).toMatch(reason);
    // What is written afterwards does not heal it.
    await write(1);
    expect((await verify()).ok).toBe(false);
  });

  it('goes on from what was sealed, not from what is there: a cut end shows for ever, and what follows is checked', async () => {
    await write(20);
    tamper('DELETE FROM AuditEntry WHERE id > 15', `UPDATE sqlite_sequence SET seq = 15 WHERE name = 'AuditEntry'`);
    await write(5);
    expect(await verify()).toMatchObject({ ok: false, brokenAt: 21, checked: 15 });
    expect(await verify(21)).toMatchObject({ ok: true, from: 21, checked: 5 });
    expect(await verify(99)).toMatchObject({ ok: false, reason: expect.stringContaining('no line 99') });
  });

  it('tells that a seal was removed or changed, and does not begin anew in silence', async () => {
    await write(20);
    tamper(`DELETE FROM Setting WHERE key = 'audit.head'`);
    expect(await verify()).toMatchObject({ ok: false, brokenAt: null, reason: expect.stringContaining('missing') });
    tamper('DELETE FROM AuditEntry WHERE id > 10');
    await write(2);
    expect(await verify()).toMatchObject({
      ok: false,
      checked: 10,
      brokenAt: 11,
      reason: expect.stringContaining('begun anew'),
    });
    const { entries } = await temporary.store.audit.page(3);
    expect(entries.map(({ action }) => action)).toEqual(['call.hangup', 'call.hangup', 'audit.seal']);
    expect(await verify(12)).toMatchObject({ ok: true, checked: 2 });
    tamper(
      `UPDATE Setting SET value = (SELECT value FROM Setting WHERE key = 'audit.anchor') WHERE key = 'audit.head'`,
    );
    expect(await verify()).toMatchObject({ ok: false, reason: expect.stringContaining('cannot be read') });
  });

  it('cannot be begun anew by somebody who removes everything but the anchor', async () => {
    await write(20);
    tamper(`DELETE FROM Setting WHERE key = 'audit.head'`, 'DELETE FROM AuditEntry');
    await write(1);
    expect(await verify()).toMatchObject({ ok: false, reason: expect.stringContaining('begun anew') });
  });

  it('is written on with another key, and says so', async () => {
    await write(3);
    const { prisma } = temporary.store.database;
    const secrets = createSecretBox(Buffer.alloc(32, 7));
    const audit = new AuditLog({ prisma, secrets, now: () => now, onError: (error) => expect(error).toBeNull() });
    audit.append(line());
    expect(await audit.verify()).toMatchObject({ ok: false, checked: 3, brokenAt: 4 });
    audit.append(line());
    expect(await audit.verify(5)).toMatchObject({ ok: true, checked: 2 });
  });

  it('is anchored where old lines were removed, and tells that they were', async () => {
    now = start - 9 * day;
    await write(2_500);
    for (let n = 0; n < 10; n += 1) {
      now = start + n * day;
      await write(10);
    }
    const { audit } = temporary.store;
    expect(await audit.prune(new Date(start - day))).toBe(2_500);
    expect(await audit.prune(new Date(start - day))).toBe(0);
    expect(await audit.prune(new Date(start + 4 * day))).toBe(40);
    expect(await verify()).toMatchObject({ ok: true, from: 2_541, checked: 62, unchained: 0 });
    expect((await audit.page(1)).entries[0]).toMatchObject({ action: 'audit.prune', result: 'ok: 40 lines' });
    tamper('DELETE FROM AuditEntry WHERE id <= 2550');
    expect(await verify()).toMatchObject({ ok: false, brokenAt: 2_551 });
    expect(await audit.prune(new Date(start + 400 * day))).toBe(52);
    expect(await verify()).toMatchObject({ ok: true, checked: 1 });
    tamper(
      `INSERT INTO AuditEntry SELECT 7, at, actor, session, address, action, target, result, '', '' FROM AuditEntry`,
    );
    expect(await verify()).toMatchObject({ ok: false, reason: expect.stringContaining('before the oldest') });
  });

  it('is not taken for broken while old lines are being removed', async () => {
    const { audit, secrets, database } = temporary.store;
    for (let n = 0; n < 2_500; n += 1) audit.append(line({ at: start + n }));
    await audit.flush();
    const { prisma } = database;
    let removed = 0;
    // Between the first part that is looked through and the next.
    const findMany = async (query: Parameters<typeof prisma.auditEntry.findMany>[0]) => {
      if (removed === 0) removed = await audit.prune(new Date(start + 2_000));
      return prisma.auditEntry.findMany(query);
    };
    const looking = new Proxy(prisma, {
      get: (of, key: keyof typeof prisma) => (key === 'auditEntry' ? { findMany } : of[key]),
    });
    expect(await verifyChain(looking, new ChainPoints(secrets))).toMatchObject({ ok: true, from: 2_001 });
    expect(removed).toBe(2_000);
  });

  it('does not remove what is newer, though the clock had jumped', async () => {
    await write(2);
    now = start - 100 * day;
    await write(2);
    now = start;
    await write(1);
    expect(await temporary.store.audit.prune(new Date(start - day))).toBe(0);
    expect(await temporary.store.audit.prune(new Date(start + day))).toBe(5);
  });

  it('begins after the lines that were there before it', async () => {
    tamper(
      `INSERT INTO AuditEntry (at, actor, address, action, target, result)
         VALUES ('2026-01-01T12:00:00.000+00:00', 'x', '', 'x', '', 'ok'), ('2026-02-01T12:00:00.000+00:00', 'x', '', 'x', '', 'ok')`,
    );
    expect(await verify()).toMatchObject({ ok: true, checked: 0, unchained: 2 });
    await write(3);
    expect(await verify()).toMatchObject({ ok: true, checked: 3, from: 3, unchained: 2 });
    expect(await temporary.store.audit.prune(new Date('2026-01-15T00:00:00Z'))).toBe(1);
    expect(await verify()).toMatchObject({ ok: true, checked: 4, unchained: 1 });
    expect(await temporary.store.audit.prune(new Date(start + day))).toBe(5);
    expect(await verify()).toMatchObject({ ok: true, checked: 1, unchained: 0 });
  });

  it('is written on though somebody took the next ids', async () => {
    await write(3);
    tamper(
      `INSERT INTO AuditEntry SELECT 500, at, actor, session, address, action, target, result, '', '' FROM AuditEntry LIMIT 1`,
    );
    await write(3);
    expect((await temporary.store.audit.page(1)).entries[0]?.id).toBe(503);
    expect(await verify()).toMatchObject({ ok: false, brokenAt: 500 });
  });

  it('is written and looked through a part at a time: the panel goes on meanwhile', async () => {
    let turns = 0;
    const turn = (): void => {
      turns += 1;
      immediate = setImmediate(turn);
    };
    let immediate = setImmediate(turn);
    try {
      await write(2_500);
      expect(turns).toBeGreaterThanOrEqual(49);
      turns = 0;
      expect(await verify()).toMatchObject({ ok: true, checked: 2_500 });
      expect(turns).toBeGreaterThanOrEqual(2);
      turns = 0;
      now += day;
      expect(await temporary.store.audit.prune(new Date(now))).toBe(2_500);
      expect(turns).toBeGreaterThanOrEqual(2);
    } finally {
      clearImmediate(immediate);
    }
  });

  it('tells the newest line now and then, and at both ends of a run', async () => {
    const heads: number[] = [];
    const open = () =>
      openStore({
        ...{ file: temporary.file, migrations: migrationsDirectory, now: () => now, log: silentLog },
        auditHead: ({ id }) => heads.push(id),
      });
    const first = await open();
    for (let n = 0; n < 2_100; n += 1) first.audit.append(line());
    await first.close();
    await (await open()).close();
    expect(heads[0]).toBeGreaterThanOrEqual(1_000);
    expect(heads[0]).toBeLessThan(1_200);
    expect(heads.slice(2)).toEqual([2_100, 2_100, 2_100]);
  });
});

describe('what is found', () => {
  it('is by part of who and what, by how it ended, and by time', async () => {
    const { audit } = temporary.store;
    audit.append(line({ actor: 'anna', action: 'call.park', result: 'ok: 701' }));
    now += 60_000;
    audit.append(line({ actor: 'Annabel', action: 'call.park', result: 'conflict: The PBX refused: No such channel' }));
    audit.append(line({ actor: 'bert', action: 'queue.add', result: 'okay' }));
    await audit.flush();
    const ids = async (filter: object) => (await audit.page(10, filter)).entries.map(({ id }) => id);
    expect(await ids({})).toEqual([3, 2, 1]);
    expect(await ids({ actor: 'anna' })).toEqual([2, 1]);
    expect(await ids({ action: 'park', result: 'ok' })).toEqual([1]);
    expect(await ids({ result: 'refused' })).toEqual([3, 2]);
    expect(await ids({ from: new Date(now).toISOString() })).toEqual([3, 2]);
    expect(await ids({ to: new Date(now).toISOString() })).toEqual([1]);
  });

  it('is found far back as well, a stride at a time', async () => {
    await write(1, { actor: 'rare' });
    tamper('UPDATE AuditEntry SET id = id + 30000');
    await temporary.store.database.prisma.auditEntry.createMany({
      data: [1, 25_000, 70_000].map((id) => ({ id, actor: 'x', address: '', action: 'x', target: '', result: 'ok' })),
    });
    const { audit } = temporary.store;
    expect((await audit.page(10, { actor: 'rare' })).entries.map(({ id }) => id)).toEqual([30_001]);
    const page = await audit.page(3, {});
    expect(page).toMatchObject({ entries: [{ id: 70_000 }, { id: 30_001 }, { id: 25_000 }], next: 25_000 });
    const rest: number[] = [];
    for await (const { id } of audit.all({ before: 30_001 })) rest.push(id);
    expect(rest).toEqual([25_000, 1]);
  });
});
