import { describe, expect, it } from 'vitest';
import { FakeSystem, openOffice, rest } from '../features/fakes';
import { defaultNumberRules, type NumberRules } from '../protocol/number-rules';
import { rolePermissions } from '../protocol/permissions';
import type { ExtensionRecord } from '../protocol/records';
import type { Actor } from './actor';
import { dndHandler, forwardHandler, presenceHandler } from './availability';
import { BulkAvailability } from './availability-bulk';
import { createCommands } from './executor';
import { KeyedLimiter } from './limiter';
import type { ModelPort } from './model-port';
import { doorOf, noCalls, untouchedCalls } from './testing';

const people = ['101', '102', '103', '104'];

/** The commands over the real service and fake systems. */
async function setup(rules: NumberRules = defaultNumberRules) {
  const astdb = new FakeSystem('astdb', ['dnd', 'always']);
  const office = await openOffice({ systems: [astdb], people, shown: [] });
  await office.connect();
  const { availability, clock } = office;
  const extension = (number: string): ExtensionRecord | undefined => {
    if (!people.includes(number)) return undefined;
    const { always, busy, noAnswer } = availability.values(number);
    return { number, forward: { always: always.to, busy: busy.to, noAnswer: noAnswer.to } } as ExtensionRecord;
  };
  const model: ModelPort = {
    extension,
    callee: extension,
    isInternal: (number) => people.includes(number) || number === '601',
    link: () => 'up',
    ...noCalls,
  };
  const bulk = new BulkAvailability(availability);
  const never = () => {
    throw new Error('nothing is sent by the handlers themselves');
  };
  const run = createCommands({
    model,
    ami: () => ({ status: { state: 'ready', since: 0, failure: null, amiVersion: null }, action: never, list: never }),
    handlers: {
      'extension.dnd': dndHandler(availability),
      'extension.forward': forwardHandler(availability, () => rules),
      'extension.presence': presenceHandler(availability),
      'extensions.set': bulk.set,
      'extensions.undo': bulk.undo,
      ...untouchedCalls(),
    },
    door: doorOf({ rules: () => rules, isInternal: model.isInternal }),
    audit: () => undefined,
    now: clock.now,
    log: { warn: () => undefined, error: () => undefined },
    limiter: new KeyedLimiter({ burst: 1_000, perSecond: 1, now: clock.now }),
  });
  return { run, office, availability, astdb, clock };
}

const anna: Actor = {
  kind: 'user',
  id: 'u1',
  name: 'anna',
  permissions: rolePermissions.supervisor,
  limits: {},
  extension: '101',
  session: 's1',
  address: '',
};
const bert: Actor = { ...anna, id: 'u2', name: 'bert' };
const colleague: Actor = { ...anna, id: 'u3', name: 'carl', permissions: rolePermissions.member };

describe('an end', () => {
  for (const [until, words] of [
    ['2026-11-21T11:59:59.000Z', 'has passed'],
    ['2026-11-21T12:00:00.000Z', 'has passed'],
    ['2028-01-01T00:00:00.000Z', 'more than a year'],
  ] as const) {
    it(`at ${until} is refused, naming the field`, async () => {
      const { run, availability } = await setup();
      const result = await run('extension.dnd', { extension: '101', on: true, until }, anna);
      expect(result).toMatchObject({
        ok: false,
        error: 'invalid',
        field: 'until',
        message: expect.stringContaining(words),
      });
      expect(availability.values('101').dnd).toBe(false);
    });
  }

  it('may be given in any zone, and is kept in UTC', async () => {
    const { run, office } = await setup();
    await run('extension.dnd', { extension: '101', on: true, until: '2026-11-21T15:00:00+02:00' }, anna);
    expect(office.told('101')?.dnd.until).toBe('2026-11-21T13:00:00.000Z');
  });
});

describe('extension.forward', () => {
  it('sets and clears', async () => {
    const { run, astdb } = await setup();
    expect(await run('extension.forward', { extension: '101', kind: 'always', to: '102' }, anna)).toEqual({ ok: true });
    expect(astdb.held('101', 'always')).toBe('102');
    await run('extension.forward', { extension: '101', kind: 'always', to: null }, anna);
    expect(astdb.held('101', 'always')).toBe('');
  });

  it('to a queue is internal', async () => {
    const { run } = await setup();
    expect(await run('extension.forward', { extension: '101', kind: 'busy', to: '601' }, anna)).toEqual({ ok: true });
  });

  for (const to of ['0900123456', '112', '911', '0044123', '+441234', '5551234']) {
    it(`to ${to} is refused until the administrator allows it`, async () => {
      const { run, astdb } = await setup();
      const result = await run('extension.forward', { extension: '101', kind: 'always', to }, anna);
      expect(result).toMatchObject({ ok: false, error: 'invalid', field: 'to' });
      expect(astdb.writes).toEqual([]);
    });
  }

  it('abroad is done when the administrator allows it, to an emergency number never', async () => {
    const { run } = await setup({ ...defaultNumberRules, forwardTo: ['internal', 'international', 'emergency'] });
    const forward = (to: string) => run('extension.forward', { extension: '101', kind: 'always', to }, anna);
    expect(await forward('0044123')).toEqual({ ok: true });
    expect(await forward('112')).toMatchObject({ ok: false, field: 'to' });
  });

  it('to itself, or in a circle, is refused', async () => {
    const { run } = await setup();
    const forward = (extension: string, to: string) =>
      run('extension.forward', { extension, kind: 'always', to }, anna);
    expect(await forward('101', '101')).toMatchObject({ ok: false, field: 'to' });
    await forward('102', '103');
    await forward('103', '101');
    expect(await forward('101', '102')).toMatchObject({ ok: false, message: expect.stringContaining('circles') });
  });
});

describe('extensions.set', () => {
  const set = { extensions: ['101', '102', '103'], dnd: { on: true, note: 'meeting' } };

  it('does it for each, and takes it back for ten seconds', async () => {
    const { run, office, availability } = await setup();
    await run('extension.dnd', { extension: '103', on: true, note: 'before' }, bert);
    const result = await run('extensions.set', set, anna);
    expect(result).toMatchObject({ ok: true, undoUntil: '2026-11-21T12:00:10.000Z' });
    expect(people.map((number) => availability.values(number).dnd)).toEqual([true, true, true, false]);
    const change = result.ok ? result.change : undefined;
    expect(await run('extensions.undo', { change }, bert)).toMatchObject({ ok: false, error: 'notFound' });
    expect(await run('extensions.undo', { change }, anna)).toMatchObject({ ok: true });
    expect(people.map((number) => availability.values(number).dnd)).toEqual([false, false, true, false]);
    expect(office.told('103')?.dnd.note).toBe('before');
    expect(await run('extensions.undo', { change }, anna)).toMatchObject({ error: 'notFound' });
  });

  it('takes back only what nobody changed since, saying so', async () => {
    const { run, availability } = await setup();
    const result = await run('extensions.set', set, anna);
    await run('extension.dnd', { extension: '102', on: true, note: 'really' }, bert);
    const undone = await run('extensions.undo', { change: result.ok ? result.change : '' }, anna);
    expect(undone.ok && undone.results?.find(({ extension }) => extension === '102')).toMatchObject({
      ok: false,
      message: expect.stringContaining('changed again'),
    });
    expect(availability.values('102').dnd).toBe(true);
    expect(availability.values('101').dnd).toBe(false);
  });

  it('cannot be taken back later', async () => {
    const { run, clock } = await setup();
    const result = await run('extensions.set', set, anna);
    await clock.pass(12_500);
    expect(await run('extensions.undo', { change: result.ok ? result.change : '' }, anna)).toMatchObject({
      error: 'notFound',
    });
  });

  it('names who could not be done; is refused when nobody could', async () => {
    const { run } = await setup();
    const some = await run('extensions.set', { extensions: ['101', '999'], dnd: { on: true } }, anna);
    expect(some).toMatchObject({
      ok: true,
      results: expect.arrayContaining([expect.objectContaining({ extension: '999', ok: false })]),
    });
    expect(await run('extensions.set', { extensions: ['998', '999'], dnd: { on: true } }, anna)).toMatchObject({
      error: 'conflict',
    });
  });

  it('needs the permission for all of them', async () => {
    const { run } = await setup();
    expect(await run('extensions.set', set, colleague)).toMatchObject({ error: 'forbidden' });
    expect(await run('extensions.set', { extensions: ['101'], dnd: { on: true } }, colleague)).toMatchObject({
      ok: true,
    });
    const presence = { extensions: ['102'], presence: { state: 'away' } };
    expect(await run('extensions.set', presence, { ...anna, permissions: ['dnd'] })).toMatchObject({
      error: 'forbidden',
    });
    expect(await run('extensions.set', presence, { ...anna, permissions: ['presence'] })).toMatchObject({ ok: true });
  });

  for (const params of [
    { extensions: [], dnd: { on: true } },
    { extensions: ['101'] },
    { extensions: ['101'], dnd: { on: true }, presence: { state: 'away' } },
    { extensions: Array.from({ length: 501 }, () => '101'), dnd: { on: true } },
    { extensions: ['101)'], dnd: { on: true } },
    { extensions: ['101'], presence: { state: 'bored' } },
    { extensions: ['101'], presence: { state: 'away', message: 'a\nb' } },
  ]) {
    it(`refuses ${JSON.stringify(params).slice(0, 60)}`, async () => {
      const { run } = await setup();
      expect(await run('extensions.set', params, anna)).toMatchObject({ ok: false, error: 'invalid' });
    });
  }
});

describe('extension.presence', () => {
  it('is set with its message', async () => {
    const { run, office } = await setup();
    const params = { extension: '101', state: 'away', subtype: 'lunch', message: 'back at two' };
    expect(await run('extension.presence', params, anna)).toEqual({ ok: true });
    await rest();
    expect(office.told('101')?.presence).toMatchObject({
      state: 'away',
      subtype: 'lunch',
      message: 'back at two',
      by: 'anna',
    });
  });
});
