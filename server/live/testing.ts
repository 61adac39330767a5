import fc from 'fast-check';
import type { PbxEvent } from '../pbx/events';
import { PbxModel } from '../pbx/model';
import { office, Schedule } from '../pbx/schedules';
import { applyOp, emptyMaps, loadSnapshot, type StateMaps } from '../protocol/apply';
import { nothingSet } from '../protocol/buttons';
import { domains } from '../protocol/domains';
import { type Limit, nobodyElse } from '../protocol/groups';
import type { SnapshotLists } from '../protocol/state';
import { viewLists } from './audiences';
import { Hub } from './hub';
import { audienceOf, type KnownPbx, type Viewer } from './privacy';

/** Test support: one who looks on while random calls run, and what their browser makes of the frames. */

/** Every number outside begins so, and is followed by the four digits of its leg. */
export const outside = '030777';
export const stranger = 'Rosa Outside';
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
function beside(turn: number, at: number, mobile: boolean, discreet: boolean): PbxEvent | null {
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
    case 5:
      // 103 is so all the time.
      return discreet && number !== '103' ? discreetNow(number, turn % 2 === 0, at) : null;
    default:
      return null;
  }
}

function discreetNow(key: string, on: boolean, at: number): PbxEvent {
  const own = { ...nothingSet, privacy: on ? ('clid' as const) : null };
  return { type: 'configured', at, rows: [{ kind: 'extension', key, own, added: false }] };
}

function setup(viewer: Viewer, recordsPerFrame: number) {
  const model = new PbxModel();
  for (const event of office) model.reduce(event);
  if (viewer.discreet) model.reduce(discreetNow('103', true, 0));
  const pbx: KnownPbx = {
    maps: model.maps,
    findExtensionByDevice: (device) => model.findExtensionByDevice(device),
    discreet: () => model.discreet,
  };
  const audience = audienceOf(viewer, pbx);
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

export function sorted(maps: StateMaps): unknown {
  return Object.fromEntries(
    domains.map((domain) => [domain, [...maps[domain]].sort(([one], [other]) => (one < other ? -1 : 1))]),
  );
}

export function mapsOf(lists: SnapshotLists): StateMaps {
  const maps = emptyMaps();
  loadSnapshot(maps, JSON.parse(JSON.stringify(lists)));
  return maps;
}

export const sales: Limit = {
  ...nobodyElse,
  groups: ['Sales'],
  extensions: ['104'],
  departments: ['Sales'],
  queues: ['sales'],
};
export const turns = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 80, size: 'max' });

/** Runs a schedule of calls with all that may happen beside them. */
export function play(numbers: readonly number[], viewer: Viewer, perFrame: number, mobile = false) {
  const set = setup(viewer, perFrame);
  const legs = new Set<string>();
  const schedule = new Schedule(numbers);
  for (const [index, event] of schedule.events.entries()) {
    const other = beside(numbers[index % numbers.length] ?? 0, schedule.now, mobile, viewer.discreet !== undefined);
    for (const one of other === null ? [event] : [event, other]) {
      set.hub.publish(set.model.reduce(withCallers(one, legs)).ops);
    }
    if (index % 3 === 0) set.flush(false);
  }
  set.flush(true);
  return { ...set, legs };
}
