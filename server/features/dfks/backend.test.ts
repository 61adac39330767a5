import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DfksSettings, dfksFeature } from '../../protocol/availability';
import type { WriteOutcome } from '../backend';
import { type FeatureValues, nothingSet } from '../values';
import { DfksBackend } from './backend';

const settings: DfksSettings = {
  enabled: true,
  url: 'http://10.0.0.5:8888/mi',
  domain: 'pbx.test',
  assigned: dfksFeature.options,
};
const slots = ['dnd', 'always', 'busy', 'noAnswer'] as const;
const person = { number: '101', devices: ['PJSIP/101'], presentity: null };

function backendWith(changes: Partial<DfksSettings> = {}, answer: WriteOutcome = { kind: 'done' }) {
  const calls: { url: string; method: string; params: unknown }[] = [];
  const backend = new DfksBackend({
    settings: () => ({ ...settings, ...changes }),
    mi: {
      call: async (url, method, params) => {
        calls.push({ url, method, params });
        return answer;
      },
    },
  });
  const write = (slot: string, values: FeatureValues, number = '101') =>
    backend.write({ person: { ...person, number }, slot, held: backend.view(slot, values), values, note: null });
  return { backend, calls, write };
}

const forward = fc.oneof(
  fc.constant({ to: null, ringCount: null }),
  fc.record({ to: fc.string(), ringCount: fc.option(fc.integer({ min: 0, max: 99 })) }),
);
const values: fc.Arbitrary<FeatureValues> = fc.record({
  dnd: fc.boolean(),
  always: forward,
  busy: forward,
  noAnswer: forward,
  presence: fc.constant(nothingSet.presence),
});

describe('the slots of OpenSIPS', () => {
  const { backend } = backendWith();

  it('are the features that are assigned, none when it is switched off', () => {
    expect(backend.slots()).toEqual(slots);
    expect(backendWith({ assigned: ['DoNotDisturb'] }).backend.slots()).toEqual(['dnd']);
    expect(backendWith({ enabled: false }).backend.slots()).toEqual([]);
    expect(slots.map((slot) => backend.features(slot))).toEqual([['dnd'], ['always'], ['busy'], ['noAnswer']]);
    expect(() => backend.features('presence')).toThrow('no slot');
  });

  it('hold what they are given, and change nothing by being read (the laws of backend.ts)', () => {
    fc.assert(
      fc.property(fc.constantFrom(...slots), values, values, (slot, one, other) => {
        expect(backend.merge(slot, backend.view(slot, one), one)).toBe(one);
        const held = backend.view(slot, other);
        const merged = backend.merge(slot, held, one);
        expect(backend.view(slot, merged)).toBe(held);
        expect(merged).toEqual({ ...one, [slot]: other[slot] });
      }),
    );
  });
});

describe('a write', () => {
  it('is the MI command of the module, marked as our own', async () => {
    const { calls, write } = backendWith();
    expect(await write('noAnswer', { ...nothingSet, noAnswer: { to: '102', ringCount: 4 } })).toEqual({ kind: 'done' });
    await write('dnd', { ...nothingSet, dnd: true });
    await write('always', nothingSet, '#101');
    await write('busy', { ...nothingSet, busy: { to: '102', ringCount: null } });
    const { url } = settings;
    const common = { presentity: 'sip:101@pbx.test', route_param: 'panel' };
    expect(calls.every((call) => call.url === url && call.method === 'dfks_set_feature')).toBe(true);
    expect(calls.map(({ params }) => params)).toEqual([
      { ...common, feature: 'CallForwardingNoAnswer', status: 1, values: ['ringCount/4', 'forwardTo/102'] },
      { ...common, feature: 'DoNotDisturb', status: 1 },
      { ...common, presentity: 'sip:%23101@pbx.test', feature: 'CallForwardingAlways', status: 0 },
      { ...common, feature: 'CallForwardingBusy', status: 1, values: ['forwardTo/102'] },
    ]);
  });

  it('hands on what the MI said', async () => {
    const refused = { kind: 'refused', message: 'no' } as const;
    expect(await backendWith({}, refused).write('dnd', nothingSet)).toBe(refused);
  });

  it('of a number that is no SIP user is refused here', async () => {
    const { calls, write } = backendWith();
    expect(await write('dnd', nothingSet, '101@evil.example')).toMatchObject({ kind: 'refused' });
    expect(calls).toEqual([]);
  });

  it('goes nowhere without an MI address, and the settings page says what that means', async () => {
    const { backend, calls, write } = backendWith({ url: '' });
    expect(await write('dnd', nothingSet)).toEqual({ kind: 'done' });
    expect(calls).toEqual([]);
    expect(backend.problem()).toContain('No MI address');
    expect(backendWith().backend.problem()).toBeNull();
  });

  it('cannot be read back', async () => {
    expect(await backendWith().backend.read()).toBeNull();
  });
});
