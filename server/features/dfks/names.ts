import type { DfksFeature } from '../../protocol/availability';
import type { FeatureKey } from '../../protocol/records';

/** A slot of this backend is one feature of the phone's keys, under the panel's own name. */
export type DfksSlot = Exclude<FeatureKey, 'presence'>;

const slots: Readonly<Record<DfksFeature, DfksSlot>> = {
  DoNotDisturb: 'dnd',
  CallForwardingAlways: 'always',
  CallForwardingBusy: 'busy',
  CallForwardingNoAnswer: 'noAnswer',
};

const names: ReadonlyMap<string, DfksFeature> = new Map(
  (Object.keys(slots) as DfksFeature[]).map((feature) => [slots[feature], feature]),
);

export function slotOf(feature: DfksFeature): DfksSlot {
  return slots[feature];
}

/** Throws for a text that is no slot of this backend: the service asked for what `slots()` never named. */
export function featureOf(slot: string): DfksFeature {
  const feature = names.get(slot);
  if (feature === undefined) throw new Error(`presence_dfks has no slot "${slot}"`);
  return feature;
}
