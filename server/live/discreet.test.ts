import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PbxModel } from '../pbx/model';
import { office } from '../pbx/schedules';
import { nothingSet } from '../protocol/buttons';
import { everyone } from './audiences';
import { audienceOf, type Viewer, viewerOf } from './privacy';
import { mapsOf, outside, play, sales, sorted, stranger, turns } from './testing';

const of = (own: string | null): Viewer => ({ numbers: null, records: null, discreet: { own } });

describe('a discreet extension', () => {
  it('tells nobody else whom it speaks with outside, and hides nobody else', () => {
    let hidden = 0;
    let shown = 0;
    fc.assert(
      fc.property(turns, fc.integer({ min: 1, max: 20 }), (numbers, perFrame) => {
        const { maps, model } = play(numbers, of('102'), perFrame);
        for (const [id, call] of model.maps.calls) {
          const taking = call.legs.map((leg) => model.channel(leg)?.extension ?? null);
          const lines = call.legs.map((leg) => model.channel(leg)?.extension).filter((one) => one != null);
          const quiet = lines.some((one) => one !== '102' && model.discreet.has(one) && hasLine(one, id));
          const seen = maps.calls.get(id);
          if (quiet) {
            hidden += 1;
            expect(JSON.stringify([seen?.from, seen?.to, seen?.did])).not.toContain(outside);
            expect(JSON.stringify([seen?.from, seen?.to])).not.toContain(stranger);
          } else if (taking.length > 0) {
            shown += 1;
            expect(seen).toEqual(JSON.parse(JSON.stringify(call)));
          }
        }
        for (const [number, record] of maps.extensions) {
          if (number === '102' || !model.discreet.has(number)) continue;
          expect(JSON.stringify(record.calls)).not.toContain(outside);
        }
        expect(maps.extensions.get('102')?.calls.length).toBe(model.extension('102')?.calls.length);

        function hasLine(number: string, call: string): boolean {
          return model.extension(number)?.calls.some(({ callId }) => callId === call) === true;
        }
      }),
      { numRuns: 200 },
    );
    expect(Math.min(hidden, shown)).toBeGreaterThan(10);
  });

  for (const [name, viewer] of [
    ['somebody else', of('102')],
    ['itself', of('103')],
    ['somebody else who knows numbers of Sales alone', { ...of('102'), numbers: { own: '102', limit: sales } }],
    ['somebody else who sees Sales alone', { ...of('102'), records: { own: '102', limit: sales } }],
  ] as const) {
    it(`${name}: the ops lead where a fresh snapshot is`, () => {
      fc.assert(
        fc.property(turns, fc.integer({ min: 1, max: 20 }), (numbers, perFrame) => {
          const { maps, fresh } = play(numbers, viewer, perFrame, true);
          expect(sorted(maps)).toEqual(sorted(mapsOf(fresh())));
        }),
        { numRuns: 100 },
      );
    });
  }

  it('makes an audience of its own only where there is one; a machine sees all', () => {
    const actor = { kind: 'user', permissions: ['callernumbers'], limits: {}, extension: '101' } as const;
    const viewer = viewerOf({ ...actor, permissions: [...actor.permissions] });
    const pbx = (...quiet: string[]) => ({
      ...{ maps: mapsOf(empty), findExtensionByDevice: () => undefined, discreet: () => new Set(quiet) },
    });
    expect(audienceOf(viewer, pbx())).toBe(everyone);
    const others = audienceOf(viewer, pbx('103')).key;
    expect(others).not.toBe(everyone.key);
    expect(audienceOf({ ...viewer, discreet: { own: '102' } }, pbx('103')).key).toBe(others);
    expect(audienceOf({ ...viewer, discreet: { own: '103' } }, pbx('103')).key).not.toBe(others);
    const machine = viewerOf({ ...actor, kind: 'token', permissions: [...actor.permissions] });
    expect(audienceOf(machine, pbx('103'))).toBe(everyone);
  });
});

it('a mobile phone is known to those alone who may know numbers outside', () => {
  const model = new PbxModel();
  for (const event of office) model.reduce(event);
  const own = { ...nothingSet, external: '+491711' };
  model.reduce({ type: 'configured', at: 1, rows: [{ kind: 'extension', key: '101', own, added: false }] });
  const pbx = { maps: model.maps, findExtensionByDevice: () => undefined };
  const record = model.extension('101') ?? expect.fail('101 is there');
  const seen = (numbers: Viewer['numbers']) =>
    audienceOf({ numbers, records: null }, pbx).open?.().view('extensions', record)?.external;
  expect(record.external).toBe('+491711');
  expect(seen({ own: '102', limit: null })).toBeNull();
  expect(seen({ own: '101', limit: null })).toBe('+491711');
});

const empty = {
  ...{ pbx: [], extensions: [], channels: [], calls: [], queues: [], parking: [], conferences: [], trunks: [] },
  transfers: [],
};
