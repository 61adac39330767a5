import type { CallRecord, CallState, ExtensionCall, Party } from '../protocol/records';
import { staleDevice } from './channels';
import type { CallMemo, Chan, Group, LegView, World } from './facts';
import { compareIds, iso, isoOrNull, peerOf, realName, realNumber } from './ids';
import { viewOf } from './legs';
import { put, remove, share } from './publish';

/** Calls: the legs of one linkedid, and what each extension sees of them. SPEC C40–C52. */

const nobody: Party = { number: '', name: '' };

/** Look at one call anew: its record, and the lines of its legs. */
export function deriveGroup(world: World, id: string): void {
  const group = world.groups.get(id);
  if (group && group.channels.size === 0) world.groups.delete(id);
  const legs = group ? [...group.channels].filter((channel) => channel.person).sort(byAge) : [];
  if (!group || legs.length === 0) {
    remove(world, 'calls', id);
    return;
  }
  for (const leg of legs) leg.view = viewOf(world, leg);
  const memo = remember(world, group, legs);
  for (const leg of legs) deriveLine(world, id, memo, leg);
  put(world, 'calls', id, callRecord(id, sidesOf(world, memo, group, legs), memo, legs));
}

function byAge(a: Chan, b: Chan): number {
  return compareIds(a.uniqueid, b.uniqueid);
}

// --- who calls whom -------------------------------------------------------------------------------------------------

function remember(world: World, group: Group, legs: readonly Chan[]): CallMemo {
  group.memo ??= newMemo(legs);
  const memo = group.memo;
  for (const leg of legs) {
    memo.createdAt = Math.min(memo.createdAt, leg.createdAt);
    if (leg.waiting) memo.queue = leg.waiting.queue;
    memo.did ??= leg.did;
  }
  for (const channel of group.channels) if (!channel.person && channel.did) memo.did ??= channel.did;
  const from = rememberFrom(world, memo, legs);
  rememberTo(world, memo, legs, from);
  return memo;
}

function newMemo(legs: readonly Chan[]): CallMemo {
  const createdAt = Math.min(...legs.map((leg) => leg.createdAt));
  return { createdAt, from: nobody, to: nobody, fromLeg: null, toLeg: null, dialled: '', queue: null, did: null };
}

/** The caller stays; when it handed the call over to the one it had called, that one takes its place. */
function rememberFrom(world: World, memo: CallMemo, legs: readonly Chan[]): Chan | null {
  let leg = legs.find(({ uniqueid }) => uniqueid === memo.fromLeg) ?? null;
  if (leg === null && memo.fromLeg === null) leg = legs.find((other) => !other.dialled) ?? legs[0] ?? null;
  if (leg === null && legs.length > 1) leg = legs.find(({ uniqueid }) => uniqueid === memo.toLeg) ?? null;
  if (leg === null) return null;
  if (memo.toLeg === leg.uniqueid) memo.toLeg = null;
  memo.fromLeg = leg.uniqueid;
  memo.from = partyOfLeg(world, leg, memo);
  if (leg.target !== '') memo.dialled = leg.target;
  return leg;
}

function rememberTo(world: World, memo: CallMemo, legs: readonly Chan[], from: Chan | null): void {
  const talker = partnerOf(memo, legs, from);
  if (talker) {
    memo.toLeg = talker.uniqueid;
    memo.to = partyOfLeg(world, talker, memo);
    return;
  }
  const state = from?.view.state;
  const parker = from?.parked ? peerOf(from.parked.by) : '';
  if (parker !== '') memo.to = partyOfNumber(world, parker);
  else if (state === 'queued') memo.to = { number: memo.dialled || (memo.queue ?? ''), name: queueLabel(world, memo) };
  else if (memo.toLeg === null) memo.to = behindDid(world, memo, from) ?? dialledNumber(world, memo);
  // Who asks somebody for a transfer still has the one who waits in this call.
  else if (from && state === 'dialing' && !world.transferLegs.has(from.uniqueid))
    memo.to = dialledParty(world, memo, from);
}

function dialledNumber(world: World, memo: CallMemo): Party {
  return partyOfNumber(world, memo.dialled, queueLabel(world, memo));
}

/** A direct number says nothing to people: the one extension that rings for it does. */
function behindDid(world: World, memo: CallMemo, from: Chan | null): Party | null {
  if (memo.did === null || memo.dialled !== memo.did || from?.view.state !== 'dialing') return null;
  const [only, ...others] = from.view.peers;
  return only && others.length === 0 && only.extension !== null ? partyOfLeg(world, only, memo) : null;
}

/** The one who talks with the caller; of several the one who did so already, else the newest. */
function partnerOf(memo: CallMemo, legs: readonly Chan[], from: Chan | null): Chan | null {
  const peers = from ? from.view.peers : legs;
  const talkers = peers.filter((leg) => leg !== from && isConnected(leg.view) && legs.includes(leg));
  if (from && !isConnected(from.view)) return null;
  return talkers.find(({ uniqueid }) => uniqueid === memo.toLeg) ?? talkers.at(-1) ?? null;
}

function isConnected({ state }: LegView): boolean {
  return state === 'talking' || state === 'held' || state === 'onHold';
}

function queueLabel(world: World, memo: CallMemo): string {
  return memo.queue === null ? '' : (world.maps.queues.get(memo.queue)?.label ?? memo.queue);
}

function partyOfNumber(world: World, number: string, name = ''): Party {
  return { number, name: (world.extensions.get(number) ?? world.ringGroups.get(number))?.name || name };
}

/** Whom a leg stands for. */
export function partyOfLeg(world: World, leg: Chan, memo: CallMemo): Party {
  const own = leg.caller;
  if (leg.extension !== null) {
    return { number: leg.extension, name: world.extensions.get(leg.extension)?.name || realName(own.name) };
  }
  const number = realNumber(own.number);
  if (number !== '' || !leg.dialled) return { number: number || deviceNumber(world, leg), name: realName(own.name) };
  const caller = leg.dialledBy?.connected;
  if (caller && realNumber(caller.number) !== '') return { number: caller.number, name: realName(caller.name) };
  return { number: memo.dialled || deviceNumber(world, leg), name: realName(own.name) };
}

/** A trunk's name is nobody's number. */
function deviceNumber(world: World, leg: Chan): string {
  return world.trunks.has(leg.device) ? '' : peerOf(leg.device);
}

// --- the lines of extensions ----------------------------------------------------------------------------------------

function deriveLine(world: World, callId: string, memo: CallMemo, leg: Chan): void {
  const before = leg.line;
  const listed = leg.justListed;
  leg.justListed = false;
  leg.line = leg.extension === null || leg.view.state === null ? null : share(before, lineOf(world, callId, memo, leg));
  if (world.trunks.has(leg.device)) world.dirty.trunks.add(leg.device);
  if (before === leg.line || leg.extension === null) return;
  if (before?.state !== leg.line?.state && !listed) staleDevice(world, leg.device);
  world.dirty.extensions.add(leg.extension);
}

function lineOf(world: World, callId: string, memo: CallMemo, leg: Chan): ExtensionCall {
  const { view } = leg;
  return {
    callId,
    uniqueid: leg.uniqueid,
    peer: view.peers.length === 1 ? (view.peers[0]?.uniqueid ?? null) : null,
    direction: directionOf(world, memo, leg),
    state: view.state ?? 'service',
    party: lineParty(world, memo, leg),
    queue: memo.queue,
    startedAt: iso(leg.createdAt),
    answeredAt: isoOrNull(answeredAt(leg)),
    stateSince: isoOrNull(view.since),
  };
}

/** Who was called once, and calls now or asks somebody else, is the caller. */
function directionOf(world: World, memo: CallMemo, leg: Chan): ExtensionCall['direction'] {
  const asks = leg.view.state === 'dialing' && world.transferLegs.has(leg.uniqueid);
  return leg.dialled && !asks && !(leg.hasDialled && leg.uniqueid === memo.fromLeg) ? 'in' : 'out';
}

/** Ringing and waiting have no talk time, a room's begins when it was joined. */
export function answeredAt(leg: Chan): number | null {
  const { state } = leg.view;
  if (state === 'conference') return leg.conference?.since ?? leg.talkSince ?? leg.createdAt;
  if (isConnected(leg.view)) return leg.talkSince;
  return state === 'parked' ? leg.talkSince : null;
}

function lineParty(world: World, memo: CallMemo, leg: Chan): Party {
  const { state, peers } = leg.view;
  const peer = peers[0];
  switch (state) {
    case 'talking':
    case 'held':
    case 'onHold':
      if (peer) return partyOfLeg(world, peer, memo);
      return world.transferLegs.get(leg.uniqueid)?.party ?? leg.line?.party ?? nobody;
    case 'ringing':
      return peer ? partyOfLeg(world, peer, memo) : ringParty(world, memo, leg);
    case 'dialing':
      return (peer ? undefined : world.transferLegs.get(leg.uniqueid)?.party) ?? dialledParty(world, memo, leg);
    case 'queued':
      return { number: leg.target || (memo.queue ?? ''), name: queueLabel(world, memo) };
    case 'parked':
      return leg.parked ? partyOfNumber(world, peerOf(leg.parked.by)) : nobody;
    case 'conference':
      return { number: leg.conference?.name ?? leg.target, name: '' };
    default:
      return peer ? partyOfLeg(world, peer, memo) : { number: leg.target, name: leg.application ?? '' };
  }
}

/** Whom a leg dials: the number, named by the one phone that rings for it; without a number of its own, that phone. */
function dialledParty(world: World, memo: CallMemo, leg: Chan): Party {
  const only = leg.view.peers.length === 1 ? leg.view.peers[0] : undefined;
  const rung = only ? partyOfLeg(world, only, memo) : nobody;
  if (leg.target !== '' && !(leg.reached && only))
    return partyOfNumber(world, leg.target, only?.extension === null ? rung.name : '');
  const first = leg.view.peers[0];
  return first ? partyOfLeg(world, first, memo) : ringParty(world, memo, leg);
}

/** Nobody is seen at the other end: what the PBX presents, else the caller of the call. */
function ringParty(world: World, memo: CallMemo, leg: Chan): Party {
  const { number, name } = leg.connected;
  if (realNumber(number) !== '') return partyOfNumber(world, number, realName(name));
  return memo.fromLeg === leg.uniqueid ? partyOfNumber(world, leg.target) : memo.from;
}

// --- the record -----------------------------------------------------------------------------------------------------

/**
 * Who calls whom. A leg that is alone in its call stands for one side of it: it waits for who is asked for it, or it was
 * called through Local channels on behalf of somebody whose own call is another. SPEC X4.
 */
function sidesOf(world: World, memo: CallMemo, group: Group, legs: readonly Chan[]): Pick<CallRecord, 'from' | 'to'> {
  const [leg, ...others] = legs;
  if (leg === undefined || others.length > 0) return memo;
  const own = partyOfLeg(world, leg, memo);
  const waiting = world.transferLegs.get(leg.uniqueid);
  if (waiting !== undefined && leg.view.state === 'dialing') return { from: own, to: waiting.party };
  const onBehalf = leg.dialled && memo.fromLeg === leg.uniqueid && group.channels.size > 1;
  if (!onBehalf || !(leg.view.state === 'ringing' || isConnected(leg.view))) return memo;
  const other = lineParty(world, memo, leg);
  return other.number === '' || other.number === own.number ? memo : { from: other, to: own };
}

function callRecord(
  id: string,
  { from, to }: Pick<CallRecord, 'from' | 'to'>,
  memo: CallMemo,
  legs: readonly Chan[],
): CallRecord {
  const state = callState(legs);
  return {
    id,
    state,
    legs: legs.map(({ uniqueid }) => uniqueid),
    from,
    to,
    queue: memo.queue,
    did: memo.did,
    createdAt: iso(memo.createdAt),
    answeredAt: isoOrNull(earliest(legs, answeredAt)),
    heldSince: state === 'onHold' ? isoOrNull(earliest(legs, (leg) => leg.view.since)) : null,
    parkedSince: state === 'parked' ? isoOrNull(earliest(legs, (leg) => leg.parked?.since ?? null)) : null,
    recording: legs.some(({ recording }) => recording.panel || recording.told > 0),
  };
}

function earliest(legs: readonly Chan[], of: (leg: Chan) => number | null): number | null {
  let first: number | null = null;
  for (const leg of legs) {
    const at = of(leg);
    if (at !== null && (first === null || at < first)) first = at;
  }
  return first;
}

const inOrder: readonly CallState[] = [
  'talking',
  'onHold',
  'parked',
  'conference',
  'queued',
  'ringing',
  'dialing',
  'service',
];

function callState(legs: readonly Chan[]): CallState {
  const states = new Set(legs.map(({ view }) => (view.state === 'held' ? 'onHold' : view.state)));
  return (
    inOrder.find((state) => states.has(state)) ?? (legs.every(({ state }) => state === 'up') ? 'service' : 'dialing')
  );
}
