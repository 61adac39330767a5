import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultRecording } from '../protocol/recording-default';
import { defaultRetention } from '../protocol/retention';
import { silentLog, type TemporaryStore, temporaryStore } from '../store/temporary';
import { Retention } from './retention';

let temporary: TemporaryStore;
let now: number;
let retention: Retention;
const day = 24 * 60 * 60_000;

beforeEach(async () => {
  now = Date.parse('2026-03-01T12:00:00Z');
  temporary = await temporaryStore(() => now);
  const { store } = temporary;
  retention = new Retention({ store, recording: () => defaultRecording, now: () => now, log: silentLog });
  await retention.load();
});
afterEach(() => temporary.dispose());

function fill(ageDays: number): void {
  const { store } = temporary;
  const at = now - ageDays * day;
  const line = { actor: 'anna', session: '', address: '', action: 'x', target: '', result: 'ok' };
  store.audit.append({ at, ...line });
  store.incidents.append({ at, pbx: 'pbx', kind: 'link', about: { link: 'up' } });
  store.history.append('pbx', {
    ...{ at: new Date(at).toISOString(), number: '101', feature: 'dnd', from: 'off', to: 'on' },
    ...{ source: 'panel', by: 'anna', note: null, until: null },
  });
  const party = { number: '101', name: '' };
  store.calls.append('pbx', {
    ...{ id: `${at}.1`, from: party, to: party, queue: null, did: null, outcome: 'missed', extensions: ['101'] },
    ...{ startedAt: at - 1_000, answeredAt: null, endedAt: at },
  });
}

it('says what would go, removes just that, and leaves the chain of the audit log whole', async () => {
  const { store } = temporary;
  for (const age of [500, 450, 100, 20, 1]) fill(age);
  await store.audit.flush();
  const wish = { ...defaultRetention, calls: 90, incidents: null };
  const found = Object.fromEntries(
    (await retention.preview(wish)).books.map(({ book, total, old }) => [book, [total, old]]),
  );
  expect(found).toEqual({
    ...{ calls: [5, 3], notes: [0, 0], audit: [5, 2], changes: [5, 2], incidents: [5, 0], recordings: [null, 0] },
  });
  await retention.save({ version: 0, settings: wish });
  const { removed } = await retention.purge();
  expect(Object.fromEntries(removed.map(({ book, count }) => [book, count]))).toEqual({
    ...{ calls: 3, notes: 0, audit: 2, changes: 2, incidents: 0, recordings: 0 },
  });
  expect((await retention.preview(wish)).books.every(({ old }) => old === 0)).toBe(true);
  expect(await store.audit.verify()).toMatchObject({ ok: true, checked: 4 });
  expect((await store.calls.page({ pbx: 'pbx' }, 10)).rows).toHaveLength(2);
});

it('removes nothing by settings that cannot be read', async () => {
  const { store } = temporary;
  fill(5_000);
  await store.audit.flush();
  await store.settings.put('retention', { calls: -1 }, 0);
  await retention.load();
  expect((await retention.purge()).removed.every(({ count }) => count === 0)).toBe(true);
});

it('tells of a folder that is not there, and removes the rest all the same', async () => {
  fill(500);
  await temporary.store.audit.flush();
  const settings = { ...defaultRetention, recordings: 30, recordingsFolder: '/nowhere/at/all' };
  const { books } = await retention.preview(settings);
  expect(books.find(({ book }) => book === 'recordings')?.problem).toBe(
    'There is no folder /nowhere/at/all on this machine.',
  );
  await retention.save({ version: 0, settings });
  const { removed } = await retention.purge();
  expect(removed.find(({ book }) => book === 'recordings')?.problem).toMatch(/There is no folder/);
  expect(removed.find(({ book }) => book === 'calls')?.count).toBe(1);
});
