import { type ButtonKind, nothingSet } from '../protocol/buttons';
import { reduceConferenceGone, setUpRoom } from './conferences';
import type { ConfiguredRow } from './events';
import { reduceExtensionGone, settleExtension, setUpExtension } from './extensions';
import type { World } from './facts';
import { dropLot, setUpLot } from './parking';
import { reduceQueueGone, setUpQueue } from './queues';
import { dropRingGroup, settleRingGroup, setUpRingGroup } from './ring-groups';
import { reduceTrunkGone, setUpTrunk } from './trunks';

/** What an administrator set, over what the PBX says. SPEC B1–B6. */

export function reduceConfigured(world: World, rows: readonly ConfiguredRow[]): void {
  for (const row of rows) configure(world, row);
}

/** Nothing is set any more: everything is as the PBX says. */
export function clearConfigured(world: World): void {
  for (const of of Object.values(world.configured)) {
    for (const { kind, key } of [...of.values()]) configure(world, { kind, key, own: nothingSet, added: false });
  }
}

function configure(world: World, row: ConfiguredRow): void {
  const { kind, key, added } = row;
  if (key === '') return;
  if (added || Object.values(row.own).some((value) => value !== null)) world.configured[kind].set(key, row);
  else world.configured[kind].delete(key);
  if (kind === 'extension') noteDiscreet(world, row);
  const there = places[kind];
  if (added && !there.has(world, key)) {
    there.setUp(world, key);
    world.byHand[kind].add(key);
  }
  if (!added && world.byHand[kind].delete(key)) there.gone(world, key);
  there.settle(world, key);
}

function noteDiscreet(world: World, { key, own }: ConfiguredRow): void {
  if (own.privacy === 'clid' || own.privacy === 'all') world.discreet.add(key);
  else world.discreet.delete(key);
}

interface Place {
  has(world: World, key: string): boolean;
  /** Makes an empty one. */
  setUp(world: World, key: string): void;
  gone(world: World, key: string): void;
  /** What is set for it may be another now. */
  settle(world: World, key: string): void;
}

const places: Readonly<Record<ButtonKind, Place>> = {
  extension: {
    has: (world, key) => world.extensions.has(key),
    setUp: setUpExtension,
    gone: reduceExtensionGone,
    settle: settleExtension,
  },
  queue: {
    has: (world, key) => world.queues.has(key),
    setUp: setUpQueue,
    gone: reduceQueueGone,
    settle: (world, key) => world.dirty.queues.add(key),
  },
  ringgroup: {
    has: (world, key) => world.ringGroups.has(key),
    setUp: setUpRingGroup,
    gone: dropRingGroup,
    settle: settleRingGroup,
  },
  conference: {
    has: (world, key) => world.conferences.has(key),
    setUp: setUpRoom,
    gone: reduceConferenceGone,
    settle: (world, key) => world.dirty.conferences.add(key),
  },
  park: {
    has: (world, key) => world.lots.has(key),
    setUp: setUpLot,
    gone: dropLot,
    settle: (world, key) => world.dirty.lots.add(key),
  },
  trunk: {
    has: (world, key) => world.trunks.has(key),
    setUp: setUpTrunk,
    gone: reduceTrunkGone,
    settle: (world, key) => world.dirty.trunks.add(key),
  },
};
