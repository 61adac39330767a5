import { type ButtonKind, type FoundFields, nothingFound } from '../protocol/buttons';
import type { World } from './facts';

/** What the PBX itself says, without what an administrator laid over it. SPEC B5. */

/** Everything of a kind that the PBX has. */
export function foundKeys(world: World, kind: ButtonKind): readonly string[] {
  const byHand = world.byHand[kind];
  return [...mapOf(world, kind).keys()].filter((key) => !byHand.has(key));
}

/** Null: the PBX has no such thing. */
export function foundOf(world: World, kind: ButtonKind, key: string): FoundFields | null {
  if (world.byHand[kind].has(key) || !mapOf(world, kind).has(key)) return null;
  if (kind === 'extension') return ofExtension(world, key);
  if (kind !== 'ringgroup') return nothingFound;
  const found = world.ringGroups.get(key)?.found;
  return { ...nothingFound, label: found?.name || null, members: found?.members ? [...found.members] : null };
}

function ofExtension(world: World, number: string): FoundFields {
  const found = world.extensions.get(number)?.found;
  if (found === undefined) return nothingFound;
  const { name, group, tags, mailbox, devices, context } = found;
  return {
    ...nothingFound,
    label: name || null,
    group,
    tags: tags.length > 0 ? [...tags] : null,
    mailbox,
    device: devices[0] ?? null,
    context: context || null,
  };
}

function mapOf(world: World, kind: ButtonKind): ReadonlyMap<string, unknown> {
  switch (kind) {
    case 'extension':
      return world.extensions;
    case 'queue':
      return world.queues;
    case 'ringgroup':
      return world.ringGroups;
    case 'conference':
      return world.conferences;
    case 'park':
      return world.lots;
    case 'trunk':
      return world.trunks;
  }
}
