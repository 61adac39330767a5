import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PbxEvent } from '../pbx/events';
import { PbxModel } from '../pbx/model';
import { office, Schedule } from '../pbx/schedules';
import { applyOp, emptyMaps, loadSnapshot, type StateMaps } from '../protocol/apply';
import { notConfigured } from '../protocol/configured';
import { domains } from '../protocol/domains';
import { type Limit, nobodyElse } from '../protocol/groups';
import { hiddenNumber } from '../protocol/hidden-numbers';
import type { QueueMember } from '../protocol/records';
import type { SnapshotLists } from '../protocol/state';
import { viewLists } from './audiences';
import { Hub } from './hub';
import { audienceOf, type KnownPbx, type Sight, sightOf } from './privacy';

/** Every number outside begins so, and is followed by the four digits of its leg. */
const outside = '030777';
const stranger = 'Rosa Outside';
const trunk = /^(?:PJSIP\/carrier|DAHDI\/i1)/;

const numberOf = (uniqueid: string): string => `${outside}${uniqueid.split('.')[1]?.padStart(4, '0')}`;

/** The same event where every leg of the trunk has a number and a name. */
function withCallers(event: PbxEvent, legs: Set<string>): PbxEvent {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== 'object') return value;
    const made: Record<string, unknown> = Object.fromEntries(
      Object.entries(value).map(([field, inner]) => [field, walk(inner)]),
    );
    const id = String(made.uniqueid);
    if (typeof made.name === 'string' && trunk.test(made.name) && 'caller' in made) legs.add(id);
    if (!legs.has(id)) return made;
    if ('caller' in made) made.caller = { number: numberOf(id), name: stranger };
    if ('number' in made) Object.assign(made, { number: numberOf(id), name: stranger });
    return made;
  };
  return walk(event) as PbxEvent;
}

/** What may change beside calls: departments, forwarding to the outside, rooms and agents outside. */
function beside(turn: number, at: number, mobile: boolean): PbxEvent | null {
  const number = String(101 + (turn % 5));
  switch (Math.floor(turn / 5) % 8) {
    case 0:
      return { type: 'extension', at, extension: { number, group: ['Sales', 'Support', null][turn % 3] ?? null } };
    case 1: {
      const to = turn % 2 === 0 ? `${outside}9999` : null;
      const origin = { source: 'pbx' as const, by: null, since: null };
      const forward = { always: to, busy: null, noAnswer: to, ringCount: null, origins: {} };
      const reason = `refused to forward to ${to}`;
      return {
        type: 'features',
        at,
        number,
        dnd: { ...origin, on: false, note: null, until: null },
        forward,
        presence: { ...origin, state: 'not_set', subtype: '', message: '', until: null },
        unsynced: to === null ? [] : [{ feature: 'always', backend: 'astdb', kind: 'refused', reason }],
      };
    }
    // A mobile phone becomes one of the house, and is none again.
    case 2:
      if (!mobile) return null;
      return { type: 'extension', at, extension: { number: `${outside}0003`, devices: [] } };
    case 3:
      if (!mobile) return null;
      return { type: 'extension.gone', at, number: `${outside}0003` };
    case 4: {
      const party = { number: `${outside}0777`, name: stranger };
      const states = { mode: 'blind', state: 'returning', own: null, target: null } as const;
      const times = { startedAt: new Date(at).toISOString(), since: new Date(at).toISOString() };
      const reason = `${outside}0777 is busy`;
      const transfer = { id: `t${turn % 3}`, uniqueid: `1800000000.${turn % 30}`, extension: number, by: 'anna' };
      return { type: 'transfer', at, transfer: { ...transfer, ...states, ...times, party, to: party, reason } };
    }
    default:
      return null;
  }
}

function setup(sight: Sight, recordsPerFrame: number) {
  const model = new PbxModel();
  for (const event of office) model.reduce(event);
  const pbx: KnownPbx = { maps: model.maps, findExtensionByDevice: (device) => model.findExtensionByDevice(device) };
  const audience = audienceOf(sight, pbx);
  const timers: { run: () => void; ms: number }[] = [];
  const hub = new Hub({
    epoch: 'e',
    now: () => 0,
    schedule: (run, ms) => {
      const timer = { run, ms };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
    lists: () => model.lists(),
    find: (domain, key) => model.maps[domain].get(key),
    recordsPerFrame,
  });
  const maps = emptyMaps();
  const texts: string[] = [];
  const first = hub.snapshotText(audience);
  texts.push(first);
  loadSnapshot(maps, JSON.parse(first));
  hub.attach(audience, ({ frame, text }) => {
    texts.push(text);
    for (const op of frame.ops) applyOp(maps, op);
  });
  /** One frame more; all of them with `all`. */
  const flush = (all: boolean): void => {
    for (;;) {
      const cooling = timers.find(({ ms }) => ms === 50);
      if (cooling === undefined) return;
      timers.splice(timers.indexOf(cooling), 1);
      cooling.run();
      if (!all) return;
    }
  };
  const fresh = (): SnapshotLists => viewLists(audience.open?.() ?? null, model.lists());
  return { model, hub, maps, texts, flush, fresh };
}

function sorted(maps: StateMaps): unknown {
  return Object.fromEntries(
    domains.map((domain) => [domain, [...maps[domain]].sort(([one], [other]) => (one < other ? -1 : 1))]),
  );
}

function mapsOf(lists: SnapshotLists): StateMaps {
  const maps = emptyMaps();
  loadSnapshot(maps, JSON.parse(JSON.stringify(lists)));
  return maps;
}

const sales: Limit = {
  ...nobodyElse,
  groups: ['Sales'],
  extensions: ['104'],
  departments: ['Sales'],
  queues: ['sales'],
};
const turns = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 80, size: 'max' });

/** Runs a schedule of calls with all that may happen beside them. */
function play(numbers: readonly number[], sight: Sight, perFrame: number, mobile = false) {
  const set = setup(sight, perFrame);
  const legs = new Set<string>();
  const schedule = new Schedule(numbers);
  for (const [index, event] of schedule.events.entries()) {
    const other = beside(numbers[index % numbers.length] ?? 0, schedule.now, mobile);
    for (const one of other === null ? [event] : [event, other]) {
      set.hub.publish(set.model.reduce(withCallers(one, legs)).ops);
    }
    if (index % 3 === 0) set.flush(false);
  }
  set.flush(true);
  return { ...set, legs };
}

describe('numbers of callers outside', () => {
  it('reach nobody who may not know them and has no call: in no byte', () => {
    let seen = 0;
    fc.assert(
      fc.property(turns, fc.integer({ min: 1, max: 20 }), (numbers, perFrame) => {
        const { texts, legs } = play(numbers, { own: null, limit: null }, perFrame);
        seen += legs.size;
        for (const text of texts) {
          expect(text).not.toContain(outside);
          expect(text).not.toContain(stranger);
        }
      }),
      { numRuns: 150 },
    );
    // The schedules do have callers to hide.
    expect(seen).toBeGreaterThan(100);
  });

  for (const [name, sight] of [
    ['nobody', { own: null, limit: null }],
    ['one with an extension', { own: '102', limit: null }],
    ['one of Sales', { own: '102', limit: sales }],
  ] as const) {
    it(`${name}: the ops lead where a fresh snapshot is`, () => {
      fc.assert(
        fc.property(turns, fc.integer({ min: 1, max: 20 }), (numbers, perFrame) => {
          const { maps, fresh } = play(numbers, sight, perFrame, true);
          expect(sorted(maps)).toEqual(sorted(mapsOf(fresh())));
        }),
        { numRuns: 150 },
      );
    });
  }

  it('are shown in one’s own calls, and in those alone', () => {
    let mine = 0;
    let others = 0;
    fc.assert(
      fc.property(turns, (numbers) => {
        const { maps, model } = play(numbers, { own: '102', limit: null }, 5);
        expect(maps.extensions.get('102')).toEqual(JSON.parse(JSON.stringify(model.extension('102'))));
        for (const [id, call] of model.maps.calls) {
          const own = call.legs.some((leg) => model.channel(leg)?.extension === '102');
          const shown = maps.calls.get(id);
          if (own) expect(shown).toEqual(JSON.parse(JSON.stringify(call)));
          else expect(JSON.stringify([shown?.from, shown?.to])).not.toContain(stranger);
          for (const { number } of [call.from, call.to]) if (number.startsWith(outside)) own ? mine++ : others++;
        }
      }),
      { numRuns: 150 },
    );
    expect(Math.min(mine, others)).toBeGreaterThan(10);
  });
});

describe('the mask', () => {
  function talking() {
    const model = new PbxModel();
    for (const event of office) model.reduce(event);
    return model;
  }
  const eyeOf = (model: PbxModel, sight: Sight) => {
    const pbx = { maps: model.maps, findExtensionByDevice: (device: string) => model.findExtensionByDevice(device) };
    return audienceOf(sight, pbx).open?.() ?? expect.fail('everything is seen');
  };

  it('hides an agent outside, and tells two apart', () => {
    const model = talking();
    const [queue] = [...model.maps.queues.values()];
    const member = { ...membership, interface: `Local/${outside}1@from-queue/n`, name: `${outside}1` };
    const other = { ...member, interface: `Local/${outside}2@from-queue/n`, name: 'Otto' };
    const seen = eyeOf(model, { own: null, limit: null }).view('queues', {
      ...(queue as NonNullable<typeof queue>),
      members: [member, other],
    });
    expect(seen).toMatchObject({
      members: [
        { interface: `Local/${hiddenNumber}1@from-queue/n`, name: `${hiddenNumber}1` },
        { interface: `Local/${hiddenNumber}2@from-queue/n`, name: 'Otto' },
      ],
    });
  });

  it('hides the number of an agent outside though the phone of an extension tells their state', () => {
    const [queue] = [...talking().maps.queues.values()];
    const of = { stateInterface: 'PJSIP/101', extension: '101' };
    const member = { ...membership, ...of, interface: `Local/${outside}1@from-queue/n`, name: 'Person 1' };
    const inside = { ...member, interface: 'Local/101@from-queue/n' };
    const seen = eyeOf(talking(), { own: null, limit: null }).view('queues', {
      ...(queue as NonNullable<typeof queue>),
      members: [member, inside],
    });
    expect(seen).toMatchObject({ members: [{ interface: `Local/${hiddenNumber}1@from-queue/n` }, inside] });
  });

  it('calls an extension by its own name: that of its call may tell of somebody outside', () => {
    const times = { parkedSince: new Date(0).toISOString(), timeout: 45 };
    const slot = { space: '701', uniqueid: '1.1', number: '101', parkedBy: '', ...times };
    const lot = {
      ...notConfigured,
      lot: 'default',
      label: 'default',
      spaces: null,
      slots: [{ ...slot, name: `Back from ${outside}1: Otto` }],
    };
    const model = talking();
    const name = model.maps.extensions.get('101')?.name;
    expect(name).not.toBe('');
    expect(eyeOf(model, { own: null, limit: null }).view('parking', lot)).toMatchObject({ slots: [{ ...slot, name }] });
  });

  it('shows another name of an extension where the name was put in', () => {
    const model = talking();
    const times = { parkedSince: new Date(0).toISOString(), timeout: 45 };
    const slot = { space: '701', uniqueid: '1.1', number: '101', name: 'Otto', parkedBy: '', ...times };
    model.maps.parking.set('default', {
      ...notConfigured,
      lot: 'default',
      label: 'default',
      spaces: null,
      slots: [slot],
    });
    const eye = eyeOf(model, { own: null, limit: null });
    const fields = { name: 'Anna Berg' };
    expect(eye.settle?.([{ domain: 'extensions', key: '101', removed: false, fields }])).toContainEqual([
      'parking',
      'default',
    ]);
  });

  it('hides a number in the name of a channel', () => {
    const model = talking();
    const channel = { uniqueid: '1.1', linkedid: '1.1', state: 'up', extension: null, bridgeId: null } as const;
    const eye = eyeOf(model, { own: '101', limit: null });
    expect(eye.view('channels', { ...channel, name: `DAHDI/i1/${outside}1-1` })).toMatchObject({
      name: `DAHDI/${hiddenNumber}`,
    });
    expect(eye.view('channels', { ...channel, name: 'PJSIP/carrier-0001' })).toMatchObject({
      name: 'PJSIP/carrier-0001',
    });
  });

  it('shows a call to whoever parked it', () => {
    const model = talking();
    const times = { parkedSince: new Date(0).toISOString(), timeout: 45 };
    const slot = { space: '701', uniqueid: '1.1', number: `${outside}1`, name: stranger, ...times };
    const lot = {
      ...notConfigured,
      lot: 'default',
      label: 'default',
      spaces: null,
      slots: [{ ...slot, parkedBy: 'PJSIP/102' }],
    };
    expect(eyeOf(model, { own: '102', limit: null }).view('parking', lot)).toEqual(lot);
    expect(eyeOf(model, { own: '101', limit: null }).view('parking', lot)).toMatchObject({
      slots: [{ number: hiddenNumber, name: '', parkedBy: 'PJSIP/102' }],
    });
  });
});

const membership: Omit<QueueMember, 'interface' | 'name'> = {
  ...{ stateInterface: 'Unknown', extension: null, state: 'idle', paused: false, pausedReason: '', pausedSince: null },
  ...{ penalty: 0, callsTaken: 0, lastCall: null, membership: 'dynamic', inCall: false },
};

describe('who sees what', () => {
  const anna = { kind: 'user', permissions: ['callernumbers'], limits: {}, extension: '101' } as const;
  const model = new PbxModel();
  const pbx = { maps: model.maps, findExtensionByDevice: () => undefined };
  const keyOf = (actor: Parameters<typeof sightOf>[0]): string => audienceOf(sightOf(actor), pbx).key;

  it('all who see everything share one stream; machines do', () => {
    expect(keyOf(anna)).toBe('all');
    expect(keyOf({ ...anna, extension: null })).toBe('all');
    expect(keyOf({ ...anna, kind: 'token', permissions: [] })).toBe('all');
  });

  it('others share one with those of the same sight', () => {
    const limited = { ...anna, limits: { callernumbers: sales } };
    const same = { ...sales, groups: ['Other name'], extensions: [...sales.extensions] };
    expect(keyOf(limited)).toBe(keyOf({ ...anna, limits: { callernumbers: same } }));
    const keys = [limited, { ...limited, extension: '102' }, { ...anna, permissions: [] }, anna].map(keyOf);
    expect(new Set(keys).size).toBe(4);
  });
});
