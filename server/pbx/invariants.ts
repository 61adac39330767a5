import type { ExtensionCall, ExtensionRecord } from '../protocol/records';
import type { World } from './facts';
import { compareIds, isPerson } from './ids';
import type { PbxModel } from './model';

/**
 * What must hold after every event, whatever came before: the records agree with the facts and with each other. Returns
 * the violations in words, none when all is well. For tests, and for whoever wants to doubt a running model.
 */
export function violations(model: PbxModel): string[] {
  const found: string[] = [];
  const must = (holds: boolean, what: string) => {
    if (!holds) found.push(what);
  };
  checkFacts(model.facts, must);
  checkChannels(model, must);
  checkCalls(model, must);
  for (const extension of model.maps.extensions.values()) checkExtension(model, extension, must);
  checkQueues(model, must);
  checkPlaces(model, must);
  checkTrunks(model, must);
  return found;
}

/** What must be left when every channel has hung up: nothing that names one. */
export function leftovers(model: PbxModel): string[] {
  const { maps, facts } = model;
  const found: string[] = [];
  if (maps.calls.size > 0) found.push(`calls ${[...maps.calls.keys()]}`);
  if (maps.channels.size > 0) found.push(`channels ${[...maps.channels.keys()]}`);
  for (const { number, calls } of maps.extensions.values()) if (calls.length > 0) found.push(`calls of ${number}`);
  for (const { name, callers } of maps.queues.values()) if (callers.length > 0) found.push(`callers in ${name}`);
  for (const { lot, slots } of maps.parking.values()) if (slots.length > 0) found.push(`slots of ${lot}`);
  for (const { name, participants } of maps.conferences.values()) if (participants.length > 0) found.push(`in ${name}`);
  for (const { name, channels } of maps.trunks.values()) if (channels.length > 0) found.push(`channels of ${name}`);
  const indexes = { channels: facts.channels, groups: facts.groups, byName: facts.byName, byDevice: facts.byDevice };
  for (const [name, index] of Object.entries(indexes)) if (index.size > 0) found.push(`index ${name}`);
  if (maps.transfers.size === 0 && facts.transferLegs.size > 0) found.push('index of transfers');
  if (facts.alone.size + facts.guessedWaiting.size + facts.callerQueues.size > 0) found.push('index of waiting');
  if (facts.slotLots.size + facts.participantRooms.size > 0) found.push('index of places');
  return found;
}

type Must = (holds: boolean, what: string) => void;

function checkFacts(world: World, must: Must): void {
  for (const channel of world.channels.values()) {
    const { uniqueid: id } = channel;
    must(world.groups.get(channel.linkedid)?.channels.has(channel) === true, `${id} is in its group`);
    must(channel.bridge === null || channel.bridge.channels.has(channel), `${id} is in its bridge`);
    must(channel.half === null || channel.half.half === channel, `${id} is the half of its half`);
    must(channel.dialledBy === null || channel.dialledBy.dials.has(channel), `${id} is dialled by its dialler`);
    for (const dest of channel.dials) must(dest.dialledBy === channel, `${dest.uniqueid} knows that ${id} dials it`);
    must(world.byDevice.get(channel.device)?.has(channel) === true, `${id} is found by device`);
    if (channel.bridge) must(world.bridges.get(channel.bridge.id) === channel.bridge, `${id} is in a known bridge`);
    if (channel.dialledBy) must(world.channels.has(channel.dialledBy.uniqueid), `${id} is dialled by a known channel`);
  }
  for (const group of world.groups.values()) must(group.channels.size > 0, `group ${group.id} is not empty`);
  for (const bridge of world.bridges.values()) {
    for (const { uniqueid } of bridge.channels)
      must(world.channels.has(uniqueid), `${uniqueid} in ${bridge.id} is known`);
  }
}

function checkChannels({ maps, facts }: PbxModel, must: Must): void {
  let people = 0;
  for (const channel of facts.channels.values()) if (channel.person) people++;
  must(people === maps.channels.size, 'each person has a channel record');
  for (const record of maps.channels.values()) {
    const channel = facts.channels.get(record.uniqueid);
    must(channel !== undefined && isPerson(record.name), `${record.uniqueid} is a known person`);
    must(channel?.state === record.state && channel.linkedid === record.linkedid, `${record.uniqueid} is as the fact`);
    must((channel?.bridge?.id ?? null) === record.bridgeId, `${record.uniqueid} has the bridge of the fact`);
    must(channel?.extension === record.extension, `${record.uniqueid} has the extension of the fact`);
  }
}

function checkCalls({ maps }: PbxModel, must: Must): void {
  const seen = new Set<string>();
  for (const call of maps.calls.values()) {
    must(call.legs.length > 0, `call ${call.id} has legs`);
    for (const leg of call.legs) {
      must(!seen.has(leg), `leg ${leg} is in one call`);
      seen.add(leg);
      must(maps.channels.get(leg)?.linkedid === call.id, `leg ${leg} of ${call.id} is a channel of that linkedid`);
    }
    const sorted = [...call.legs].sort(compareIds);
    must(sorted.join() === call.legs.join(), `legs of ${call.id} are ordered by age`);
    const unanswered = call.state === 'dialing' || call.state === 'ringing' || call.state === 'queued';
    must(!unanswered || call.answeredAt === null, `call ${call.id} is ${call.state} and not answered`);
    must((call.heldSince !== null) <= (call.state === 'onHold'), `call ${call.id} has heldSince only on hold`);
    must((call.parkedSince !== null) <= (call.state === 'parked'), `call ${call.id} has parkedSince only when parked`);
  }
  must(seen.size === maps.channels.size, 'each channel is a leg of a call');
}

function checkExtension(model: PbxModel, extension: ExtensionRecord, must: Must): void {
  const { number, calls } = extension;
  for (const call of calls) checkLine(model, number, call, must);
  const starts = calls.map(({ startedAt }) => startedAt);
  must([...starts].sort().join() === starts.join(), `calls of ${number} are ordered by start`);
  if (calls.length === 0) return;
  const rings = calls.some(({ state }) => state === 'ringing');
  const active = calls.some(({ state }) => state !== 'ringing');
  const allowed = rings
    ? active
      ? ['ringInUse']
      : ['ringing', 'ringInUse']
    : ['inUse', 'onHold', 'busy', 'ringInUse'];
  must(allowed.includes(extension.state), `${number} is ${extension.state} with ${calls.map(({ state }) => state)}`);
}

const clocked: ReadonlySet<string> = new Set(['held', 'onHold', 'queued', 'parked']);

function checkLine({ maps }: PbxModel, number: string, line: ExtensionCall, must: Must): void {
  const where = `line ${line.uniqueid} of ${number}`;
  must(maps.channels.get(line.uniqueid)?.extension === number, `${where} is its channel`);
  must(maps.calls.get(line.callId)?.legs.includes(line.uniqueid) === true, `${where} is a leg of its call`);
  must(line.peer === null || maps.channels.has(line.peer), `${where} has a known peer`);
  must(line.peer !== line.uniqueid, `${where} is not its own peer`);
  const unanswered = line.state === 'dialing' || line.state === 'ringing' || line.state === 'queued';
  must(!unanswered || line.answeredAt === null, `${where} is ${line.state} and not answered`);
  must(line.stateSince === null || clocked.has(line.state), `${where} is ${line.state}, which has no clock`);
}

function checkQueues({ maps, facts }: PbxModel, must: Must): void {
  for (const { name, callers, members } of maps.queues.values()) {
    callers.forEach(({ position, uniqueid }, index) => {
      must(position === index + 1, `positions of ${name} are dense`);
      must(!facts.goneChannels.has(uniqueid), `${uniqueid} in ${name} is not gone`);
    });
    must(new Set(callers.map(({ uniqueid }) => uniqueid)).size === callers.length, `callers of ${name} are different`);
    must(
      new Set(members.map((member) => member.interface)).size === members.length,
      `members of ${name} are different`,
    );
  }
}

function checkPlaces({ maps, facts }: PbxModel, must: Must): void {
  for (const { lot, slots } of maps.parking.values()) {
    must(new Set(slots.map(({ space }) => space)).size === slots.length, `spaces of ${lot} hold one call each`);
    for (const { uniqueid } of slots) must(!facts.goneChannels.has(uniqueid), `${uniqueid} in ${lot} is not gone`);
  }
  for (const { name, participants } of maps.conferences.values()) {
    for (const { uniqueid } of participants)
      must(!facts.goneChannels.has(uniqueid), `${uniqueid} in ${name} is not gone`);
  }
}

function checkTrunks({ maps }: PbxModel, must: Must): void {
  for (const { name, channels } of maps.trunks.values()) {
    for (const { uniqueid, callId } of channels) {
      must(maps.channels.has(uniqueid), `${uniqueid} on ${name} is a channel`);
      must(maps.calls.get(callId)?.legs.includes(uniqueid) === true, `${uniqueid} on ${name} is a leg of its call`);
    }
  }
}
