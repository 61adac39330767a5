import { refresh } from './channels';
import { endDial, settle, unsettle } from './dials';
import type { BridgeInfo, ChannelSnapshot } from './events';
import type { Bridge, Chan, World } from './facts';
import { joinCalls, joinsCalls, touch } from './groups';

/** Bridges: who is connected with whom. SPEC C10–C14. */

export function knowBridge(world: World, info: BridgeInfo): Bridge {
  const known = world.bridges.get(info.id);
  if (known) {
    known.info = info;
    return known;
  }
  const bridge: Bridge = { id: info.id, info, channels: new Set() };
  world.bridges.set(info.id, bridge);
  return bridge;
}

export function reduceBridge(world: World, info: BridgeInfo): void {
  if (info.id !== '' && !world.goneBridges.has(info.id)) knowBridge(world, info);
}

export function reduceBridgeGone(world: World, id: string): void {
  if (id === '') return;
  world.goneBridges.add(id);
  dropBridge(world, id);
}

export function dropBridge(world: World, id: string): void {
  const bridge = world.bridges.get(id);
  if (!bridge) return;
  for (const channel of [...bridge.channels]) leaveBridge(world, channel);
  world.bridges.delete(id);
}

export function reduceEnter(world: World, info: BridgeInfo, snapshot: ChannelSnapshot, swapWith: string | null): void {
  const channel = refresh(world, snapshot);
  if (!channel || info.id === '' || world.goneBridges.has(info.id)) return;
  const bridge = knowBridge(world, info);
  const swapped = swapWith === null || swapWith === channel.uniqueid ? undefined : world.channels.get(swapWith);
  if (swapped && swapped.bridge === bridge) leaveBridge(world, swapped);
  enterBridge(world, channel, bridge);
}

export function enterBridge(world: World, channel: Chan, bridge: Bridge): void {
  if (channel.bridge !== bridge) {
    if (channel.bridge) leaveBridge(world, channel);
    bridge.channels.add(channel);
    channel.bridge = bridge;
  }
  if (joinsCalls(bridge.info)) {
    // The bridge is the connection from here on.
    if (channel.dial === 'ringing') endDial(world, channel, 'answered');
    settle(channel);
    channel.transferring = false;
    joinCalls(world, bridge.channels);
  }
  touch(world, channel);
}

export function reduceLeave(world: World, bridgeId: string, snapshot: ChannelSnapshot): void {
  const channel = refresh(world, snapshot);
  if (channel?.bridge?.id === bridgeId) leaveBridge(world, channel);
}

/** A hold belongs to the bridge it was asked in. */
export function leaveBridge(world: World, channel: Chan): void {
  touch(world, channel);
  channel.bridge?.channels.delete(channel);
  channel.bridge = null;
  channel.holdSince = null;
  unsettle(channel);
}

export function reduceMerge(world: World, into: string, from: string): void {
  const source = world.bridges.get(from);
  const target = world.bridges.get(into);
  if (!source || !target || source === target) return;
  for (const channel of [...source.channels]) {
    touch(world, channel);
    source.channels.delete(channel);
    channel.bridge = null;
    enterBridge(world, channel, target);
  }
}
