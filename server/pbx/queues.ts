import type { QueueMember } from '../protocol/records';
import { extensionOfDevice } from './channels';
import type { CallerInfo, MemberInfo, QueueInfo } from './events';
import { type Chan, link, type Queue, unlink, type World } from './facts';
import { touch } from './groups';
import { iso, isoOrNull } from './ids';
import { ownOf, shownOf, staysByHand } from './overlay';
import { put, remove } from './publish';

/** Queues: members, and callers in dense positions. SPEC Q1–Q15. */

export function reduceQueue(world: World, info: QueueInfo): void {
  if (info.name === '') return;
  const queue = world.queues.get(info.name);
  if (queue) queue.info = info;
  else world.queues.set(info.name, { info, members: new Map(), callers: [] });
  world.byHand.queue.delete(info.name);
  world.dirty.queues.add(info.name);
}

/** One that an administrator added. */
export function setUpQueue(world: World, name: string): void {
  reduceQueue(world, blankQueue(name));
}

export function reduceQueueGone(world: World, name: string): void {
  const queue = world.queues.get(name);
  if (!queue) return;
  for (const member of queue.members.values()) unindexMember(world, name, member);
  queue.members.clear();
  for (const caller of [...queue.callers]) removeCaller(world, name, caller.uniqueid);
  if (staysByHand(world, 'queue', name)) queue.info = blankQueue(name);
  else world.queues.delete(name);
  world.dirty.queues.add(name);
}

// --- members --------------------------------------------------------------------------------------------------------

/** The extension's number in `Local/101@from-queue/n` or `hint:101@ext-local`; null for real devices. */
function numberIn(text: string): string | null {
  const found = /^(?:Local\/|hint:)([^@/]+)@/i.exec(text);
  return found?.[1] ?? null;
}

/** What may tell the member's extension: its device, or the number in a Local interface or hint. */
function keysOf({ interface: called, stateInterface }: MemberInfo): readonly string[] {
  const keys = new Set([stateInterface, called, numberIn(stateInterface) ?? '', numberIn(called) ?? '']);
  keys.delete('');
  return [...keys];
}

function indexMember(world: World, name: string, member: MemberInfo): void {
  for (const key of keysOf(member)) {
    const queues = world.memberQueues.get(key);
    if (queues) queues.set(name, (queues.get(name) ?? 0) + 1);
    else world.memberQueues.set(key, new Map([[name, 1]]));
  }
}

function unindexMember(world: World, name: string, member: MemberInfo): void {
  for (const key of keysOf(member)) {
    const queues = world.memberQueues.get(key);
    const left = (queues?.get(name) ?? 0) - 1;
    if (left > 0) queues?.set(name, left);
    else queues?.delete(name);
    if (queues?.size === 0) world.memberQueues.delete(key);
  }
}

/** Look again at the queues with members on this device or number. */
export function touchMembersOf(world: World, key: string): void {
  for (const name of world.memberQueues.get(key)?.keys() ?? []) world.dirty.queues.add(name);
}

function extensionOfMember(world: World, { interface: called, stateInterface }: MemberInfo): string | null {
  const own = extensionOfDevice(world, stateInterface) ?? extensionOfDevice(world, called);
  if (own !== null) return own;
  const number = numberIn(stateInterface) ?? numberIn(called);
  return number !== null && world.extensions.has(number) ? number : null;
}

/** News of a member the queue does not hold is late, unless it says that it was added. */
export function reduceMember(world: World, name: string, member: MemberInfo, added: boolean): void {
  const known = world.queues.get(name)?.members.get(member.interface);
  if (!known && !added) return;
  if (!world.queues.has(name)) reduceQueue(world, blankQueue(name));
  const queue = world.queues.get(name);
  if (!queue) return;
  if (known) unindexMember(world, name, known);
  setMember(world, name, queue, member, known);
}

function setMember(world: World, name: string, queue: Queue, member: MemberInfo, known: MemberInfo | undefined): void {
  const inCall = member.inCall ?? known?.inCall ?? false;
  queue.members.set(member.interface, { ...member, inCall, pausedSince: pausedSince(world, member, known) });
  indexMember(world, name, member);
  world.dirty.queues.add(name);
}

/** Updates seldom tell since when: a pause that goes on keeps its time, one that began while we watched began now. */
function pausedSince(world: World, member: MemberInfo, known: MemberInfo | undefined): number | null {
  if (!member.paused) return null;
  if (member.pausedSince !== null) return member.pausedSince;
  if (known === undefined) return null;
  return known.paused ? known.pausedSince : world.now;
}

export function reduceMemberGone(world: World, name: string, called: string): void {
  const members = world.queues.get(name)?.members;
  const member = members?.get(called);
  if (!members || !member) return;
  unindexMember(world, name, member);
  members.delete(called);
  world.dirty.queues.add(name);
}

function blankQueue(name: string): QueueInfo {
  return { name, strategy: '', completed: 0, abandoned: 0, serviceLevel: 0, serviceLevelPerf: 0 };
}

// --- callers --------------------------------------------------------------------------------------------------------

export function reduceJoin(world: World, name: string, caller: CallerInfo): void {
  const channel = world.channels.get(caller.uniqueid);
  if (!channel || name === '') return;
  if (!world.queues.has(name)) reduceQueue(world, blankQueue(name));
  const known = world.queues.get(name)?.callers.find(({ uniqueid }) => uniqueid === caller.uniqueid);
  addCaller(world, name, known ? { ...caller, waitingSince: known.waitingSince } : caller);
}

function addCaller(world: World, name: string, caller: CallerInfo): void {
  const queue = world.queues.get(name);
  if (!queue) return;
  const others = queue.callers.filter(({ uniqueid }) => uniqueid !== caller.uniqueid);
  const place = Number.isInteger(caller.position) && caller.position > 0 ? caller.position - 1 : others.length;
  others.splice(Math.min(place, others.length), 0, caller);
  queue.callers = others;
  link(world.callerQueues, caller.uniqueid, name);
  world.dirty.queues.add(name);
  const channel = world.channels.get(caller.uniqueid);
  if (channel) wait(world, channel, name, caller.waitingSince);
}

function wait(world: World, channel: Chan, queue: string, since: number): void {
  world.guessedWaiting.delete(channel);
  channel.waiting = { queue, since, guessed: false };
  channel.application = null;
  touch(world, channel);
}

export function removeCaller(world: World, name: string, uniqueid: string): boolean {
  const queue = world.queues.get(name);
  stopWaiting(world, name, world.channels.get(uniqueid));
  if (!queue?.callers.some((caller) => caller.uniqueid === uniqueid)) return false;
  queue.callers = queue.callers.filter((caller) => caller.uniqueid !== uniqueid);
  unlink(world.callerQueues, uniqueid, name);
  world.dirty.queues.add(name);
  return true;
}

function stopWaiting(world: World, name: string, channel: Chan | undefined): void {
  if (channel?.waiting?.queue !== name) return;
  channel.waiting = null;
  world.guessedWaiting.delete(channel);
  touch(world, channel);
}

/** A gone channel waits nowhere. */
export function removeWaiting(world: World, uniqueid: string): void {
  for (const name of [...(world.callerQueues.get(uniqueid) ?? [])]) removeCaller(world, name, uniqueid);
}

export function reduceAbandon(world: World, name: string, uniqueid: string): void {
  const queue = world.queues.get(name);
  if (!queue || !removeCaller(world, name, uniqueid)) return;
  queue.info = { ...queue.info, abandoned: queue.info.abandoned + 1 };
}

export function reduceConnect(world: World, name: string, uniqueid: string, member: string): void {
  removeCaller(world, name, uniqueid);
  setInCall(world, name, member, true);
  const channel = world.channels.get(uniqueid);
  if (!channel || !world.queues.has(name)) return;
  channel.serving = name;
  const memo = world.groups.get(channel.linkedid)?.memo;
  if (memo) memo.queue = name;
  touch(world, channel);
}

export function reduceComplete(world: World, name: string, uniqueid: string, member: string): void {
  setInCall(world, name, member, false);
  const channel = world.channels.get(uniqueid);
  const queue = world.queues.get(name);
  if (!queue || channel?.serving !== name) return;
  channel.serving = null;
  queue.info = { ...queue.info, completed: queue.info.completed + 1 };
  world.dirty.queues.add(name);
}

/** Asterisk sends no news of the member when a talk begins, and says so in the next list alone. */
function setInCall(world: World, name: string, called: string, inCall: boolean): void {
  const members = world.queues.get(name)?.members;
  const member = members?.get(called);
  if (!members || !member || member.inCall === inCall) return;
  members.set(called, { ...member, inCall });
  world.dirty.queues.add(name);
}

// --- lists and records ----------------------------------------------------------------------------------------------

export interface ListedQueue {
  readonly queue: QueueInfo;
  readonly members: readonly MemberInfo[];
  readonly callers: readonly CallerInfo[];
}

export function listQueues(world: World, queues: readonly ListedQueue[]): void {
  const listed = new Set(queues.map(({ queue }) => queue.name));
  for (const name of [...world.queues.keys()]) if (!listed.has(name)) reduceQueueGone(world, name);
  for (const entry of queues) if (entry.queue.name !== '') listQueue(world, entry);
  for (const channel of [...world.guessedWaiting])
    if (channel.waiting) stopWaiting(world, channel.waiting.queue, channel);
}

function listQueue(world: World, { queue: info, members, callers }: ListedQueue): void {
  reduceQueue(world, info);
  const queue = world.queues.get(info.name);
  if (!queue) return;
  const old = new Map(queue.members);
  for (const member of old.values()) unindexMember(world, info.name, member);
  queue.members.clear();
  for (const member of members) setMember(world, info.name, queue, member, old.get(member.interface));
  listCallers(world, info.name, queue, callers);
}

function listCallers(world: World, name: string, queue: Queue, callers: readonly CallerInfo[]): void {
  const waiting = callers.filter(({ uniqueid }) => !world.goneChannels.has(uniqueid));
  const listed = new Set(waiting.map(({ uniqueid }) => uniqueid));
  const since = new Map(queue.callers.map(({ uniqueid, waitingSince }) => [uniqueid, waitingSince]));
  for (const { uniqueid } of [...queue.callers]) if (!listed.has(uniqueid)) removeCaller(world, name, uniqueid);
  queue.callers = [];
  for (const caller of [...waiting].sort((a, b) => a.position - b.position)) {
    const position = queue.callers.length + 1;
    addCaller(world, name, { ...caller, position, waitingSince: since.get(caller.uniqueid) ?? caller.waitingSince });
  }
}

export function publishQueue(world: World, name: string): void {
  const queue = world.queues.get(name);
  if (!queue) {
    remove(world, 'queues', name);
    return;
  }
  const { info } = queue;
  const own = ownOf(world, 'queue', name);
  put(world, 'queues', name, {
    name,
    label: own.label ?? name,
    ...shownOf(own),
    strategy: info.strategy,
    completed: info.completed,
    abandoned: info.abandoned,
    serviceLevel: info.serviceLevel,
    serviceLevelPerf: info.serviceLevelPerf,
    members: [...queue.members.values()].map((member) => memberRecord(world, member)),
    callers: queue.callers.map(({ uniqueid, number, name: who, waitingSince }, index) => ({
      uniqueid,
      number,
      name: who,
      position: index + 1,
      waitingSince: iso(waitingSince),
    })),
  });
}

function memberRecord(world: World, member: MemberInfo): QueueMember {
  return {
    interface: member.interface,
    stateInterface: member.stateInterface,
    extension: extensionOfMember(world, member),
    name: member.name,
    state: member.state,
    paused: member.paused,
    pausedReason: member.pausedReason,
    pausedSince: isoOrNull(member.pausedSince),
    penalty: member.penalty,
    callsTaken: member.callsTaken,
    lastCall: isoOrNull(member.lastCall),
    membership: member.membership,
    inCall: member.inCall ?? false,
  };
}
