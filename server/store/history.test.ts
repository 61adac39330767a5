import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeatureChange } from '../protocol/availability';
import { FeatureHistory } from './history';
import { type TemporaryStore, temporaryStore } from './temporary';

let temporary: TemporaryStore;
const start = Date.parse('2026-03-01T12:00:00Z');
beforeEach(async () => {
  temporary = await temporaryStore(() => start);
});
afterEach(() => temporary.dispose());

const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
const change = (over: Partial<FeatureChange> = {}): Omit<FeatureChange, 'id'> => ({
  at: at(0),
  number: '101',
  feature: 'dnd',
  from: 'off',
  to: 'on',
  source: 'panel',
  by: 'anna',
  note: null,
  until: null,
  ...over,
});

async function all(rows: AsyncIterable<FeatureChange>): Promise<FeatureChange[]> {
  const found: FeatureChange[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

describe('history of features', () => {
  it('gives back what was appended, newest first, by pages', async () => {
    const { history } = temporary.store;
    for (let n = 1; n <= 450; n += 1) history.append('pbx', change({ to: `${n}` }));
    const last = change({ feature: 'presence', source: 'timer', by: null, note: 'two\nlines', until: at(90) });
    history.append('pbx', last);
    await history.flush();
    const page = await history.page({ pbx: 'pbx', limit: 2 });
    expect(page.rows).toEqual([
      { ...last, id: 451, note: 'two lines' },
      { ...change({ to: '450' }), id: 450 },
    ]);
    const rest = await history.page({ pbx: 'pbx', limit: 500, before: page.next ?? 0 });
    expect(rest.rows.map(({ to }) => to)).toEqual(Array.from({ length: 449 }, (_, n) => `${449 - n}`));
    expect(rest.next).toBeNull();
  });

  it('finds by PBX, person, feature and time: the first moment counts, the last does not', async () => {
    const { history } = temporary.store;
    history.append('pbx', change({ at: at(0) }));
    history.append('pbx', change({ at: at(1), number: '102' }));
    history.append('pbx', change({ at: at(2), feature: 'busy' }));
    history.append('other', change({ at: at(3) }));
    await history.flush();
    const ids = async (filter: object) => (await all(history.all({ pbx: 'pbx', ...filter }))).map(({ id }) => id);
    expect(await ids({})).toEqual([3, 2, 1]);
    expect(await ids({ pbx: 'other' })).toEqual([4]);
    expect(await ids({ extension: '101' })).toEqual([3, 1]);
    expect(await ids({ extension: '101', feature: 'busy' })).toEqual([3]);
    expect(await ids({ from: at(1), to: at(2) })).toEqual([2]);
    expect(await ids({ before: 3 })).toEqual([2, 1]);
  });

  it('reads all of many, without those that come meanwhile', async () => {
    const { history } = temporary.store;
    for (let n = 0; n < 1203; n += 1) history.append('pbx', change());
    await history.flush();
    const ids: number[] = [];
    for await (const { id } of history.all({ pbx: 'pbx' })) {
      if (ids.length === 0) {
        history.append('pbx', change());
        await history.flush();
      }
      ids.push(id);
    }
    expect(ids).toEqual(Array.from({ length: 1203 }, (_, n) => 1203 - n));
  });

  it('leaves out what another version wrote and this one does not know', async () => {
    const { history, database } = temporary.store;
    history.append('pbx', change());
    await history.flush();
    await database.prisma.$executeRawUnsafe(`UPDATE "FeatureChange" SET feature = 'mood'`);
    history.append('pbx', change());
    await history.flush();
    expect((await history.page({ pbx: 'pbx', limit: 5 })).rows.map(({ id }) => id)).toEqual([2]);
  });

  it('removes what is old', async () => {
    const { history } = temporary.store;
    for (const minute of [0, 1, 2]) history.append('pbx', change({ at: at(minute) }));
    await history.flush();
    expect(await history.prune(new Date(at(1)))).toBe(1);
    expect((await history.page({ pbx: 'pbx', limit: 5 })).rows.map(({ id }) => id)).toEqual([3, 2]);
  });

  it('keeps what the disk refused, and says how many were too many', async () => {
    const { prisma } = temporary.store.database;
    const lost: number[] = [];
    const waiting: number[] = [];
    const history = new FeatureHistory({
      prisma,
      onError: (_, count) => waiting.push(count),
      onLost: (count) => lost.push(count),
      limit: 3,
    });
    await prisma.$executeRawUnsafe('ALTER TABLE "FeatureChange" RENAME TO "Away"');
    for (let n = 1; n <= 5; n += 1) history.append('pbx', change({ to: `${n}` }));
    await history.flush();
    expect(waiting[0]).toBe(3);
    await prisma.$executeRawUnsafe('ALTER TABLE "Away" RENAME TO "FeatureChange"');
    await history.flush();
    expect((await history.page({ pbx: 'pbx', limit: 9 })).rows.map(({ to }) => to)).toEqual(['3', '2', '1']);
    expect(lost).toEqual([2]);
  });
});

describe('what is kept of persons', () => {
  it('is saved over, removed, and another PBX has its own', async () => {
    const { availability } = temporary.store;
    expect(await availability.load('pbx')).toEqual([]);
    const many = Array.from({ length: 1100 }, (_, n) => ({ number: `${1000 + n}`, value: '{}' }));
    await availability.save('pbx', many);
    await availability.save('other', [{ number: '1000', value: 'theirs' }]);
    await availability.save('pbx', [
      ...many.slice(2).map(({ number }) => ({ number, value: null })),
      { number: '1001', value: 'first' },
      { number: '1001', value: 'last' },
    ]);
    expect(await availability.load('pbx')).toEqual([
      { number: '1000', value: '{}' },
      { number: '1001', value: 'last' },
    ]);
    expect(await availability.load('other')).toEqual([{ number: '1000', value: 'theirs' }]);
  });

  it('is saved together or not at all', async () => {
    const { availability, database } = temporary.store;
    await availability.save('pbx', [{ number: '101', value: 'before' }]);
    await database.prisma.$executeRawUnsafe(
      `CREATE TRIGGER full BEFORE INSERT ON "Availability" WHEN NEW.number = '102' BEGIN SELECT RAISE(ABORT, 'full'); END`,
    );
    const both = ['101', '102'].map((number) => ({ number, value: 'after' }));
    await expect(availability.save('pbx', both)).rejects.toThrow(/createMany/);
    expect(await availability.load('pbx')).toEqual([{ number: '101', value: 'before' }]);
  });
});

it('remembers which memberships were paused, with the reason', async () => {
  const { paused } = temporary.store;
  const one = { queue: 'sales', interface: 'PJSIP/101', number: '101', reason: 'Do not disturb' };
  await paused.add('pbx', one);
  await paused.add('pbx', { ...one, reason: 'Away' });
  await paused.add('pbx', { ...one, queue: 'support' });
  await paused.add('other', one);
  await paused.remove('pbx', 'support', 'PJSIP/101');
  await paused.remove('pbx', 'nothing', 'PJSIP/101');
  expect(await paused.load('pbx')).toEqual([{ ...one, reason: 'Away' }]);
});
