import type { PresenceState } from '../protocol/records';
import type { World } from './facts';
import { featuresOf, ownFeatures } from './features';

/** Presence by extension number. SPEC F8–F9. */

interface Presence {
  readonly number: string;
  readonly state: PresenceState;
  readonly subtype: string;
  readonly message: string;
}

export function reducePresence(world: World, { number, state, subtype, message }: Presence): void {
  const old = featuresOf(world, number).presence;
  if (old.state === state && old.subtype === subtype && old.message === message) return;
  const features = ownFeatures(world, number);
  if (!features) return;
  features.presence = { state, subtype, message };
  world.dirty.extensions.add(number);
}

export function listPresence(world: World, presence: readonly Presence[]): void {
  const listed = new Set(presence.map(({ number }) => number));
  for (const number of world.features.keys()) {
    if (!listed.has(number)) reducePresence(world, { number, state: 'not_set', subtype: '', message: '' });
  }
  for (const entry of presence) reducePresence(world, entry);
}
