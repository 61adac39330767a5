import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AvailabilitySettingsKeeper } from './availability-settings';
import type { AvailabilitySettings } from './protocol/availability';
import { defaultAvailability } from './protocol/availability-default';
import { type TemporaryStore, temporaryStore } from './store/temporary';

let temporary: TemporaryStore;
let changes: AvailabilitySettings[];
let lines: object[];
beforeEach(async () => {
  temporary = await temporaryStore();
  changes = [];
  lines = [];
});
afterEach(() => temporary.dispose());

async function keeper(): Promise<AvailabilitySettingsKeeper> {
  const made = new AvailabilitySettingsKeeper({
    store: temporary.store,
    changed: (settings) => changes.push(settings),
    log: { warn: (fields) => lines.push(fields) },
  });
  await made.load();
  return made;
}

const other: AvailabilitySettings = { ...defaultAvailability, presenceRule: 'none' };
const write = (value: unknown) => temporary.store.settings.put('availability', value, 0);

describe('availability settings', () => {
  it('are the defaults until they are saved', async () => {
    const settings = await keeper();
    expect(settings.current()).toEqual(defaultAvailability);
    expect(await settings.get()).toEqual({ version: 0, settings: defaultAvailability });
    expect(lines).toEqual([]);
  });

  it('are in force as soon as they are saved, and after a restart', async () => {
    const settings = await keeper();
    expect(await settings.save({ version: 0, settings: other })).toEqual({ version: 1, settings: other });
    expect(changes).toEqual([other]);
    expect(settings.current()).toEqual(other);
    expect(await (await keeper()).get()).toEqual({ version: 1, settings: other });
  });

  it('are not written over what somebody else saved', async () => {
    const settings = await keeper();
    await settings.save({ version: 0, settings: other });
    await expect(settings.save({ version: 0, settings: defaultAvailability })).rejects.toMatchObject({
      name: 'ConflictError',
    });
    expect(settings.current()).toEqual(other);
    expect(changes).toHaveLength(1);
  });

  it('end as the newest when answers come the other way round', async () => {
    const versions = [2, 1];
    const settings = new AvailabilitySettingsKeeper({
      store: { settings: { get: async () => null, put: async () => versions.shift() ?? 0 } } as never,
      changed: (now) => changes.push(now),
      log: { warn() {} },
    });
    await settings.save({ version: 1, settings: other });
    await settings.save({ version: 0, settings: defaultAvailability });
    expect(settings.current()).toEqual(other);
    expect(changes).toEqual([other]);
  });
});

describe('what was saved and cannot be read any more', () => {
  it('is taken from the defaults, part by part, and told', async () => {
    await write({ ...other, states: 'gone', numbers: { patterns: [{ pattern: '_X!X!', class: 'local' }] } });
    const settings = await keeper();
    expect(settings.current()).toEqual(other);
    expect(lines).toEqual([{ parts: ['states', 'numbers'] }]);
    expect((await settings.save({ version: 1, settings: defaultAvailability })).version).toBe(2);
  });

  it('may be wrong only as a whole: one name twice, a backend twice', async () => {
    const [first = defaultAvailability.states[0]] = other.states;
    await write({ ...other, states: [first, first], order: ['astdb', 'astdb', 'fop2', 'dfks'] });
    expect((await keeper()).current()).toEqual(other);
    expect(lines).toEqual([{ parts: ['order', 'states'] }]);
  });

  it('may come from a newer or an older version', async () => {
    const { queuePause: _, ...older } = other;
    await write({ ...older, somethingNewer: true });
    expect((await keeper()).current()).toEqual(other);
    expect(lines).toEqual([]);
  });

  it.each([null, 7, 'text', [], { order: null }])('%j does not keep the panel from starting', async (value) => {
    await write(value);
    expect((await keeper()).current()).toEqual(defaultAvailability);
  });
});
