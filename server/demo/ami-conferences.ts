import type { AmiAction, AmiReply, AmiRequest } from './ami-reply';
import type { Engine } from './engine';
import type { Conference, ConferenceUser } from './model';

/** What a conference's leader does. */
export const conferenceActions: Readonly<Record<string, AmiAction>> = {
  ConfbridgeMute: (engine, request, reply) => mute(engine, request, reply, true),
  ConfbridgeUnmute: (engine, request, reply) => mute(engine, request, reply, false),
  ConfbridgeLock: (engine, request, reply) => lock(engine, request, reply, true),
  ConfbridgeUnlock: (engine, request, reply) => lock(engine, request, reply, false),

  ConfbridgeKick(engine, request, reply) {
    const room = roomOf(engine, request, reply);
    if (!room) return;
    const wanted = request.get('Channel');
    const users = wanted === 'all' ? [...room.users] : usersOf(room, wanted);
    if (users.length === 0) return reply.error('No Channel by that name found in Conference.');
    reply.ok(wanted === 'all' ? 'All participants kicked' : 'User kicked');
    for (const user of users) engine.channels.hangup(user.channel, { by: 'soft' });
  },
};

function roomOf(engine: Engine, request: AmiRequest, reply: AmiReply): Conference | undefined {
  const name = request.get('Conference');
  const room = engine.conferences.rooms.get(name);
  if (!name) reply.error('No Conference name provided.');
  else if (engine.conferences.rooms.size === 0) reply.error('No active conferences.');
  else if (!room) reply.error('No Conference by that name found.');
  return room;
}

function usersOf(room: Conference, wanted: string): ConferenceUser[] {
  return room.users.filter(({ channel }) => channel.name === wanted || channel.uniqueid === wanted);
}

function mute(engine: Engine, request: AmiRequest, reply: AmiReply, muted: boolean): void {
  if (!request.get('Conference')) {
    reply.error('No Conference name provided.');
    return;
  }
  if (!request.get('Channel')) {
    reply.error('No channel name provided.');
    return;
  }
  const room = roomOf(engine, request, reply);
  if (!room) return;
  const wanted = request.get('Channel');
  const users = wanted === 'all' ? [...room.users] : usersOf(room, wanted);
  if (users.length === 0) {
    reply.error('No Channel by that name found in Conference.');
    return;
  }
  for (const user of users) engine.conferences.mute(room, user, muted);
  reply.ok(muted ? 'User muted' : 'User unmuted');
}

function lock(engine: Engine, request: AmiRequest, reply: AmiReply, locked: boolean): void {
  const room = roomOf(engine, request, reply);
  if (!room) return;
  engine.conferences.lock(room, locked);
  reply.ok(locked ? 'Conference locked' : 'Conference unlocked');
}
