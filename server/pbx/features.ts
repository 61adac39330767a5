import type { DndRecord, FeatureSource } from '../protocol/records';
import type { Features, Forward, World } from './facts';
import { iso } from './ids';

/** Do-not-disturb and forwarding by extension number. SPEC F1–F7. */

const dndOff: DndRecord = { on: false, source: 'pbx', by: null, since: null, note: null };
const notForwarded: Forward = { always: null, busy: null, noAnswer: null };
const defaults: Features = {
  dnd: dndOff,
  forward: notForwarded,
  presence: { state: 'not_set', subtype: '', message: '' },
};

/** Numbers that are no extension are remembered up to here; an extension may become known after its features. */
const strangers = 20_000;

export function featuresOf(world: World, number: string): Readonly<Features> {
  return world.features.get(number) ?? defaults;
}

/** Features to write to; null when the number is a stranger and there are enough of those. */
export function ownFeatures(world: World, number: string): Features | null {
  if (number === '') return null;
  const known = world.features.get(number);
  if (known) return known;
  if (!world.extensions.has(number) && world.features.size >= world.extensions.size + strangers) return null;
  const features = { ...defaults };
  world.features.set(number, features);
  return features;
}

export interface DndChange {
  readonly number: string;
  readonly on: boolean;
  readonly source: FeatureSource;
  readonly by: string | null;
  readonly note: string | null;
}

/** The first to tell a new value is its source; the panel may claim it afterwards, its own echo may not take it away. */
export function reduceDnd(world: World, { number, on, source, by, note }: DndChange): void {
  const features = ownFeatures(world, number);
  if (!features) return;
  const same = features.dnd.on === on;
  if (same && source !== 'panel') return;
  writeDnd(world, number, features, { on, source, by, note, since: same ? features.dnd.since : iso(world.now) });
}

function writeDnd(world: World, number: string, features: Features, dnd: DndRecord): void {
  features.dnd = dnd;
  if (dnd.on) world.dndOn.add(number);
  else world.dndOn.delete(number);
  world.dirty.extensions.add(number);
}

/** What a read finds changed, the PBX did: when is known only if the panel was watching. */
export function listDnd(world: World, on: readonly string[], repair: boolean): void {
  const since = repair ? iso(world.now) : null;
  const listed = new Set(on);
  for (const number of [...world.dndOn]) {
    const features = ownFeatures(world, number);
    if (!listed.has(number) && features) writeDnd(world, number, features, { ...dndOff, since });
  }
  for (const number of listed) {
    if (world.dndOn.has(number)) continue;
    const features = ownFeatures(world, number);
    if (features) writeDnd(world, number, features, { on: true, source: 'pbx', by: null, since, note: null });
  }
}

export function reduceForward(world: World, number: string, kind: keyof Forward, to: string | null): void {
  const features = ownFeatures(world, number);
  const target = to === '' ? null : to;
  if (!features || features.forward[kind] === target) return;
  features.forward = { ...features.forward, [kind]: target };
  world.dirty.extensions.add(number);
}

export function listForwards(
  world: World,
  forwards: readonly { number: string; kind: keyof Forward; to: string }[],
): void {
  const listed = new Map<string, Forward>();
  for (const { number, kind, to } of forwards) {
    listed.set(number, { ...(listed.get(number) ?? notForwarded), [kind]: to === '' ? null : to });
  }
  for (const [number, features] of world.features) {
    if (listed.has(number) || features.forward === notForwarded) continue;
    features.forward = notForwarded;
    world.dirty.extensions.add(number);
  }
  for (const [number, forward] of listed) {
    const features = ownFeatures(world, number);
    if (!features) continue;
    features.forward = forward;
    world.dirty.extensions.add(number);
  }
}
