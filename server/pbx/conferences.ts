import type { ParticipantInfo } from './events';
import { type Chan, type Conference, link, unlink, type World } from './facts';
import { reach } from './graph';
import { touch } from './groups';
import { compareIds, iso } from './ids';
import { ownOf, shownOf, staysByHand } from './overlay';
import { put, remove } from './publish';

/** Conference rooms (ConfBridge and MeetMe). SPEC K1–K7. */

type Kind = Conference['kind'];

function knownRoom(world: World, name: string, kind: Kind): Conference {
  world.byHand.conference.delete(name);
  const known = world.conferences.get(name);
  if (known) return known;
  const room: Conference = { kind, locked: false, recording: false, participants: new Map() };
  world.conferences.set(name, room);
  return room;
}

export function reduceConference(
  world: World,
  { name, kind, locked, recording }: { name: string; kind: Kind; locked?: boolean; recording?: boolean },
): void {
  if (name === '') return;
  const room = knownRoom(world, name, kind);
  if (locked !== undefined) room.locked = locked;
  if (recording !== undefined) room.recording = recording;
  world.dirty.conferences.add(name);
}

export function reduceConferenceGone(world: World, name: string): void {
  const room = world.conferences.get(name);
  if (!room) return;
  for (const uniqueid of [...room.participants.keys()]) removeParticipant(world, name, uniqueid);
  if (staysByHand(world, 'conference', name)) world.conferences.set(name, { ...room, locked: false, recording: false });
  else world.conferences.delete(name);
  world.dirty.conferences.add(name);
}

/** One that an administrator added: it is there without participants. */
export function setUpRoom(world: World, name: string): void {
  knownRoom(world, name, 'confbridge');
}

export function reduceJoinRoom(world: World, name: string, kind: Kind, participant: ParticipantInfo): void {
  const channel = world.channels.get(participant.uniqueid);
  if (!channel || name === '' || world.conferences.get(name)?.participants.has(participant.uniqueid)) return;
  addParticipant(world, name, knownRoom(world, name, kind), participant, channel);
}

function addParticipant(
  world: World,
  name: string,
  room: Conference,
  participant: ParticipantInfo,
  channel: Chan | undefined,
): void {
  room.participants.set(participant.uniqueid, participant);
  link(world.participantRooms, participant.uniqueid, name);
  world.dirty.conferences.add(name);
  if (!channel) return;
  channel.conference = { name, since: participant.joinedAt };
  channel.transferring = false;
  touch(world, channel);
}

function removeParticipant(world: World, name: string, uniqueid: string): void {
  if (!world.conferences.get(name)?.participants.delete(uniqueid)) return;
  unlink(world.participantRooms, uniqueid, name);
  world.dirty.conferences.add(name);
  const channel = world.channels.get(uniqueid);
  if (channel?.conference?.name !== name) return;
  channel.conference = null;
  channel.interrupted = true;
  touch(world, channel);
}

/** The last one out closes the room: empty rooms are made by the first to come. */
export function reduceLeaveRoom(world: World, name: string, uniqueid: string): void {
  const room = world.conferences.get(name);
  if (!room?.participants.has(uniqueid)) return;
  removeParticipant(world, name, uniqueid);
  if (room.participants.size === 0) reduceConferenceGone(world, name);
}

export function leaveRooms(world: World, uniqueid: string): void {
  for (const name of [...(world.participantRooms.get(uniqueid) ?? [])]) reduceLeaveRoom(world, name, uniqueid);
}

export interface ParticipantChange {
  readonly name: string;
  readonly uniqueid: string;
  readonly muted?: boolean;
  readonly talking?: boolean;
  readonly admin?: boolean;
}

export function reduceParticipant(world: World, { name, uniqueid, muted, talking, admin }: ParticipantChange): void {
  const participants = world.conferences.get(name)?.participants;
  const known = participants?.get(uniqueid);
  if (!participants || !known) return;
  participants.set(uniqueid, {
    ...known,
    muted: muted ?? known.muted,
    talking: talking ?? known.talking,
    admin: admin ?? known.admin,
  });
  world.dirty.conferences.add(name);
}

export interface ListedConference {
  readonly name: string;
  readonly kind: Kind;
  readonly locked: boolean;
  readonly recording: boolean;
  readonly participants: readonly ParticipantInfo[];
}

export function listConferences(world: World, conferences: readonly ListedConference[]): void {
  const listed = new Set(conferences.map(({ name }) => name));
  for (const name of [...world.conferences.keys()]) if (!listed.has(name)) reduceConferenceGone(world, name);
  for (const conference of conferences) if (conference.name !== '') listRoom(world, conference);
}

function listRoom(world: World, listed: ListedConference): void {
  reduceConference(world, listed);
  const room = knownRoom(world, listed.name, listed.kind);
  room.kind = listed.kind;
  const old = new Map(room.participants);
  const present = listed.participants.filter(({ uniqueid }) => !world.goneChannels.has(uniqueid));
  const ids = new Set(present.map(({ uniqueid }) => uniqueid));
  for (const uniqueid of old.keys()) if (!ids.has(uniqueid)) removeParticipant(world, listed.name, uniqueid);
  room.participants.clear();
  for (const participant of present) {
    const joinedAt = old.get(participant.uniqueid)?.joinedAt ?? participant.joinedAt;
    const channel = world.channels.get(participant.uniqueid);
    addParticipant(world, listed.name, room, { ...participant, joinedAt }, channel);
  }
}

export function publishConference(world: World, name: string): void {
  const room = world.conferences.get(name);
  if (!room) {
    remove(world, 'conferences', name);
    return;
  }
  const participants = [...room.participants.values()].sort(
    (a, b) => a.joinedAt - b.joinedAt || compareIds(a.uniqueid, b.uniqueid),
  );
  const own = ownOf(world, 'conference', name);
  put(world, 'conferences', name, {
    name,
    label: own.label ?? name,
    ...shownOf(own),
    kind: room.kind,
    locked: room.locked,
    recording: room.recording,
    participants: participants.map((participant) => ({
      uniqueid: participant.uniqueid,
      number: participant.number,
      name: participant.name,
      extension: extensionOf(world.channels.get(participant.uniqueid)),
      muted: participant.muted,
      talking: participant.talking,
      admin: participant.admin,
      marked: participant.marked,
      joinedAt: iso(participant.joinedAt),
    })),
  });
}

/** Of the channel itself, or of the one person behind a Local half. */
function extensionOf(channel: Chan | undefined): string | null {
  if (!channel || channel.person) return channel?.extension ?? null;
  const { talk } = reach(channel);
  return talk.length === 1 ? (talk[0]?.extension ?? null) : null;
}
