import type { DndRecord, ForwardRecord, PbxFeatures, PresenceRecord } from '../protocol/records';
import type { FeatureEvent } from './events';
import type { Features, World } from './facts';
import { put } from './publish';

/** Do-not-disturb, forwarding and presence by extension number, as server/features decides them. SPEC F1–F4. */

const unknownOrigin = { source: 'pbx', by: null, since: null } as const;
const dndOff: DndRecord = { ...unknownOrigin, on: false, note: null, until: null };
const notForwarded: ForwardRecord = { always: null, busy: null, noAnswer: null, ringCount: null, origins: {} };
const noPresence: PresenceRecord = { ...unknownOrigin, state: 'not_set', subtype: '', message: '', until: null };

const defaults: Features = { dnd: dndOff, forward: notForwarded, presence: noPresence, unsynced: [] };

export const noFeatures: PbxFeatures = { backends: [], presenceStates: [] };

/** Numbers that are no extension are remembered up to here; an extension may become known after its features. */
const strangers = 20_000;

export function featuresOf(world: World, number: string): Features {
  return world.features.get(number) ?? defaults;
}

export function reduceFeatures(world: World, event: Extract<FeatureEvent, { type: 'features' }>): void {
  const { number, dnd, forward, presence, unsynced } = event;
  if (number === '') return;
  const full = world.features.size >= world.extensions.size + strangers;
  if (full && !world.features.has(number) && !world.extensions.has(number)) return;
  world.features.set(number, { dnd, forward, presence, unsynced });
  world.dirty.extensions.add(number);
}

export function clearFeatures(world: World): void {
  for (const number of world.features.keys()) world.dirty.extensions.add(number);
  world.features.clear();
}

export function reducePbxFeatures(world: World, id: string, features: PbxFeatures): void {
  const old = world.maps.pbx.get(id);
  if (old) put(world, 'pbx', id, { ...old, features });
}
