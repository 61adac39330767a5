import type { Chan, Group, World } from './facts';
import { ageOf } from './ids';

/** Which channels are one call: by linkedid, made one by bridges. SPEC C6, C11, C40. */

/** Mark a leg, its call and the calls of its direct neighbours for a new look. */
export function touch(world: World, channel: Chan): void {
  world.dirty.channels.add(channel.uniqueid);
  world.dirty.groups.add(channel.linkedid);
  if (channel.half) world.dirty.groups.add(channel.half.linkedid);
  if (channel.dialledBy) world.dirty.groups.add(channel.dialledBy.linkedid);
  for (const dest of channel.dials) world.dirty.groups.add(dest.linkedid);
  // Rooms and lots hold strangers: only a bridge that makes its channels one call concerns the others.
  if (channel.bridge && joinsCalls(channel.bridge.info)) {
    for (const other of channel.bridge.channels) world.dirty.groups.add(other.linkedid);
  }
}

/** Whether the channels of such a bridge talk to each other as one call: not in parking lots, rooms and agent pools. */
export function joinsCalls(bridge: {
  readonly technology: string;
  readonly creator: string;
  readonly type: string;
}): boolean {
  if (bridge.technology === 'holding_bridge') return false;
  if (bridge.creator === 'Parking' || bridge.creator === 'ConfBridge' || bridge.creator === 'AgentPool') return false;
  return bridge.type !== 'parking' && bridge.type !== 'base' && bridge.type !== 'holding';
}

export function enterGroup(world: World, channel: Chan): void {
  const group = world.groups.get(channel.linkedid);
  if (group) group.channels.add(channel);
  else world.groups.set(channel.linkedid, { id: channel.linkedid, channels: new Set([channel]), memo: null });
}

/** Move a channel to the call of another linkedid; that call inherits what this one knew. */
export function regroup(world: World, channel: Chan, linkedid: string): void {
  if (channel.linkedid === linkedid) return;
  touch(world, channel);
  const old = world.groups.get(channel.linkedid);
  old?.channels.delete(channel);
  channel.linkedid = linkedid;
  enterGroup(world, channel);
  const group = world.groups.get(linkedid);
  if (old && group) inherit(old, group);
  touch(world, channel);
}

/** The older call keeps its caller, queue and number; what it lacks comes from the one that joins it. */
function inherit(from: Group, to: Group): void {
  if (!from.memo) return;
  if (!to.memo) {
    to.memo = { ...from.memo };
    return;
  }
  to.memo.queue ??= from.memo.queue;
  to.memo.did ??= from.memo.did;
}

/** Give all channels of a call-making bridge the oldest linkedid, as Asterisk does without telling. */
export function joinCalls(world: World, channels: Iterable<Chan>): void {
  const all = [...channels];
  let oldest: string | null = null;
  for (const { linkedid } of all) if (oldest === null || ageOf(linkedid, oldest) < 0) oldest = linkedid;
  if (oldest === null) return;
  for (const channel of all) regroup(world, channel, oldest);
}
