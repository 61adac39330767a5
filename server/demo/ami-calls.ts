import type { AmiAction, AmiReply, AmiRequest } from './ami-reply';
import { header } from './blocks';
import type { Engine } from './engine';
import type { Channel, Conference, ConferenceUser, Party, QueueMember } from './model';
import { originate, parseChannel } from './originate';

/** Actions that move calls, queue members and conference participants. */
export const callActions: Readonly<Record<string, AmiAction>> = {
  Originate: originateAction,

  Hangup(engine, request, reply) {
    const name = request.get('Channel');
    if (!name) return reply.error('No channel specified');
    const cause = Number(request.get('Cause')) || 16;
    if (name.startsWith('/')) return hangupAll(engine, name, cause, reply);
    const channel = engine.channels.find(name);
    if (!channel) return reply.error('No such channel');
    reply.ok('Channel Hungup');
    engine.core.clock.after(2, () => engine.channels.hangup(channel, { cause, by: 'soft' }));
  },

  Redirect(engine, request, reply) {
    const [name, context, exten] = [request.get('Channel'), request.get('Context'), request.get('Exten')];
    if (!name) return reply.error('Channel not specified');
    if (!context) return reply.error('Context not specified');
    if (!exten) return reply.error('Exten not specified');
    if (!request.get('Priority')) return reply.error('Priority not specified');
    const channel = engine.channels.find(name);
    if (!channel) return reply.error(`Channel does not exist: ${name}`);
    if (channel.ending) return reply.error('Redirect failed, channel not up.');
    const extra = request.get('ExtraChannel');
    const second = extra ? engine.channels.find(extra) : undefined;
    if (extra && !second) return reply.error(`ExtraChannel does not exist: ${extra}`);
    reply.ok(second ? 'Dual Redirect successful' : 'Redirect successful');
    if (second && !second.ending) {
      const place = { context: request.get('ExtraContext') || context, exten: request.get('ExtraExten') || exten };
      if (channel.bridge && channel.bridge === second.bridge) {
        second.afterBridge = () => engine.dialplan.enter(second, place.context, place.exten);
      } else redirect(engine, second, place.context, place.exten);
    }
    redirect(engine, channel, context, exten);
  },

  BlindTransfer(engine, request, reply) {
    const name = request.get('Channel');
    const exten = request.get('Exten');
    if (!name) return reply.error('No channel specified');
    if (!exten) return reply.error('No extension specified');
    const channel = engine.channels.find(name);
    if (!channel) return reply.error('Channel specified does not exist');
    const result = engine.transfers.blind(channel, request.get('Context') || channel.context, exten);
    if (result === 'Success') reply.ok('Transfer succeeded');
    else reply.error(result === 'Invalid' ? 'Transfer invalid' : 'Transfer failed');
  },

  Atxfer(engine, request, reply) {
    const name = request.get('Channel');
    const exten = request.get('Exten');
    if (!name) return reply.error('No channel specified');
    if (!exten) return reply.error('No extension specified');
    const channel = engine.channels.find(name);
    if (!channel) return reply.error('Channel specified does not exist');
    reply.ok('Atxfer successfully queued');
    engine.core.clock.after(5, () => engine.atxfer.start(channel, request.get('Context') || channel.context, exten));
  },

  CancelAtxfer(engine, request, reply) {
    const name = request.get('Channel');
    if (!name) return reply.error('No channel specified');
    const channel = engine.channels.find(name);
    if (!channel) return reply.error('Channel specified does not exist');
    reply.ok('CancelAtxfer successfully queued');
    engine.core.clock.after(5, () => engine.atxfer.cancel(channel));
  },

  Park(engine, request, reply) {
    const name = request.get('Channel');
    if (!name) return reply.error('Channel not specified');
    const timeout = request.get('Timeout');
    if (timeout && !/^\d+$/.test(timeout)) return reply.error('Invalid Timeout value.');
    const channel = engine.channels.find(name);
    if (!channel) return reply.error(`Channel does not exist: ${name}`);
    const lot = engine.parking.lots.get(request.get('Parkinglot') || 'default');
    if (!lot || channel.ending) return reply.error('Park action failed\n');
    const announce = request.get('TimeoutChannel') || request.get('Channel2');
    const parker = announce ? engine.channels.find(announce) : undefined;
    const back = parker?.device ?? engine.bridges.peer(channel)?.device ?? channel.device ?? '';
    reply.ok('Park successful\n');
    engine.core.clock.after(2, () => {
      if (channel.ending) return;
      const seconds = timeout ? Math.max(1, Math.floor(Number(timeout) / 1000)) : lot.timeout;
      engine.channels.release(channel);
      channel.pbx = true;
      engine.parking.park(channel, back, lot, seconds);
    });
  },

  QueueAdd(engine, request, reply) {
    const [name, device] = [request.get('Queue'), request.get('Interface')];
    if (!name) return reply.error("'Queue' not specified.");
    if (!device) return reply.error("'Interface' not specified.");
    const queue = engine.queues.byName.get(name);
    if (!queue) return reply.error('Unable to add interface to queue: No such queue');
    const member = engine.queues.addMember(queue, {
      interface: device,
      name: request.get('MemberName') || device,
      stateInterface: request.get('StateInterface') || undefined,
      penalty: Math.max(0, Number(request.get('Penalty')) || 0),
      paused: truthy(request.get('Paused')),
      dynamic: true,
    });
    if (member) reply.ok('Added interface to queue');
    else reply.error('Unable to add interface: Already there');
  },

  QueueRemove(engine, request, reply) {
    const [name, device] = [request.get('Queue'), request.get('Interface')];
    if (!name || !device) return reply.error("Need 'Queue' and 'Interface' parameters.");
    const queue = engine.queues.byName.get(name);
    if (!queue) return reply.error('Unable to remove interface from queue: No such queue');
    const member = queue.members.find((one) => one.interface === device);
    if (!member) return reply.error('Unable to remove interface: Not there');
    if (!member.dynamic) return reply.error('Member not dynamic');
    engine.queues.removeMember(queue, member);
    reply.ok('Removed interface from queue');
  },

  QueuePause(engine, request, reply) {
    const device = request.get('Interface');
    const paused = request.get('Paused');
    if (!device || !paused) return reply.error("Need 'Interface' and 'Paused' parameters.");
    const members = membersOf(engine, request.get('Queue'), device);
    if (members.length === 0) return reply.error('Interface not found');
    for (const member of members) engine.queues.pause(member, truthy(paused), request.get('Reason'));
    reply.ok(truthy(paused) ? 'Interface paused successfully' : 'Interface unpaused successfully');
  },

  QueuePenalty(engine, request, reply) {
    const device = request.get('Interface');
    const penalty = Number(request.get('Penalty'));
    if (!device || request.get('Penalty') === '') return reply.error("Need 'Interface' and 'Penalty' parameters.");
    const members = membersOf(engine, request.get('Queue'), device);
    if (members.length === 0 || !Number.isInteger(penalty) || penalty < 0) {
      return reply.error('Invalid interface, queuename or penalty');
    }
    for (const member of members) engine.queues.setPenalty(member, penalty);
    reply.ok('Interface penalty set successfully');
  },

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

  MixMonitor: (engine, request, reply) => onChannel(engine, request, reply, 'Success'),
  StopMixMonitor: (engine, request, reply) => onChannel(engine, request, reply, 'Success'),
  PlayDTMF: (engine, request, reply) => onChannel(engine, request, reply, 'DTMF successfully queued'),
};

function onChannel(engine: Engine, request: AmiRequest, reply: AmiReply, message: string): void {
  const name = request.get('Channel');
  if (!name) reply.error('No channel specified');
  else if (engine.channels.find(name)) reply.ok(message);
  else reply.error('No such channel');
}

function originateAction(engine: Engine, request: AmiRequest, reply: AmiReply): void {
  const channel = request.get('Channel');
  if (!channel) {
    reply.error('Channel not specified');
    return;
  }
  const priority = request.get('Priority');
  if (priority && !/^\d+$/.test(priority)) {
    reply.error('Invalid priority');
    return;
  }
  const timeout = request.get('Timeout') || '30000';
  if (!/^\d+$/.test(timeout)) {
    reply.error('Invalid timeout');
    return;
  }
  if (!channel.includes('/')) {
    reply.error('Invalid channel');
    return;
  }
  const application = request.get('Application');
  const [exten, context] = [request.get('Exten'), request.get('Context')];
  if (!application && (!exten || !context || !priority)) {
    reply.error("Originate with 'Exten' requires 'Context' and 'Priority'");
    return;
  }
  if (!application && !engine.dialplan.exists(context, exten)) {
    reply.error('Extension does not exist.');
    return;
  }
  const target = parseChannel(channel);
  if (!target) {
    reply.error('Originate failed');
    return;
  }
  reply.ok('Originate successfully queued');
  const wanted = {
    channel,
    context,
    exten,
    application,
    data: request.get('Data'),
    callerId: party(request.get('CallerID')),
    timeoutMs: Math.min(Number(timeout), 3_600_000),
    actionId: request.actionId,
  };
  engine.core.clock.after(2, () => originate(engine, wanted, target));
}

function hangupAll(engine: Engine, pattern: string, cause: number, reply: AmiReply): void {
  if (pattern.length < 3 || !pattern.endsWith('/')) {
    reply.error('Regex format invalid, Channel param should be /regex/');
    return;
  }
  const exact = /^\/\^?([\w./@;-]+)\$?\/$/.exec(pattern)?.[1];
  // A caller's own expression is not run: it could hold the only thread for minutes.
  if (exact === undefined) {
    reply.error(`Regex compile failed on: ${pattern}`);
    return;
  }
  reply.listStart('Channels hung up will follow');
  const matching = [...engine.channels.byName.values()].filter(({ name }) => name.includes(exact));
  for (const channel of matching) reply.item('ChannelHungup', header('Channel', channel.name), true);
  reply.listEnd('ChannelsHungupListComplete');
  for (const channel of matching) engine.channels.hangup(channel, { cause, by: 'soft' });
}

function redirect(engine: Engine, channel: Channel, context: string, exten: string): void {
  engine.core.clock.after(2, () => {
    if (channel.ending) return;
    if (channel.state !== 6) engine.channels.answer(channel);
    engine.channels.release(channel);
    if (!channel.ending) engine.dialplan.enter(channel, context, exten);
  });
}

function membersOf(engine: Engine, queue: string, device: string): QueueMember[] {
  return [...engine.queues.byName.values()]
    .filter((one) => !queue || one.name === queue)
    .flatMap((one) => one.members.filter((member) => member.interface === device));
}

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

function truthy(value: string): boolean {
  return /^(yes|true|y|t|1|on)$/i.test(value.trim());
}

/** `"Ann Lee" <101>` or `101`. */
function party(text: string): Party | null {
  if (!text) return null;
  const parts = /^\s*"?([^"<]*?)"?\s*<([^>]*)>\s*$/.exec(text);
  return parts ? { name: parts[1] ?? '', num: parts[2] ?? '' } : { num: text.trim(), name: '' };
}
