import fc from 'fast-check';
import { expect } from 'vitest';
import { type PresenceState, presenceState } from '../protocol/records';
import type { FeatureBackend, Person } from './backend';
import type { FeatureValues } from './values';

/** Some numbers, so that two values often have the same; those with signs are extension numbers as well. */
const target = fc.constantFrom('102', '103', '0049301234567', '*97', '+4930', 'anna.berg');
const plain = fc.option(target, { nil: null }).map((to) => ({ to, ringCount: null }));
const noAnswer = fc
  .record({
    to: fc.option(target, { nil: null }),
    ringCount: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null }),
  })
  .map(({ to, ringCount }) => ({ to, ringCount: to === null ? null : ringCount }));
const text = fc.oneof(fc.constantFrom('', 'lunch', 'Grüße, "hier"; 100% | a:b'), fc.string({ maxLength: 40 }));

/** Everything that can be true of a person. */
export const anyValues: fc.Arbitrary<FeatureValues> = fc.record({
  dnd: fc.boolean(),
  always: plain,
  busy: plain,
  noAnswer,
  presence: fc.record({
    state: fc.constantFrom<PresenceState>(...presenceState.options),
    subtype: text,
    message: text,
  }),
});

const anna: Person = { number: '101', devices: ['PJSIP/101'], presentity: 'CustomPresence:101' };

/**
 * The laws of backend.ts, for every slot the backend keeps for `person`. `heldBy` makes the texts a slot can hold (the
 * canonical ones); what `view` gives is tried in any case. Throws with the values that break one.
 */
export function backendLaws(
  backend: Pick<FeatureBackend, 'slots' | 'features' | 'view' | 'merge'>,
  heldBy: (slot: string) => fc.Arbitrary<string>,
  person: Person = anna,
): void {
  const slots = backend.slots(person);
  expect(slots.length, 'slots to be tried').toBeGreaterThan(0);
  for (const slot of slots) {
    const held = fc.oneof(
      heldBy(slot),
      anyValues.map((values) => backend.view(slot, values)),
    );
    fc.assert(
      fc.property(anyValues, held, (values, found) => {
        expect(backend.merge(slot, backend.view(slot, values), values)).toEqual(values);
        const merged = backend.merge(slot, found, values);
        expect(backend.view(slot, merged)).toBe(found);
        expect(othersOf(backend.features(slot), merged)).toEqual(othersOf(backend.features(slot), values));
      }),
    );
  }
}

/** The part of the values that a slot is not made of. */
function othersOf(own: ReturnType<FeatureBackend['features']>, values: FeatureValues) {
  return Object.entries(values).filter(([key]) => !own.some((feature) => feature === key));
}
