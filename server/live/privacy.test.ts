import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PbxModel } from '../pbx/model';
import { office } from '../pbx/schedules';
import { notConfigured } from '../protocol/configured';
import { hiddenNumber } from '../protocol/hidden-numbers';
import type { QueueMember } from '../protocol/records';
import type { Sight } from './circle';
import { audienceOf, type Viewer, viewerOf } from './privacy';
import { mapsOf, outside, play, sales, sorted, stranger, turns } from './testing';

const seeing = (numbers: Sight): Viewer => ({ numbers, records: null });

describe('numbers of callers outside', () => {
  it('reach nobody who may not know them and has no call: in no byte', () => {
    let seen = 0;
    fc.assert(
      fc.property(turns, fc.integer({ min: 1, max: 20 }), (numbers, perFrame) => {
        const { texts, legs } = play(numbers, seeing({ own: null, limit: null }), perFrame);
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
          const { maps, fresh } = play(numbers, seeing(sight), perFrame, true);
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
        const { maps, model } = play(numbers, seeing({ own: '102', limit: null }), 5);
        expect(maps.extensions.get('102')).toEqual(JSON.parse(JSON.stringify(model.extension('102'))));
        for (const [id, call] of model.maps.calls) {
          const parked = [...model.maps.parking.values()].flatMap(({ slots }) =>
            slots.flatMap(({ uniqueid, parkedBy }) => (parkedBy === 'PJSIP/102' ? [uniqueid] : [])),
          );
          const own = call.legs.some((leg) => model.channel(leg)?.extension === '102' || parked.includes(leg));
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
    return audienceOf(seeing(sight), pbx).open?.() ?? expect.fail('everything is seen');
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
  const keyOf = (actor: Parameters<typeof viewerOf>[0]): string => audienceOf(viewerOf(actor), pbx).key;

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
