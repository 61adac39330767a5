import type { ChannelState, Party } from '../protocol/records';
import type { ChannelSnapshot } from './events';
import { type Chan, type LegView, link, unlink, type World } from './facts';
import { enterGroup, regroup, touch } from './groups';
import { ageOf, deviceOf, isPerson, otherHalf, realNumber } from './ids';
import { put, remove } from './publish';

/** Channels: the base truth. SPEC C1–C9. */

const noView: LegView = { state: null, since: null, peers: [] };

/** A `channel` event: only cause `new` creates. */
export function reduceChannel(world: World, cause: string, snapshot: ChannelSnapshot): void {
  const known = world.channels.get(snapshot.uniqueid);
  if (known) updateChannel(world, known, snapshot);
  else if (cause === 'new' && snapshot.uniqueid !== '' && !world.goneChannels.has(snapshot.uniqueid)) {
    createChannel(world, snapshot, world.now);
  }
}

export function createChannel(world: World, snapshot: ChannelSnapshot, createdAt: number): Chan {
  const channel = blankChannel(snapshot, createdAt);
  world.channels.set(channel.uniqueid, channel);
  enterGroup(world, channel);
  indexName(world, channel);
  channel.target = realNumber(snapshot.exten);
  touch(world, channel);
  return channel;
}

function blankChannel(snapshot: ChannelSnapshot, createdAt: number): Chan {
  const { uniqueid, name, state, caller, connected, exten, context } = snapshot;
  return {
    uniqueid,
    linkedid: snapshot.linkedid || uniqueid,
    name,
    state,
    caller,
    connected,
    exten,
    context,
    device: deviceOf(name),
    person: isPerson(name),
    extension: null,
    createdAt,
    target: '',
    reached: false,
    called: false,
    partners: [],
    dialled: false,
    dial: 'none',
    dialledBy: null,
    dials: new Set(),
    hasDialled: false,
    bridge: null,
    half: null,
    holdSince: null,
    talkSince: null,
    interrupted: false,
    aloneSince: null,
    graceOver: false,
    transferring: false,
    pickedUp: false,
    did: null,
    recording: { panel: false, told: 0 },
    waiting: null,
    parked: null,
    unparked: '',
    conference: null,
    application: null,
    serving: null,
    knownAnswer: null,
    restored: false,
    justListed: false,
    view: noView,
    line: null,
  };
}

/** Take what a snapshot of a known channel says. Duplicates touch nothing. */
export function updateChannel(world: World, channel: Chan, snapshot: ChannelSnapshot): void {
  const { name, state, caller, connected, exten, context } = snapshot;
  if (name !== channel.name && name !== '') rename(world, channel, name);
  if (state !== channel.state && mayBecome(channel.state, state)) {
    channel.state = state;
    touch(world, channel);
  }
  if (!sameParty(channel.caller, caller) || !sameParty(channel.connected, connected)) {
    channel.caller = caller;
    channel.connected = connected;
    touch(world, channel);
  }
  channel.context = context;
  if (exten !== channel.exten) {
    channel.exten = exten;
    takeTarget(world, channel);
  }
  // A linkedid only ever becomes older; a younger one is from a late event.
  if (snapshot.linkedid !== '' && ageOf(snapshot.linkedid, channel.linkedid) <= 0)
    regroup(world, channel, snapshot.linkedid);
}

/** The first number dialled counts, and after a talk the next one. */
function takeTarget(world: World, channel: Chan): void {
  const isFirst = channel.target === '' && !channel.called;
  // park-dial is where Asterisk itself sends a parked call back; its extension is a device's name.
  if (channel.context === 'park-dial' || realNumber(channel.exten) === '') return;
  if (!isFirst && !channel.reached) return;
  channel.target = channel.exten;
  channel.reached = false;
  touch(world, channel);
}

/** Update from an event that carries a snapshot; null when the channel is unknown or gone. */
export function refresh(world: World, snapshot: ChannelSnapshot | null): Chan | null {
  if (snapshot === null) return null;
  const channel = world.channels.get(snapshot.uniqueid);
  if (!channel) return null;
  updateChannel(world, channel, snapshot);
  return channel;
}

/** An answered channel never rings again, nor does a ringing one become unborn: such news is late. */
function mayBecome(from: ChannelState, to: ChannelState): boolean {
  if (from === 'up') return false;
  return !(to === 'down' && (from === 'ringing' || from === 'ring'));
}

function sameParty(a: Party, b: Party): boolean {
  return a.number === b.number && a.name === b.name;
}

function rename(world: World, channel: Chan, name: string): void {
  touch(world, channel);
  unindexName(world, channel);
  channel.name = name;
  channel.device = deviceOf(name);
  channel.person = isPerson(name);
  indexName(world, channel);
  touch(world, channel);
}

function indexName(world: World, channel: Chan): void {
  world.byName.set(channel.name, channel);
  link(world.byDevice, channel.device, channel);
  const half = otherHalf(channel.name);
  const other = half === null ? undefined : world.byName.get(half);
  if (other && !other.half) pair(channel, other);
  assignExtension(world, channel);
}

function unindexName(world: World, channel: Chan): void {
  if (world.byName.get(channel.name) === channel) world.byName.delete(channel.name);
  unlink(world.byDevice, channel.device, channel);
  if (world.trunks.has(channel.device)) world.dirty.trunks.add(channel.device);
}

export function pair(one: Chan, two: Chan): void {
  if (one.half === two || one === two) return;
  if (one.half) one.half.half = null;
  if (two.half) two.half.half = null;
  one.half = two;
  two.half = one;
}

/** Which extension a device's channels belong to; the one named like the device when several claim it. */
export function extensionOfDevice(world: World, device: string): string | null {
  const claims = world.claims.get(device);
  if (!claims) return null;
  const own = device.slice(device.indexOf('/') + 1);
  return claims.includes(own) ? own : (claims[0] ?? null);
}

/** Put a channel under the extension its device belongs to now. */
export function assignExtension(world: World, channel: Chan): void {
  const number = channel.person ? extensionOfDevice(world, channel.device) : null;
  if (world.trunks.has(channel.device)) world.dirty.trunks.add(channel.device);
  if (number === channel.extension) return;
  leaveExtension(world, channel);
  channel.extension = number;
  if (number !== null) {
    world.extensions.get(number)?.channels.add(channel);
    world.dirty.extensions.add(number);
  }
  channel.line = null;
  touch(world, channel);
}

function leaveExtension(world: World, channel: Chan): void {
  if (channel.extension === null) return;
  world.extensions.get(channel.extension)?.channels.delete(channel);
  world.dirty.extensions.add(channel.extension);
}

export function publishChannel(world: World, uniqueid: string): void {
  const channel = world.channels.get(uniqueid);
  if (!channel?.person) {
    remove(world, 'channels', uniqueid);
    return;
  }
  put(world, 'channels', uniqueid, {
    uniqueid,
    linkedid: channel.linkedid,
    name: channel.name,
    state: channel.state,
    extension: channel.extension,
    bridgeId: channel.bridge?.id ?? null,
  });
}

/** The last steps of a channel's end: every index forgets it, its id is remembered as gone. */
export function forgetChannel(world: World, channel: Chan): void {
  touch(world, channel);
  if (channel.line !== null) staleDevice(world, channel.device);
  world.channels.delete(channel.uniqueid);
  world.goneChannels.add(channel.uniqueid);
  unindexName(world, channel);
  leaveExtension(world, channel);
  world.alone.delete(channel);
  world.guessedWaiting.delete(channel);
  const group = world.groups.get(channel.linkedid);
  group?.channels.delete(channel);
  if (channel.half) channel.half.half = null;
  channel.half = null;
  for (const dest of channel.dials) dest.dialledBy = null;
  channel.dials.clear();
  channel.dialledBy?.dials.delete(channel);
  channel.dialledBy = null;
  channel.bridge?.channels.delete(channel);
  channel.bridge = null;
}

export function reduceDid(world: World, uniqueid: string, did: string): void {
  const channel = world.channels.get(uniqueid);
  if (!channel || did === '' || channel.did === did) return;
  channel.did = did;
  const memo = world.groups.get(channel.linkedid)?.memo;
  if (memo) memo.did = did;
  touch(world, channel);
}

/** The panel's own recording is told twice where the PBX tells of recordings too. */
export function reduceRecording(world: World, uniqueid: string, on: boolean, by: 'panel' | 'pbx'): void {
  const channel = world.channels.get(uniqueid);
  if (!channel) return;
  const { recording } = channel;
  if (by === 'panel') recording.panel = on;
  else recording.told = Math.max(0, recording.told + (on ? 1 : -1));
  touch(world, channel);
}

export function reduceApplication(world: World, uniqueid: string, application: string): void {
  const channel = world.channels.get(uniqueid);
  if (!channel) return;
  channel.application = application === '' ? null : application;
  channel.transferring = false;
  touch(world, channel);
}

/** The device state told before this change no longer speaks about this line. */
export function staleDevice(world: World, device: string): void {
  const known = world.devices.get(device);
  if (known) known.fresh = false;
}
