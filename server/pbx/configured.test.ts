import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyOp, emptyMaps, loadSnapshot } from '../protocol/apply';
import { type ButtonKind, type ButtonPatch, nothingSet } from '../protocol/buttons';
import { domains } from '../protocol/state';
import type { ConfiguredRow, PbxEvent } from './events';
import { violations } from './invariants';
import { PbxModel } from './model';
import { disturbed, office, Schedule } from './schedules';

function newOffice(): PbxModel {
  const model = new PbxModel();
  for (const event of office) model.reduce(event);
  return model;
}

const row = (kind: ButtonKind, key: string, set: ButtonPatch, added = false): ConfiguredRow => ({
  ...{ kind, key, added, own: { ...nothingSet, ...set } },
});
const configured = (...rows: ConfiguredRow[]): PbxEvent => ({ type: 'configured', at: 1, rows });
const listed = (...numbers: string[]): PbxEvent => ({
  ...{ type: 'list.extensions', at: 2, repair: true },
  extensions: numbers.map((number) => ({ number, devices: [`PJSIP/${number}`] })),
});

describe('what an administrator set', () => {
  it('B1: is shown over what the PBX says', () => {
    const model = newOffice();
    const set = {
      ...{ label: 'Front desk', group: 'Sales', tags: ['vip'], mailbox: '900', colour: 'blue', hidden: true },
      ...{ external: '+491701', email: 'a@b.example', privacy: 'all' },
    } satisfies ButtonPatch;
    const { ops } = model.reduce(configured(row('extension', '101', set)));
    expect(ops).toHaveLength(1);
    const { label, ...rest } = set;
    expect(model.extension('101')).toMatchObject({ ...rest, name: label, number: '101', device: 'PJSIP/101' });
    model.reduce({ type: 'mwi', at: 3, mailbox: '900@default', new: 2, old: 1 });
    expect(model.extension('101')?.voicemail).toEqual({ new: 2, old: 1 });
  });

  it('B1: names a queue, a lot and a trunk', () => {
    const model = newOffice();
    const set = { label: 'Hello', group: 'Sales', colour: 'red', tags: ['a'] } satisfies ButtonPatch;
    model.reduce(
      configured(row('queue', 'sales', set), row('park', 'default', set), row('trunk', 'PJSIP/carrier', set)),
    );
    expect(model.maps.queues.get('sales')).toMatchObject(set);
    expect(model.maps.parking.get('default')).toMatchObject({ ...set, spaces: { first: '701', last: '720' } });
    expect(model.maps.trunks.get('PJSIP/carrier')).toMatchObject({ ...set, state: 'registered' });
  });

  it('B1: replaces what was set before as a whole', () => {
    const model = newOffice();
    model.reduce(configured(row('extension', '101', { label: 'One', group: 'Sales' })));
    model.reduce(configured(row('extension', '101', { label: 'Two' })));
    expect(model.extension('101')).toMatchObject({ name: 'Two', group: null });
  });

  it('B2: gives back what the PBX says now, not what it said then', () => {
    const model = newOffice();
    model.reduce(configured(row('extension', '101', { label: 'Front desk' })));
    const name = { text: 'New name', rank: 'callerid' } as const;
    expect(model.reduce({ type: 'extension', at: 2, extension: { number: '101', name } }).ops).toEqual([]);
    model.reduce(configured(row('extension', '101', {})));
    expect(model.extension('101')?.name).toBe('New name');
  });

  it('B1: is the name of those who call', () => {
    const model = newOffice();
    const schedule = new Schedule([16 * 0]);
    for (const event of schedule.events) model.reduce(event);
    const [call] = model.maps.calls.values();
    const from = call?.from.number ?? '';
    model.reduce(configured(row('extension', from, { label: 'Front desk' })));
    expect([...model.maps.calls.values()][0]?.from).toEqual({ number: from, name: 'Front desk' });
  });

  it('B3: waits for the thing to come back', () => {
    const model = newOffice();
    model.reduce(configured(row('extension', '101', { label: 'Front desk' })));
    model.reduce(listed('102'));
    expect(model.extension('101')).toBeUndefined();
    model.reduce(listed('101', '102'));
    expect(model.extension('101')?.name).toBe('Front desk');
  });

  it('B4: what was added by hand is there, and stays when lists do not have it', () => {
    const model = newOffice();
    const { ops } = model.reduce(configured(row('extension', '900', { label: 'Gate', device: 'SIP/gate' }, true)));
    expect(ops).toHaveLength(1);
    expect(model.extension('900')).toMatchObject({ name: 'Gate', device: 'SIP/gate', state: 'unknown' });
    expect(model.reduce(listed('101', '102', '103', '104', '105')).ops).toEqual([]);
    model.reduce({ type: 'device', at: 3, device: 'SIP/gate', state: 'INUSE' });
    expect(model.extension('900')?.state).toBe('inUse');
    expect(model.findExtensionByDevice('SIP/gate')?.number).toBe('900');
    model.reduce(configured(row('extension', '900', {})));
    expect(model.extension('900')).toBeUndefined();
    expect(model.findExtensionByDevice('SIP/gate')).toBeUndefined();
  });

  it.each([
    ['queue', 'new', 'queues', { type: 'list.queues', at: 2, repair: true, queues: [] }],
    ['conference', '900', 'conferences', { type: 'list.conferences', at: 2, repair: true, conferences: [] }],
    ['park', 'new', 'parking', { type: 'list.parking', at: 2, repair: true, lots: [] }],
    ['trunk', 'SIP/new', 'trunks', { type: 'list.trunks', at: 2, repair: true, trunks: [] }],
    ['ringgroup', '900', 'extensions', { type: 'list.ringGroups', at: 2, repair: true, groups: [] }],
  ] as const)('B4: a %s by hand as well', (kind, key, domain, list) => {
    const model = newOffice();
    const there = () => model.maps[domain].has(key);
    model.reduce(configured(row(kind, key, { label: 'By hand' }, true)));
    expect(there()).toBe(true);
    expect(model.found(kind, key)).toBeNull();
    model.reduce(list);
    expect(there()).toBe(true);
    model.reduce(configured(row(kind, key, { label: 'By hand' })));
    expect(there()).toBe(false);
  });

  it('B4: a room by hand is there before the first and after the last one', () => {
    const model = newOffice();
    model.reduce(configured(row('conference', '800', { label: 'Board' }, true)));
    const schedule = new Schedule([]);
    const line = schedule.dials('PJSIP/101', '800');
    for (const event of schedule.events) model.reduce(event);
    const participant = {
      ...{ uniqueid: line.id, number: '101', name: '', muted: false, talking: false, admin: false, marked: false },
      joinedAt: 1,
    };
    model.reduce({ type: 'conference.join', at: 2, name: '800', kind: 'confbridge', participant });
    expect(model.maps.conferences.get('800')?.participants).toHaveLength(1);
    expect(model.found('conference', '800')).not.toBeNull();
    model.reduce({ type: 'conference.leave', at: 3, name: '800', uniqueid: line.id });
    expect(model.maps.conferences.get('800')).toMatchObject({ label: 'Board', participants: [] });
    expect(model.found('conference', '800')).toBeNull();
  });

  it('B4: what was added by hand and is on the PBX as well stays when it is added no more', () => {
    const model = newOffice();
    model.reduce(configured(row('extension', '900', { label: 'Gate' }, true)));
    model.reduce({ type: 'extension', at: 2, extension: { number: '900', devices: ['PJSIP/900'] } });
    model.reduce(configured(row('extension', '900', {})));
    expect(model.extension('900')).toMatchObject({ name: '', device: 'PJSIP/900' });
  });

  it('B5: found tells what the PBX says', () => {
    const model = newOffice();
    model.reduce(configured(row('extension', '101', { label: 'Front desk', device: 'SIP/x' })));
    expect(model.found('extension', '101')).toMatchObject({ label: 'Person 1', device: 'PJSIP/101', group: null });
    expect(model.found('extension', '999')).toBeNull();
    expect(model.foundKeys('extension')).toEqual(['101', '102', '103', '104', '105']);
  });
});

describe('ring groups', () => {
  const groups = (...list: { number: string; name: string; members: string[] | null }[]): PbxEvent => ({
    ...{ type: 'list.ringGroups', at: 1, repair: false },
    groups: list,
  });

  it('B7: are extensions of a kind of their own, hidden by one of the same number', () => {
    const model = newOffice();
    model.reduce(groups({ number: '600', name: 'Team', members: null }));
    expect(model.extension('600')).toMatchObject({ kind: 'ringGroup', name: 'Team', state: 'unknown', device: '' });
    model.reduce({ type: 'extension', at: 2, extension: { number: '600', devices: ['PJSIP/600'] } });
    expect(model.extension('600')).toMatchObject({ kind: 'person', name: '' });
    model.reduce({ type: 'extension.gone', at: 3, number: '600' });
    expect(model.extension('600')?.kind).toBe('ringGroup');
    model.reduce(groups());
    expect(model.extension('600')).toBeUndefined();
  });

  it('B8: ring while a member does with a call that came to their number', () => {
    const model = newOffice();
    model.reduce(groups({ number: '600', name: 'Team', members: ['102', '103'] }));
    expect(model.extension('600')?.state).toBe('idle');
    const schedule = new Schedule([]);
    const told = () => {
      for (const event of schedule.events.splice(0)) model.reduce(event);
    };
    const other = schedule.dials('PJSIP/101', '102');
    schedule.rings(other, 'PJSIP/102');
    told();
    expect(model.extension('102')?.state).toBe('ringing');
    expect(model.extension('600')?.state).toBe('idle');
    const caller = schedule.dials('PJSIP/104', '600');
    schedule.rings(caller, 'PJSIP/103');
    told();
    expect(model.extension('600')?.state).toBe('ringing');
    schedule.end();
    told();
    expect(model.extension('600')?.state).toBe('idle');
  });

  it('B1: take members and a label by hand', () => {
    const model = newOffice();
    model.reduce(groups({ number: '600', name: 'Team', members: null }));
    model.reduce(configured(row('ringgroup', '600', { label: 'All', members: ['101'] })));
    expect(model.extension('600')).toMatchObject({ name: 'All', state: 'idle' });
    model.reduce(configured(row('ringgroup', '600', {})));
    expect(model.extension('600')).toMatchObject({ name: 'Team', state: 'unknown' });
  });
});

const phones = ['101', '102', '103', '104', '105', '900'];
const patches: fc.Arbitrary<ButtonPatch> = fc.record(
  {
    label: fc.constantFrom(null, 'A', 'B'),
    group: fc.constantFrom(null, 'Sales'),
    device: fc.constantFrom(null, 'PJSIP/101', 'PJSIP/105', 'SIP/x'),
    mailbox: fc.constantFrom(null, '101', '900'),
    hidden: fc.constantFrom(null, true),
  },
  { requiredKeys: [] },
);
const rows: fc.Arbitrary<ConfiguredRow> = fc.oneof(
  fc
    .record({ key: fc.constantFrom(...phones), set: patches, added: fc.boolean() })
    .map(({ key, set, added }) => row('extension', key, set, added)),
  fc
    .record({
      at: fc.constantFrom(
        ['queue', 'sales'],
        ['park', 'default'],
        ['trunk', 'PJSIP/carrier'],
        ['conference', '800'],
        ['ringgroup', '600'],
      ),
      label: fc.constantFrom(null, 'A'),
      added: fc.boolean(),
    })
    .map(({ at: [kind, key], label, added }) => row(kind as ButtonKind, key as string, { label }, added)),
);
const mixed = fc.record({
  choices: fc.array(fc.nat(0xffffff), { minLength: 4, maxLength: 11 }),
  sets: fc.array(fc.tuple(fc.nat(400), fc.array(rows, { minLength: 1, maxLength: 4 })), { maxLength: 12 }),
});
const numRuns = Math.max(1, Math.round(Number(process.env.CORDBOARD_PROPERTY_RUNS ?? 10_000) * 0.1));

interface Plan {
  readonly choices: number[];
  readonly sets: [number, ConfiguredRow[]][];
}

function eventsOf({ choices, sets }: Plan): PbxEvent[] {
  const schedule = new Schedule(choices);
  schedule.end();
  const events = disturbed(schedule.events, choices);
  for (const [at, some] of sets) {
    const place = at % (events.length + 1);
    events.splice(place, 0, { type: 'configured', at: events[place]?.at ?? events.at(-1)?.at ?? 1, rows: some });
  }
  return events;
}

/** A phone that was another's meanwhile was told of in between: which of its states is fresh (E12) is another then. */
function withoutDevices({ choices, sets }: Plan): Plan {
  const plain = (one: ConfiguredRow) => ({ ...one, own: { ...one.own, device: null } });
  return { choices, sets: sets.map(([at, some]) => [at, some.map(plain)]) };
}

function stateOf(model: PbxModel): unknown {
  const byKey = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return Object.fromEntries(domains.map((domain) => [domain, [...(model.lists()[domain] as object[])].sort(byKey)]));
}

describe('any calls, and any settings in between', () => {
  it('L20, L21: a snapshot and the ops after it are the state; records agree with facts', () => {
    fc.assert(
      fc.property(mixed, (plan) => {
        const model = newOffice();
        const events = eventsOf(plan);
        const half = model.lists();
        const mirror = emptyMaps();
        loadSnapshot(mirror, half);
        for (const event of events) {
          const { ops, fault } = model.reduce(event);
          expect(fault).toBeUndefined();
          for (const op of ops) applyOp(mirror, op);
          expect(violations(model)).toEqual([]);
        }
        for (const domain of domains) expect([...mirror[domain].values()]).toEqual([...model.maps[domain].values()]);
      }),
      { numRuns },
    );
  }, 600_000);

  it('B6: once nothing is set any more, everything is as if nothing had ever been set', () => {
    fc.assert(
      fc.property(mixed, (plan) => {
        const model = newOffice();
        const plain = newOffice();
        // What calls were named while they ran stays with them: at the end none runs.
        for (const event of eventsOf(withoutDevices(plan))) {
          model.reduce(event);
          if (event.type !== 'configured') plain.reduce(event);
        }
        model.reduce({ type: 'configured.clear', at: plain.facts.now });
        expect(stateOf(model)).toEqual(stateOf(plain));
        expect(model.facts.memberGroups.size).toBe(0);
      }),
      { numRuns },
    );
  }, 600_000);
});
