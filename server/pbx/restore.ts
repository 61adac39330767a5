import { dropBridge, enterBridge, knowBridge, leaveBridge } from './bridges';
import { createChannel, updateChannel } from './channels';
import { connect, endDial } from './dials';
import type { BridgeInfo, ListedChannel } from './events';
import type { Chan, World } from './facts';
import { reduceGone } from './gone';
import { regroup, touch } from './groups';
import { peerOf } from './ids';

/** A full list of channels: what is gone goes, what is new comes with its past as far as a list tells. SPEC L4–L12. */

/** Applications that mean "was called" on the called leg. */
const calledBy: ReadonlySet<string> = new Set(['AppDial', 'AppDial2', 'AppQueue']);
/** Applications that ring others. */
const ringsOthers: ReadonlySet<string> = new Set(['Dial', 'Queue', 'RetryDial', 'FollowMe', 'Page', 'ParkAndAnnounce']);
/** Applications that are a place of their own. */
const services: ReadonlySet<string> = new Set([
  'VoiceMail',
  'VoiceMailMain',
  'Echo',
  'MusicOnHold',
  'Record',
  'Directory',
  'DISA',
  'Milliwatt',
  'Playback',
  'BackGround',
  'Read',
  'IVR',
  'ChanSpy',
  'ExtenSpy',
  'AGI',
  'Stasis',
]);

export function listChannels(world: World, channels: readonly ListedChannel[], bridges: readonly BridgeInfo[]): void {
  const listed = channels.filter(({ uniqueid }) => uniqueid !== '' && !world.goneChannels.has(uniqueid));
  removeOthers(world, listed, bridges);
  for (const info of bridges) if (!world.goneBridges.has(info.id)) knowBridge(world, info);
  const pairs = listed.map((row) => [row, place(world, row)] as const);
  // Bridges are entered when all channels are known: entering makes their calls one.
  for (const [row, channel] of pairs) putInBridge(world, channel, row.bridgeId);
  for (const [row, channel] of pairs) readApplication(world, channel, row);
  for (const [row, channel] of pairs) restoreDial(world, channel, row, pairs);
}

function removeOthers(world: World, channels: readonly ListedChannel[], bridges: readonly BridgeInfo[]): void {
  const ids = new Set(channels.map(({ uniqueid }) => uniqueid));
  for (const uniqueid of [...world.channels.keys()]) if (!ids.has(uniqueid)) reduceGone(world, uniqueid);
  for (const uniqueid of placesOf(world)) if (!ids.has(uniqueid)) forgetPlaces(world, uniqueid);
  const kept = new Set(bridges.map(({ id }) => id));
  for (const { bridgeId } of channels) if (bridgeId !== null) kept.add(bridgeId);
  for (const id of [...world.bridges.keys()]) if (!kept.has(id)) dropBridge(world, id);
}

/** Queue callers, parked calls and participants that another list told before this one did. */
function placesOf(world: World): readonly string[] {
  return [...world.callerQueues.keys(), ...world.slotLots.keys(), ...world.participantRooms.keys()];
}

function forgetPlaces(world: World, uniqueid: string): void {
  const wasGone = world.goneChannels.has(uniqueid);
  reduceGone(world, uniqueid);
  // Never seen as a channel: it may still be announced as a new one.
  if (!wasGone) world.goneChannels.delete(uniqueid);
}

/** A channel as the list gives it: its state and linkedid are taken as they are, even where an event would be late. */
function place(world: World, row: ListedChannel): Chan {
  const known = world.channels.get(row.uniqueid);
  if (!known) return restore(world, row);
  updateChannel(world, known, row);
  known.state = row.state;
  regroup(world, known, row.linkedid || row.uniqueid);
  touch(world, known);
  return known;
}

function restore(world: World, row: ListedChannel): Chan {
  const channel = createChannel(world, row, row.createdAt);
  channel.restored = true;
  channel.justListed = true;
  channel.knownAnswer = row.answeredAt;
  channel.dialled = calledBy.has(row.application) || row.state === 'ringing';
  channel.called = channel.dialled;
  if (channel.called) channel.target = '';
  adoptPlaces(world, channel);
  return channel;
}

/** Places that another list told before this channel was known. */
function adoptPlaces(world: World, channel: Chan): void {
  const { uniqueid } = channel;
  for (const queue of world.callerQueues.get(uniqueid) ?? []) {
    const caller = world.queues.get(queue)?.callers.find((waiting) => waiting.uniqueid === uniqueid);
    if (caller) channel.waiting = { queue, since: caller.waitingSince, guessed: false };
  }
  const lot = world.slotLots.get(uniqueid);
  const slot = lot === undefined ? undefined : world.lots.get(lot)?.slots.get(uniqueid);
  if (lot !== undefined && slot)
    channel.parked = { lot, space: slot.space, since: slot.parkedSince, by: slot.parkedBy };
  for (const name of world.participantRooms.get(uniqueid) ?? []) {
    const participant = world.conferences.get(name)?.participants.get(uniqueid);
    if (participant) channel.conference = { name, since: participant.joinedAt };
    world.dirty.conferences.add(name);
  }
}

function putInBridge(world: World, channel: Chan, id: string | null): void {
  if (id === null || id === '') {
    if (channel.bridge) leaveBridge(world, channel);
    return;
  }
  const bridge =
    world.bridges.get(id) ?? knowBridge(world, { id, type: 'basic', technology: '', creator: '', name: '' });
  enterBridge(world, channel, bridge);
}

/**
 * No event tells which application a channel is in: the panel's account hears nothing of the dialplan. Of channels that are
 * known it is read from the list, which is no repair.
 */
export function learnApplications(world: World, channels: readonly ListedChannel[]): void {
  for (const row of channels) {
    const channel = world.channels.get(row.uniqueid);
    if (channel !== undefined && channel.state === row.state) readApplication(world, channel, row);
  }
}

function readApplication(world: World, channel: Chan, row: ListedChannel): void {
  if (services.has(row.application)) {
    channel.application = row.application;
    touch(world, channel);
  } else if (!calledBy.has(row.application) && row.application !== '') channel.application = null;
  if (row.application !== 'Queue' || channel.bridge || channel.waiting || !channel.restored) return;
  const queue = row.applicationData.split(/[,|]/, 1)[0] ?? '';
  if (queue === '') return;
  // Corrected by the list of queues, which knows since when.
  channel.waiting = { queue, since: row.createdAt, guessed: true };
  world.guessedWaiting.add(channel);
}

type Rows = readonly (readonly [ListedChannel, Chan])[];

/** Ringing legs find the one that rings them; rings that the list shows to be over are ended. */
function restoreDial(world: World, channel: Chan, row: ListedChannel, rows: Rows): void {
  if (channel.dial === 'ringing' && channel.bridge) {
    endDial(world, channel, 'answered');
    return;
  }
  if (channel.dial === 'ringing' && row.state === 'up' && channel.dialledBy) {
    endDial(world, channel, 'answered');
    return;
  }
  const rings = row.state === 'ringing' || (row.state === 'down' && calledBy.has(row.application));
  if (!rings || channel.bridge || channel.dialledBy || channel.dial === 'ended') return;
  if (channel.dial !== 'none' && !channel.restored) return;
  channel.dial = 'ringing';
  channel.dialled = true;
  const source = sourceOf(channel, rows);
  if (source) connect(source, channel);
  touch(world, channel);
}

/** Of the call's legs that dial, the one whose dial string names this device, else the only one. */
function sourceOf(dest: Chan, rows: Rows): Chan | null {
  const peer = peerOf(dest.device);
  const local = dest.name.startsWith('Local/') ? dest.name.slice(0, dest.name.lastIndexOf('-')) : dest.device;
  let first: Chan | null = null;
  for (const [row, channel] of rows) {
    if (channel === dest || channel === dest.half || channel.linkedid !== dest.linkedid) continue;
    if (!ringsOthers.has(row.application)) continue;
    if (row.applicationData.includes(local) || row.applicationData.includes(peer)) return channel;
    first ??= channel;
  }
  return first;
}
