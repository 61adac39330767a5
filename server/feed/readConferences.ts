import type { ListEvent, ParticipantInfo } from '../pbx/events';
import { type Access, inParallel } from './access';
import { participantInfo } from './conferences';
import { flag, text } from './values';

const ROOM_CONCURRENCY = 4;

interface Room {
  readonly name: string;
  readonly kind: 'confbridge' | 'meetme';
  readonly locked: boolean;
  readonly recording: boolean;
  readonly participants: ParticipantInfo[];
}

/** ConfbridgeListRooms and ConfbridgeList per room; MeetmeList where MeetMe is still there. */
export async function readConferences(
  access: Access,
  now: () => number,
  repair: boolean,
  uniqueidOf: (channelName: string) => string | undefined,
  wasRecording: (room: string) => boolean,
): Promise<ListEvent | null> {
  const roomItems = await access.list('ConfbridgeListRooms');
  const meetmeItems = await access.list('MeetmeList');
  if (roomItems === null && meetmeItems === null) return null;
  const rooms = new Map<string, Room>();
  for (const item of roomItems ?? []) {
    const name = text(item, 'Conference');
    if (name === '') continue;
    // No list tells whether a room is being recorded: only its events do.
    rooms.set(name, {
      name,
      kind: 'confbridge',
      locked: flag(item, 'Locked'),
      recording: wasRecording(name),
      participants: [],
    });
  }
  await inParallel([...rooms.values()], ROOM_CONCURRENCY, async (room) => {
    const items = (await access.list('ConfbridgeList', { Conference: room.name })) ?? [];
    const at = now();
    room.participants.push(...items.flatMap((item) => participantInfo(item, at) ?? []));
  });
  for (const item of meetmeItems ?? []) {
    const name = text(item, 'Conference');
    const participant = participantInfo(item, now(), uniqueidOf(text(item, 'Channel')));
    if (name === '' || participant === null) continue;
    const room: Room = rooms.get(name) ?? { name, kind: 'meetme', locked: false, recording: false, participants: [] };
    rooms.set(name, room);
    room.participants.push(participant);
  }
  return { type: 'list.conferences', at: now(), repair, conferences: [...rooms.values()] };
}
