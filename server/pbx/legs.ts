import type { Chan, LegView, TransferLeg, World } from './facts';
import { type Reach, reach } from './graph';
import { joinsCalls } from './groups';

/** What one leg is doing. SPEC C30–C39. */

/** How long a leg whose partner left still counts as talking: usually it hangs up within it. Epoch ms. */
export const graceMs = 1000;

export function viewOf(world: World, channel: Chan): LegView {
  const near = reach(channel);
  const place = placeOf(channel, near.place);
  if (place) return place;
  if (near.talk.length > 0) return talking(world, channel, near.talk);
  loseTalk(world, channel);
  const waiting = channel.waiting ?? near.place?.waiting;
  if (waiting) return interrupt(channel, { state: 'queued', since: waiting.since, peers: [] });
  return ringView(channel, near) ?? aloneView(channel, near, world.transferLegs.get(channel.uniqueid));
}

/** Parking lots and rooms: a place is where the leg is, whoever else is there. */
function placeOf(channel: Chan, through: Chan | null): LegView | null {
  const parked = channel.parked ?? through?.parked;
  if (parked) return interrupt(channel, { state: 'parked', since: parked.since, peers: [] });
  if (channel.conference ?? through?.conference) return { state: 'conference', since: null, peers: [] };
  const creator = channel.restored ? channel.bridge?.info.creator : undefined;
  if (creator === 'Parking') return interrupt(channel, { state: 'parked', since: null, peers: [] });
  return creator === 'ConfBridge' ? { state: 'conference', since: null, peers: [] } : null;
}

function talking(world: World, channel: Chan, peers: readonly Chan[]): LegView {
  if (channel.talkSince === null || channel.interrupted) channel.talkSince = answerTime(world, channel, peers);
  channel.interrupted = false;
  channel.partners = peers;
  channel.reached = true;
  channel.aloneSince = null;
  channel.graceOver = false;
  world.alone.delete(channel);
  if (channel.holdSince !== null) return { state: 'held', since: channel.holdSince, peers };
  let since: number | null = null;
  for (const { holdSince } of peers) {
    if (holdSince === null) return { state: 'talking', since: null, peers };
    since = since === null ? holdSince : Math.min(since, holdSince);
  }
  return { state: 'onHold', since, peers };
}

/** Now, or for a call that a list told: the answer time it gave, else when the later of the two legs began. */
function answerTime(world: World, channel: Chan, peers: readonly Chan[]): number {
  if (!channel.justListed || channel.talkSince !== null) return world.now;
  channel.restored = false;
  if (channel.knownAnswer !== null) return channel.knownAnswer;
  let latest = channel.createdAt;
  for (const peer of peers) latest = Math.max(latest, peer.knownAnswer ?? peer.createdAt);
  return latest;
}

function loseTalk(world: World, channel: Chan): void {
  if (channel.talkSince === null || channel.interrupted || channel.aloneSince !== null) return;
  channel.aloneSince = world.now;
  world.alone.set(channel, world.now);
}

function interrupt(channel: Chan, view: LegView): LegView {
  channel.interrupted = true;
  return view;
}

function ringView(channel: Chan, near: Reach): LegView | null {
  if (channel.dials.size > 0 || near.rings.length > 0) {
    return interrupt(channel, { state: 'dialing', since: null, peers: near.rings });
  }
  if (channel.dial !== 'ringing' || channel.pickedUp) return null;
  // Originate rings a phone for nobody: once it is up, the phone is the caller.
  if (channel.state === 'up' && channel.dialledBy === null) return null;
  return { state: 'ringing', since: null, peers: near.rungBy };
}

function aloneView(channel: Chan, near: Reach, part: TransferLeg | undefined): LegView {
  if (part !== undefined && channel.state === 'up' && !channel.pickedUp) {
    return { state: part.state, since: part.state === 'onHold' ? part.since : null, peers: [] };
  }
  const state = aloneState(channel);
  // Up, but the caller is not through yet: behind a Local channel that asks for confirmation.
  return { state, since: state === 'onHold' ? channel.aloneSince : null, peers: near.rungBy };
}

function aloneState(channel: Chan): LegView['state'] {
  if (channel.pickedUp) return null;
  if (channel.state === 'up') return upState(channel);
  if (channel.dial === 'ended') return null;
  if (channel.state === 'ringing') return 'ringing';
  if (channel.state === 'down' || channel.state === 'reserved' || channel.dialled) return null;
  return 'dialing';
}

/** Up, with nobody: in an application, on its way, or left behind. */
function upState(channel: Chan): LegView['state'] {
  if (channel.transferring) return 'dialing';
  if (channel.application !== null || channel.aloneSince === null) return 'service';
  const bridged = channel.bridge !== null && joinsCalls(channel.bridge.info);
  if (bridged && (channel.graceOver || channel.partners.some(isElsewhere))) return 'onHold';
  return channel.graceOver ? 'service' : 'talking';
}

/** The partner is with somebody else: a consultation, not the end of the call. */
function isElsewhere(partner: Chan): boolean {
  return partner.dials.size > 0 || (partner.bridge !== null && joinsCalls(partner.bridge.info));
}
