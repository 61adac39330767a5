import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoggedCall } from '../protocol/call-log';
import { CallLog, type CallToLog, rowsOf } from './call-log';
import { Prisma } from './generated/client';
import { type TemporaryStore, temporaryStore } from './temporary';

let temporary: TemporaryStore;
const start = Date.parse('2026-03-01T12:00:00Z');
beforeEach(async () => {
  temporary = await temporaryStore(() => start);
});
afterEach(() => temporary.dispose());

const party = (number: string, name = '') => ({ number, name });
const call = (id: string, over: Partial<CallToLog> = {}): CallToLog => ({
  id,
  from: party('0301234', 'Anna'),
  to: party('101', 'Bert'),
  queue: null,
  did: null,
  startedAt: start,
  answeredAt: start + 5_000,
  endedAt: start + 65_000,
  outcome: 'answered',
  extensions: ['101'],
  ...over,
});

async function write(...calls: readonly CallToLog[]): Promise<void> {
  for (const one of calls) temporary.store.calls.append('pbx', one);
  await temporary.store.calls.flush();
}

const ids = async (filter: object, limit = 10) =>
  (await temporary.store.calls.page({ pbx: 'pbx', ...filter }, limit)).rows.map(({ id }) => id);

async function all(rows: AsyncIterable<LoggedCall>): Promise<string[]> {
  const found: string[] = [];
  for await (const { id } of rows) found.push(id);
  return found;
}

describe('the call log', () => {
  it('gives back what was appended, newest first, by pages', async () => {
    const { calls } = temporary.store;
    for (let n = 1; n <= 450; n += 1) calls.append('pbx', call(`${n}.1`));
    const last = call('451.1', {
      queue: 'sales',
      did: '5550100',
      answeredAt: null,
      outcome: 'abandoned',
      extensions: [],
    });
    await write({ ...last, from: party('030\n1', 'A'.repeat(999)) });
    const page = await calls.page({ pbx: 'pbx' }, 2);
    expect(page.rows[0]).toEqual({
      ...last,
      from: { number: '030 1', name: 'A'.repeat(300) },
      startedAt: '2026-03-01T12:00:00.000Z',
      answeredAt: null,
      endedAt: '2026-03-01T12:01:05.000Z',
      notes: [],
    });
    expect(page.rows[1]).toMatchObject({ id: '450.1', answeredAt: '2026-03-01T12:00:05.000Z', extensions: ['101'] });
    const rest = await calls.page({ pbx: 'pbx', before: page.next ?? 0 }, 500);
    expect(rest.rows.map(({ id }) => id)).toEqual(Array.from({ length: 449 }, (_, n) => `${449 - n}.1`));
    expect(rest.next).toBeNull();
    expect(await all(calls.all({ pbx: 'pbx' }))).toHaveLength(451);
    expect(await all(calls.all({ pbx: 'other' }))).toEqual([]);
  });

  it('has a call once, by its id and its start, whoever tells it again', async () => {
    await write(call('1.1'), call('1.1'));
    await write(call('1.1', { outcome: 'missed' }), call('1.1', { startedAt: start - 1 }), call('2.1'));
    expect(await ids({})).toEqual(['2.1', '1.1', '1.1']);
    expect((await temporary.store.calls.page({ pbx: 'pbx' }, 5)).rows[2]?.outcome).toBe('answered');
    temporary.store.calls.append('other', call('1.1'));
    await temporary.store.calls.flush();
    expect(await ids({ pbx: 'other' })).toEqual(['1.1']);
  });

  it('finds by the number of one side, exactly, and by who took part', async () => {
    await write(
      call('1', { from: party('0301234'), to: party('101'), extensions: ['101', '102'] }),
      call('2', { from: party('103'), to: party('0301234'), extensions: ['103'] }),
      call('3', { from: party('03012345'), to: party('102'), answeredAt: null, outcome: 'missed', extensions: [] }),
      call('4', { from: party(''), to: party(''), queue: 'sales', extensions: [] }),
    );
    expect(await ids({ number: '0301234' })).toEqual(['2', '1']);
    expect(await ids({ number: '102' })).toEqual(['3']);
    expect(await ids({ extension: '102' })).toEqual(['3', '1']);
    expect(await ids({ number: '0301234', extension: '102' })).toEqual(['1']);
    expect(await ids({ number: '' })).toEqual([]);
    expect(await ids({ number: '0301234', before: 2 })).toEqual(['1']);
    expect(await ids({ number: `0301234' OR 1=1 --` })).toEqual([]);
  });

  it('shows a limited right its extensions and queues only, by pages, each call once', async () => {
    const names = ['101', '102', '103', '104'];
    for (let n = 1; n <= 60; n += 1) {
      const extensions = [names[n % 4] ?? '', names[(n + 1) % 4] ?? ''];
      const queue = n % 10 === 0 ? 'sales' : null;
      temporary.store.calls.append('pbx', call(`${n}`, { to: party(extensions[0] ?? ''), extensions, queue }));
    }
    await temporary.store.calls.flush();
    const { calls } = temporary.store;
    const scope = { extensions: ['101', '102', 'nobody'], queues: ['sales'] };
    const right = Array.from({ length: 60 }, (_, n) => n + 1)
      .filter((n) => n % 4 !== 2 || n % 10 === 0)
      .reverse()
      .map(String);
    expect(await all(calls.all({ pbx: 'pbx', scopes: [scope] }))).toEqual(right);
    const paged: string[] = [];
    for (let before: number | undefined; ; ) {
      const { rows, next } = await calls.page({ pbx: 'pbx', scopes: [scope], before }, 7);
      paged.push(...rows.map(({ id }) => id));
      if (next === null) break;
      before = next;
    }
    expect(paged).toEqual(right);
    expect(await ids({ scopes: [{ extensions: [], queues: ['sales'] }] })).toEqual([
      '60',
      '50',
      '40',
      '30',
      '20',
      '10',
    ]);
    expect(await ids({ scopes: [{ extensions: [], queues: [] }] })).toEqual([]);
    expect(await ids({ scopes: [scope, { extensions: ['103'], queues: [] }], extension: '104' })).toEqual([
      '50',
      '30',
      '10',
    ]);
    expect(
      await ids(
        {
          scopes: [
            { extensions: ['103'], queues: [] },
            { extensions: [], queues: ['sales'] },
          ],
        },
        3,
      ),
    ).toEqual(['50', '30', '10']);
  });

  it.each([
    ['number', { number: '0301234' }],
    ['extension', { extension: '101' }],
    ['number and extension', { number: '0301234', extension: '101' }],
    ['scope', { scopes: [{ extensions: ['101', '102'], queues: ['sales'] }] }],
    ['number in a scope', { number: '0301234', scopes: [{ extensions: ['101'], queues: [] }] }],
  ])('looks a %s up in an index, and sorts no calls but a page', async (_, filter) => {
    const sql = rowsOf({ pbx: 'pbx', ...filter }, 6);
    const { prisma } = temporary.store.database;
    const plan = await prisma.$queryRaw<{ detail: string }[]>(Prisma.sql`EXPLAIN QUERY PLAN ${sql}`);
    const steps = plan.map(({ detail }) => detail);
    expect(
      steps.filter((step) => step.startsWith('SCAN')).filter((step) => !/VIRTUAL TABLE|SCAN k/.test(step)),
    ).toEqual([]);
    expect(steps.join('\n')).toMatch(/SEARCH p USING COVERING INDEX CallParty_pbx_kind_key_callRow_idx/);
    if (!('scopes' in filter) || 'number' in filter) expect(steps.join('\n')).not.toContain('TEMP B-TREE');
  });

  it('reads all calls from the newest on, without sorting them', async () => {
    const { prisma } = temporary.store.database;
    const sql = rowsOf({ pbx: 'pbx' }, 6);
    const plan = await prisma.$queryRaw<{ detail: string }[]>(Prisma.sql`EXPLAIN QUERY PLAN ${sql}`);
    expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH LoggedCall USING INTEGER PRIMARY KEY (rowid<?)']);
  });

  it('keeps calls through a failure of the disk, and drops the newest beyond its bound', async () => {
    const { prisma } = temporary.store.database;
    const lost: number[] = [];
    const errors: number[] = [];
    const calls = new CallLog({
      prisma,
      limit: 2,
      onError: (_, waiting) => errors.push(waiting),
      onLost: (count) => lost.push(count),
    });
    await prisma.$executeRawUnsafe('ALTER TABLE "CallParty" RENAME TO "Away"');
    for (const id of ['1', '2', '3']) calls.append('pbx', call(id));
    await calls.flush();
    expect(errors.length).toBeGreaterThan(0);
    expect(await prisma.loggedCall.count(), 'all or nothing').toBe(0);
    await prisma.$executeRawUnsafe('ALTER TABLE "Away" RENAME TO "CallParty"');
    await calls.flush();
    expect(await ids({ number: '0301234' })).toEqual(['2', '1']);
    expect(lost).toEqual([1]);
  });

  it('removes what is old, with all by which it was found', async () => {
    const old = Array.from({ length: 450 }, (_, n) => call(`old ${n}`, { endedAt: start - 1 }));
    await write(...old, call('2', { endedAt: start }));
    expect(await temporary.store.calls.prune(new Date(start))).toBe(450);
    expect(await ids({})).toEqual(['2']);
    expect(await temporary.store.database.prisma.callParty.count()).toBe(4);
  });
});

describe('notes', () => {
  const note = (by: string, text: string, at = start) => ({ by, at, text });

  it('are one per call and user, kept to the letter, shown with the call, gone when emptied', async () => {
    const { callNotes, calls } = temporary.store;
    await callNotes.put('pbx', '1.1', note('anna', 'wants a call back\n  at 5 pm – "äöü" \u{1f600}'));
    await callNotes.put('pbx', '1.1', note('bert', 'done', start + 1));
    await callNotes.put('pbx', '1.1', note('anna', 'wants\n\nnothing', start + 2));
    await callNotes.put('pbx', '2.1', note('anna', 'other'));
    await callNotes.put('other', '1.1', note('anna', 'elsewhere'));
    const both = [
      { by: 'bert', at: '2026-03-01T12:00:00.001Z', text: 'done' },
      { by: 'anna', at: '2026-03-01T12:00:00.002Z', text: 'wants\n\nnothing' },
    ];
    expect(await callNotes.of('pbx', '1.1')).toEqual(both);
    await write(call('1.1'));
    expect((await calls.page({ pbx: 'pbx' }, 5)).rows[0]?.notes).toEqual(both);
    expect((await calls.find('pbx', '1.1'))?.notes).toEqual(both);
    expect(await calls.find('pbx', '9.9')).toBeNull();
    await callNotes.put('pbx', '1.1', note('anna', ''));
    expect(await callNotes.of('pbx', '1.1')).toEqual([both[0]]);
    expect(await callNotes.prune(new Date(start + 1))).toBe(2);
  });

  it('go with a call that becomes part of another', async () => {
    const { callNotes } = temporary.store;
    await callNotes.put('pbx', '2.1', note('anna', 'asked 103'));
    await callNotes.put('pbx', '2.1', note('bert', 'heard it', start + 1));
    await callNotes.put('pbx', '1.1', note('anna', 'a complaint', start + 2));
    await callNotes.move('pbx', '2.1', '1.1');
    expect(await callNotes.of('pbx', '2.1')).toEqual([]);
    expect(await callNotes.of('pbx', '1.1')).toMatchObject([
      { by: 'bert', text: 'heard it' },
      { by: 'anna', text: 'a complaint\nasked 103' },
    ]);
  });
});
