import { pair, refresh } from './channels';
import type { ChannelSnapshot } from './events';
import type { Chan, World } from './facts';
import { joinCalls, regroup, touch } from './groups';
import { ageOf, realNumber } from './ids';

/** Who rings whom: dialling, forks, pickup, transfers, Local halves. SPEC C15–C24. */

export function reduceDialBegin(world: World, from: ChannelSnapshot | null, to: ChannelSnapshot): void {
  const source = refresh(world, from);
  const dest = refresh(world, to);
  // A channel is made for one dial: a second beginning is a late one.
  if (dest?.dial !== 'none' || dest === source) return;
  dest.dialled = true;
  if (dest.bridge) {
    dest.dial = 'answered';
    touch(world, dest);
    return;
  }
  dest.dial = 'ringing';
  if (source) connect(source, dest);
  touch(world, dest);
}

export function connect(source: Chan, dest: Chan): void {
  dest.dialledBy?.dials.delete(dest);
  dest.dialledBy = source;
  source.dials.add(dest);
  source.hasDialled = true;
  source.transferring = false;
  if (!dest.called) dest.target = '';
  dest.called = true;
}

/** The dial is over; of an answered one the edge stays until both ends are bridged, for the moments in between. */
export function endDial(world: World, dest: Chan, how: 'answered' | 'ended'): void {
  touch(world, dest);
  dest.dial = how;
  if (how === 'ended') disconnect(dest);
  else settle(dest);
}

export function disconnect(dest: Chan): void {
  dest.dialledBy?.dials.delete(dest);
  dest.dialledBy = null;
}

/** Where both ends of an answered dial are in bridges, the bridges tell who talks to whom. */
export function settle(channel: Chan): void {
  if (!channel.bridge) return;
  if (channel.dial === 'answered' && channel.dialledBy?.bridge) disconnect(channel);
  for (const dest of channel.dials) if (dest.dial === 'answered' && dest.bridge) disconnect(dest);
}

/** Leaving a bridge ends what an answered dial connected. */
export function unsettle(channel: Chan): void {
  if (channel.dial === 'answered') disconnect(channel);
  for (const dest of channel.dials) if (dest.dial === 'answered') disconnect(dest);
}

export function reduceDialEnd(world: World, from: ChannelSnapshot | null, to: ChannelSnapshot, status: string): void {
  const source = refresh(world, from);
  const dest = refresh(world, to);
  if (!dest) return;
  if (dest.dial === 'none') {
    dest.dial = 'ringing';
    dest.dialled = true;
    if (source && source !== dest && !dest.bridge) connect(source, dest);
  }
  if (dest.dial === 'ringing' && !dest.pickedUp) endDial(world, dest, status === 'ANSWER' ? 'answered' : 'ended');
}

export function reduceLocalPair(world: World, a: ChannelSnapshot, b: ChannelSnapshot): void {
  const one = refresh(world, a);
  const two = refresh(world, b);
  if (!one || !two || one === two || one.half === two) return;
  pair(one, two);
  touch(world, one);
  touch(world, two);
}

/** This channel put the other side on hold. */
export function reduceHold(world: World, snapshot: ChannelSnapshot, on: boolean): void {
  const channel = refresh(world, snapshot);
  if (!channel || (channel.holdSince !== null) === on) return;
  channel.holdSince = on ? world.now : null;
  touch(world, channel);
}

/** The other phone stops ringing at once; the call it rang for is the picker's. */
export function reducePickup(world: World, picker: ChannelSnapshot, rung: ChannelSnapshot): void {
  const channel = refresh(world, picker);
  const target = refresh(world, rung);
  if (!target || target.pickedUp || target.dial !== 'ringing' || target === channel) return;
  const source = target.dialledBy;
  endDial(world, target, 'ended');
  target.pickedUp = true;
  if (!channel) return;
  channel.dialled = true;
  channel.dial = 'answered';
  if (source && source !== channel && !channel.bridge) connect(source, channel);
  const [older, younger] = ageOf(target.linkedid, channel.linkedid) <= 0 ? [target, channel] : [channel, target];
  regroup(world, younger, older.linkedid);
  touch(world, channel);
}

export interface BlindTransfer {
  readonly transferer: ChannelSnapshot;
  readonly transferee: ChannelSnapshot | null;
  readonly bridgeId: string;
  readonly exten: string;
  readonly ok: boolean;
}

export function reduceBlindTransfer(world: World, event: BlindTransfer): void {
  const transferer = refresh(world, event.transferer);
  const transferee = refresh(world, event.transferee);
  if (!event.ok) return;
  for (const moved of transferee ? [transferee] : othersOf(world, event.bridgeId, transferer)) {
    // Told late, it must not undo what the transferee does already.
    if (moved.bridge && moved.bridge.id !== event.bridgeId && !moved.parked) continue;
    if (realNumber(event.exten) !== '') {
      moved.target = event.exten;
      moved.reached = false;
    }
    moved.transferring = moved.dials.size === 0 && !moved.parked && !moved.conference && !moved.waiting;
    moved.application = null;
    touch(world, moved);
  }
}

function othersOf(world: World, bridgeId: string, transferer: Chan | null): readonly Chan[] {
  const bridge = world.bridges.get(bridgeId);
  return bridge ? [...bridge.channels].filter((channel) => channel !== transferer && channel.person) : [];
}

export interface AttendedTransfer {
  readonly original: ChannelSnapshot;
  readonly consult: ChannelSnapshot;
  readonly transferee: ChannelSnapshot | null;
  readonly target: ChannelSnapshot | null;
  readonly ok: boolean;
}

/** Bridges tell the usual case by themselves; a transfer to a phone that still rings hands the ringing over. */
export function reduceAttendedTransfer(world: World, event: AttendedTransfer): void {
  const original = refresh(world, event.original);
  const consult = refresh(world, event.consult);
  const named = refresh(world, event.transferee);
  refresh(world, event.target);
  if (!event.ok || !consult) return;
  const transferee = named ?? othersOf(world, original?.bridge?.id ?? '', original)[0];
  const ringing = [...consult.dials].filter((dest) => dest.dial === 'ringing');
  if (!transferee || transferee === consult || ringing.length === 0) return;
  for (const dest of ringing) connect(transferee, dest);
  if (consult.target !== '') {
    transferee.target = consult.target;
    transferee.reached = false;
  }
  joinCalls(world, [transferee, ...ringing]);
  touch(world, consult);
  touch(world, transferee);
}
