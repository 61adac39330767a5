import type { TrunkRecord, TrunkState } from '../protocol/records';
import { answeredAt, partyOfLeg } from './calls';
import { assignExtension } from './channels';
import type { World } from './facts';
import { touch } from './groups';
import { compareIds, iso, isoOrNull } from './ids';
import { ownOf, shownOf, staysByHand } from './overlay';
import { put, remove } from './publish';

/** Trunks and the calls on them. SPEC T1–T4. */

export function reduceTrunk(world: World, name: string, state: TrunkState): void {
  if (name === '') return;
  const isNew = !world.trunks.has(name);
  world.trunks.set(name, state);
  world.byHand.trunk.delete(name);
  world.dirty.trunks.add(name);
  if (isNew) retouch(world, name);
}

/** One that an administrator added. */
export function setUpTrunk(world: World, name: string): void {
  reduceTrunk(world, name, 'unknown');
}

export function reduceTrunkGone(world: World, name: string): void {
  if (!world.trunks.has(name)) return;
  if (staysByHand(world, 'trunk', name)) {
    world.trunks.set(name, 'unknown');
    world.dirty.trunks.add(name);
    return;
  }
  world.trunks.delete(name);
  world.dirty.trunks.add(name);
  retouch(world, name);
}

function retouch(world: World, name: string): void {
  for (const channel of world.byDevice.get(name) ?? []) {
    assignExtension(world, channel);
    touch(world, channel);
  }
}

export function listTrunks(world: World, trunks: readonly { name: string; state: TrunkState }[]): void {
  const listed = new Set(trunks.map(({ name }) => name));
  for (const name of [...world.trunks.keys()]) if (!listed.has(name)) reduceTrunkGone(world, name);
  for (const { name, state } of trunks) reduceTrunk(world, name, state);
}

export function publishTrunk(world: World, name: string): void {
  const state = world.trunks.get(name);
  if (state === undefined) {
    remove(world, 'trunks', name);
    return;
  }
  const own = ownOf(world, 'trunk', name);
  put(world, 'trunks', name, {
    name,
    label: own.label ?? name,
    ...shownOf(own),
    state,
    channels: channelsOf(world, name),
  });
}

function channelsOf(world: World, name: string): TrunkRecord['channels'] {
  const rows: TrunkRecord['channels'] = [];
  for (const leg of world.byDevice.get(name) ?? []) {
    const memo = world.groups.get(leg.linkedid)?.memo;
    if (!leg.person || !memo) continue;
    rows.push({
      uniqueid: leg.uniqueid,
      callId: leg.linkedid,
      // Born to be dialled: an incoming channel begins as `ring`.
      direction: leg.dialled || leg.state === 'down' ? 'out' : 'in',
      state: leg.state,
      party: partyOfLeg(world, leg, memo),
      startedAt: iso(leg.createdAt),
      answeredAt: isoOrNull(answeredAt(leg)),
    });
  }
  return rows.sort((a, b) => compareIds(a.uniqueid, b.uniqueid));
}
