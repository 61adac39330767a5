import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PbxModel } from '../pbx/model';
import type { StateMaps } from '../protocol/apply';
import { type Limit, nobodyElse } from '../protocol/groups';
import { audienceOf, type Viewer, viewerOf } from './privacy';
import { mapsOf, outside, play, sales, sorted, stranger, turns } from './testing';

const limits: Readonly<Record<string, Limit>> = {
  'nobody else': nobodyElse,
  'two people': { ...nobodyElse, extensions: ['103', '104'] },
  'a department': { ...nobodyElse, departments: ['Sales'] },
  'a queue': { ...nobodyElse, queues: ['sales'] },
  'a room and a lot': { ...nobodyElse, conferences: ['800'], parking: ['default'] },
  'a trunk': { ...nobodyElse, trunks: ['PJSIP/carrier'] },
  'everybody, but no place': { ...nobodyElse, all: ['extensions'] },
  'every place, but nobody': { ...nobodyElse, all: ['queues', 'conferences', 'parking', 'trunks'] },
  'some of all': { ...sales, conferences: ['800'] },
};

function viewer(limit: Limit, numbers: Viewer['numbers'] = null, own: string | null = '102'): Viewer {
  return { numbers, records: { own, limit } };
}

/** What the page on permissions says, reckoned from the whole state; it knows nothing of the code that decides. */
function rules(maps: StateMaps, limit: Limit, own: string | null) {
  const all = (kind: Limit['all'][number]): boolean => limit.all.includes(kind);
  const person = (number: string | null): boolean => {
    if (number === null) return false;
    const record = maps.extensions.get(number);
    const department = record?.group ?? '';
    const meant = limit.extensions.includes(number) || (all('extensions') && record !== undefined);
    return number === own || meant || (record !== undefined && limit.departments.includes(department));
  };
  const queue = (name: string | null) => name !== null && (all('queues') || limit.queues.includes(name));
  const lot = (name: string) => all('parking') || limit.parking.includes(name);
  const room = (name: string) => all('conferences') || limit.conferences.includes(name);
  const trunk = (name: string) => all('trunks') || limit.trunks.includes(name);
  const legSeen = (uniqueid: string): boolean => {
    if (person(maps.channels.get(uniqueid)?.extension ?? null)) return true;
    for (const { lot: name, slots } of maps.parking.values()) {
      const slot = slots.find((one) => one.uniqueid === uniqueid);
      if (slot && (lot(name) || person(slot.parkedBy.replace('PJSIP/', '')))) return true;
    }
    const places = [
      ...[...maps.conferences.values()].filter(({ name }) => room(name)).map(({ participants }) => participants),
      ...[...maps.trunks.values()].filter(({ name }) => trunk(name)).map(({ channels }) => channels),
    ];
    return places.some((legs: readonly { uniqueid: string }[]) => legs.some((leg) => leg.uniqueid === uniqueid));
  };
  const call = (id: string | undefined): boolean => {
    const record = id === undefined ? undefined : maps.calls.get(id);
    return record !== undefined && (queue(record.queue) || record.legs.some(legSeen));
  };
  const leg = (uniqueid: string | null): boolean => {
    return uniqueid !== null && call(maps.channels.get(uniqueid)?.linkedid);
  };
  return { person, queue, lot, room, trunk, call, leg };
}

/** Keys of what is to be seen, by domain. */
function expected(maps: StateMaps, limit: Limit, own: string | null): Record<string, string[]> {
  const see = rules(maps, limit, own);
  const keys = <R>(records: ReadonlyMap<string, R>, seen: (record: R) => boolean): string[] =>
    [...records].flatMap(([key, record]) => (seen(record) ? [key] : [])).sort();
  return {
    extensions: keys(maps.extensions, ({ number }) => see.person(number)),
    channels: keys(maps.channels, ({ uniqueid, extension }) => see.person(extension) || see.leg(uniqueid)),
    calls: keys(maps.calls, ({ id }) => see.call(id)),
    queues: keys(maps.queues, ({ name }) => see.queue(name)),
    parking: keys(maps.parking, ({ lot, slots }) => see.lot(lot) || slots.some(({ uniqueid }) => see.leg(uniqueid))),
    conferences: keys(
      maps.conferences,
      ({ name, participants }) => see.room(name) || participants.some(({ uniqueid }) => see.leg(uniqueid)),
    ),
    trunks: keys(maps.trunks, ({ name }) => see.trunk(name)),
    transfers: keys(
      maps.transfers,
      ({ extension, uniqueid, own: o, target }) => see.person(extension) || [uniqueid, o, target].some(see.leg),
    ),
  };
}

const shown = (maps: StateMaps): Record<string, string[]> => {
  const { pbx: _, ...rest } = maps;
  return Object.fromEntries(Object.entries(rest).map(([domain, records]) => [domain, [...records.keys()].sort()]));
};

/** Where the number or the name of a person stands in a frame or a snapshot: `queues.sales.members.0.name`. */
function placesOf(value: unknown, find: (text: string) => boolean, path: readonly string[] = []): string[] {
  if (typeof value === 'string') return find(value) ? [path.join('.')] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = find(key) ? [[...path, key, '(key)'].join('.')] : [];
    return [...here, ...placesOf(inner, find, [...path, key])];
  });
}

/** As a party, a member, a participant, who parked or transfers it, or where calls are forwarded to: number and name alone. */
const allowed = [
  /^extensions\.\d+\.calls\.\d+\.party\.(number|name)$/,
  /^extensions\.\d+\.(forward\.(always|busy|noAnswer)|unsynced\.\d+\.reason)$/,
  /^calls\.\d+\.(from|to)\.(number|name)$/,
  /^queues\.\d+\.members\.\d+\.(interface|stateInterface|name)$/,
  /^queues\.\d+\.callers\.\d+\.(number|name)$/,
  /^parking\.\d+\.slots\.\d+\.(number|name|parkedBy)$/,
  /^conferences\.\d+\.participants\.\d+\.(number|name)$/,
  /^trunks\.\d+\.channels\.\d+\.party\.(number|name)$/,
  /^transfers\.\d+\.((party|to)\.(number|name)|extension|reason)$/,
];

describe('what is seen', () => {
  for (const [name, limit] of Object.entries(limits)) {
    it(`of ${name}: the ops lead where a fresh snapshot is, and that is what the page says`, () => {
      let hidden = 0;
      let seen = 0;
      fc.assert(
        fc.property(turns, fc.integer({ min: 1, max: 20 }), fc.boolean(), (numbers, perFrame, callers) => {
          const sight = callers ? null : { own: '102', limit: null };
          const { maps, fresh, model } = play(numbers, viewer(limit, sight), perFrame, true);
          expect(sorted(maps)).toEqual(sorted(mapsOf(fresh())));
          expect(shown(maps)).toEqual(expected(model.maps, limit, '102'));
          hidden += model.maps.calls.size - maps.calls.size;
          seen += maps.calls.size;
        }),
        { numRuns: 120 },
      );
      expect(seen).toBeGreaterThan(20);
      if (!limit.all.includes('extensions')) expect(hidden).toBeGreaterThan(20);
    });
  }

  it('names nobody who is not seen, but where they take part', () => {
    let named = 0;
    fc.assert(
      fc.property(turns, fc.constantFrom(...Object.values(limits)), (numbers, limit) => {
        const { maps, model } = play(numbers, viewer(limit), 7, false);
        const see = rules(model.maps, limit, '102');
        for (const [number, { name }] of model.maps.extensions) {
          if (see.person(number)) continue;
          const isThem = (text: string) => text === number || text === name || text.includes(`PJSIP/${number}`);
          const { pbx: _, ...rest } = maps;
          const lists = Object.fromEntries(Object.entries(rest).map(([domain, rows]) => [domain, [...rows.values()]]));
          const places = placesOf(lists, isThem);
          named += places.length;
          expect(places.filter((place) => !allowed.some((one) => one.test(place)))).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
    expect(named).toBeGreaterThan(20);
  });

  it('is in no byte of any frame where they never had to do with each other', () => {
    let frames = 0;
    fc.assert(
      fc.property(turns, fc.integer({ min: 1, max: 20 }), (numbers, perFrame) => {
        // 198 takes part in nothing, and sees nothing else.
        const { texts } = play(numbers, viewer(nobodyElse, null, '198'), perFrame);
        frames += texts.length;
        for (const text of texts) {
          expect(text).not.toMatch(/Person \d|PJSIP|"10[1-5]"|carrier|sales|default/);
          expect(text).not.toContain(outside);
          expect(text).not.toContain(stranger);
        }
      }),
      { numRuns: 100 },
    );
    expect(frames).toBeGreaterThanOrEqual(100);
  });
});

describe('streams', () => {
  const anna = { kind: 'user', permissions: ['callernumbers'], limits: {}, extension: '101' } as const;
  const model = new PbxModel();
  const pbx = { maps: model.maps, findExtensionByDevice: () => undefined };
  const keyOf = (actor: Parameters<typeof viewerOf>[0]): string => audienceOf(viewerOf(actor), pbx).key;

  it('are shared by those who see the same', () => {
    const same = { ...sales, groups: ['Other name'], departments: [...sales.departments] };
    expect(keyOf({ ...anna, sees: sales })).toBe(keyOf({ ...anna, sees: same }));
  });

  it('are of others for those who see something else, somebody else’s calls, or numbers as well', () => {
    const actors = [
      anna,
      { ...anna, sees: sales },
      { ...anna, sees: nobodyElse },
      { ...anna, sees: { ...sales, all: ['trunks' as const] } },
      { ...anna, sees: { ...sales, extensions: [], trunks: sales.extensions } },
      { ...anna, sees: sales, extension: '102' },
      { ...anna, sees: sales, permissions: [] },
      { ...anna, sees: sales, limits: { callernumbers: sales } },
      { ...anna, permissions: [] },
    ];
    expect(new Set(actors.map(keyOf)).size).toBe(actors.length);
  });

  it('do not mix up an extension called like a word of the key', () => {
    expect(keyOf({ ...anna, extension: 'null', sees: sales })).not.toBe(
      keyOf({ ...anna, extension: null, sees: sales }),
    );
  });
});
