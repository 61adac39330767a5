import type { AmiAction, AmiReply } from './ami-reply';
import { bridgeHeaders, channelHeaders, header } from './blocks';
import { extensionHeaders } from './devices';
import type { Engine } from './engine';
import type { Channel, ConferenceUser, Queue } from './model';
import { presenceHeaders } from './presence';

/** Lists of what is there now, in Asterisk 22's words. */
export const listActions: Readonly<Record<string, AmiAction>> = {
  CoreShowChannels(engine, _request, reply) {
    reply.listStart('Channels will follow');
    for (const channel of engine.channels.byId.values()) {
      reply.item('CoreShowChannel', channelHeaders(channel) + running(engine, channel));
    }
    reply.listEnd('CoreShowChannelsComplete');
  },

  Status(engine, request, reply) {
    const wanted = request.get('Channel');
    const one = wanted ? engine.channels.find(wanted) : undefined;
    if (wanted && !one) return reply.error('No such channel');
    reply.listStart('Channel status will follow');
    const channels = one ? [one] : [...engine.channels.byId.values()];
    for (const channel of channels) reply.item('Status', statusHeaders(engine, channel), true);
    reply.listEnd('StatusComplete', header('Items', channels.length));
  },

  BridgeList(engine, _request, reply) {
    reply.listStart('Bridge listing will follow');
    for (const bridge of engine.bridges.byId.values()) reply.item('BridgeListItem', bridgeHeaders(bridge));
    reply.listEnd('BridgeListComplete');
  },

  BridgeInfo(engine, request, reply) {
    const id = request.get('BridgeUniqueid');
    if (!id) return reply.error('BridgeUniqueid must be provided');
    const bridge = engine.bridges.byId.get(id);
    if (!bridge) return reply.error('Specified BridgeUniqueid not found');
    reply.listStart('Bridge channel listing will follow');
    for (const member of bridge.members) reply.item('BridgeInfoChannel', channelHeaders(member));
    reply.listEnd('BridgeInfoComplete', bridgeHeaders(bridge));
  },

  ExtensionStateList(engine, _request, reply) {
    if (engine.devices.hints.size === 0) return reply.error('No dialplan hints are available');
    reply.listStart('Extension Statuses will follow');
    for (const hint of engine.devices.hints.values()) reply.item('ExtensionStatus', extensionHeaders(hint));
    reply.listEnd('ExtensionStateListComplete');
  },

  DeviceStateList(engine, _request, reply) {
    reply.listStart('Device State Changes will follow');
    for (const [device, state] of engine.devices.all()) {
      reply.item('DeviceStateChange', header('Device', device) + header('State', state));
    }
    reply.listEnd('DeviceStateListComplete');
  },

  PresenceStateList(engine, _request, reply) {
    reply.listStart('Presence State Changes will follow');
    for (const [presentity, info] of engine.presence.told) {
      reply.item('PresenceStateChange', presenceHeaders(presentity, info));
    }
    reply.listEnd('PresenceStateListComplete');
  },

  QueueStatus(engine, request, reply) {
    const member = request.get('Member');
    reply.listStart('Queue status will follow');
    for (const queue of queuesOf(engine, request.get('Queue'))) queueStatus(engine, queue, member, reply);
    reply.listEnd('QueueStatusComplete');
  },

  QueueSummary(engine, request, reply) {
    reply.listStart('Queue summary will follow');
    for (const queue of queuesOf(engine, request.get('Queue'))) {
      reply.item('QueueSummary', summaryHeaders(engine, queue), true);
    }
    reply.listEnd('QueueSummaryComplete');
  },

  ParkedCalls(engine, request, reply) {
    const wanted = request.get('ParkingLot');
    if (wanted && !engine.parking.lots.has(wanted)) return reply.error('Requested parking lot could not be found.');
    reply.listStart('Parked calls will follow');
    let total = 0;
    for (const lot of engine.parking.lots.values()) {
      if (wanted && lot.name !== wanted) continue;
      for (const call of lot.calls.values()) {
        total += 1;
        reply.item('ParkedCall', engine.parking.headers(lot, call), true);
      }
    }
    reply.listEnd('ParkedCallsComplete', header('Total', total));
  },

  Parkinglots(engine, _request, reply) {
    reply.listStart('Parking lots will follow');
    for (const lot of engine.parking.lots.values()) {
      const body =
        header('Name', lot.name) +
        header('StartSpace', lot.first) +
        header('StopSpace', lot.last) +
        header('Timeout', lot.timeout);
      reply.item('Parkinglot', body);
    }
    reply.listEnd('ParkinglotsComplete');
  },

  ConfbridgeListRooms(engine, _request, reply) {
    if (engine.conferences.rooms.size === 0) return reply.error('No active conferences.');
    reply.listStart('Confbridge conferences will follow');
    for (const room of engine.conferences.rooms.values()) {
      const body =
        header('Conference', room.name) +
        header('Parties', room.users.length) +
        header('Marked', room.users.filter((user) => user.marked).length) +
        yesNo('Locked', room.locked) +
        yesNo('Muted', room.muted);
      reply.item('ConfbridgeListRooms', body);
    }
    reply.listEnd('ConfbridgeListRoomsComplete');
  },

  ConfbridgeList(engine, request, reply) {
    const name = request.get('Conference');
    if (!name) return reply.error('No Conference name provided.');
    if (engine.conferences.rooms.size === 0) return reply.error('No active conferences.');
    const room = engine.conferences.rooms.get(name);
    if (!room) return reply.error('No Conference by that name found.');
    reply.listStart('Confbridge user list will follow');
    for (const user of room.users) reply.item('ConfbridgeList', userHeaders(engine, name, user));
    reply.listEnd('ConfbridgeListComplete');
  },
};

function running(engine: Engine, channel: Channel): string {
  return (
    header('Application', channel.app) +
    header('ApplicationData', channel.appData) +
    header('Duration', clockTime(secondsSince(engine, channel.createdAt))) +
    header('BridgeId', channel.bridge?.id ?? '')
  );
}

function statusHeaders(engine: Engine, channel: Channel): string {
  return (
    `Privilege: Call\r\n${channelHeaders(channel)}` +
    header('Type', channel.name.slice(0, channel.name.indexOf('/'))) +
    header('DNID', channel.did) +
    header('EffectiveConnectedLineNum', channel.connected.num || '<unknown>') +
    header('EffectiveConnectedLineName', channel.connected.name || '<unknown>') +
    header('TimeToHangup', 0) +
    header('BridgeID', channel.bridge?.id ?? '') +
    header('Application', channel.app) +
    header('Data', channel.appData) +
    'Nativeformats: (ulaw)\r\nReadformat: ulaw\r\nReadtrans: \r\nWriteformat: ulaw\r\nWritetrans: \r\n' +
    'Callgroup: 0\r\nPickupgroup: 0\r\n' +
    header('Seconds', secondsSince(engine, channel.createdAt))
  );
}

function queuesOf(engine: Engine, name: string): Queue[] {
  const wanted = name.toLowerCase();
  return [...engine.queues.byName.values()].filter((queue) => !wanted || queue.name.toLowerCase() === wanted);
}

function queueStatus(engine: Engine, queue: Queue, memberFilter: string, reply: AmiReply): void {
  const { completed, completedInLevel, abandoned, abandonedInLevel } = queue;
  const level = completed > 0 ? (100 * completedInLevel) / completed : 0;
  const all = completed + abandoned;
  const levelOfAll = all > 0 ? (100 * (abandonedInLevel + completedInLevel)) / all : 0;
  const parameters =
    header('Queue', queue.name) +
    header('Max', queue.maxLength) +
    header('Strategy', queue.strategy) +
    header('Calls', queue.callers.length) +
    header('Holdtime', queue.holdTime) +
    header('TalkTime', queue.talkTime) +
    header('Completed', completed) +
    header('Abandoned', abandoned) +
    header('ServiceLevel', queue.serviceLevel) +
    header('ServicelevelPerf', level.toFixed(1)) +
    header('ServicelevelPerf2', levelOfAll.toFixed(1)) +
    header('Weight', queue.weight);
  reply.item('QueueParams', parameters, true);
  for (const member of queue.members) {
    if (memberFilter && member.interface !== memberFilter && member.name !== memberFilter) continue;
    const body =
      header('Queue', queue.name) +
      header('Name', member.name) +
      header('Location', member.interface) +
      header('StateInterface', member.stateInterface) +
      header('Membership', member.dynamic ? 'dynamic' : 'static') +
      header('Penalty', member.penalty) +
      header('CallsTaken', member.callsTaken) +
      header('LastCall', member.lastCall) +
      header('LastPause', member.lastPause) +
      header('LoginTime', member.loginTime) +
      header('InCall', member.inCall ? 1 : 0) +
      header('Status', member.status) +
      header('Paused', member.paused ? 1 : 0) +
      header('PausedReason', member.pausedReason) +
      header('Wrapuptime', member.wrapupTime);
    reply.item('QueueMember', body, true);
  }
  for (const caller of queue.callers) {
    const { channel } = caller;
    const body =
      header('Queue', queue.name) +
      header('Position', caller.position) +
      header('Channel', channel.name) +
      header('Uniqueid', channel.uniqueid) +
      header('CallerIDNum', channel.caller.num || 'unknown') +
      header('CallerIDName', channel.caller.name || 'unknown') +
      header('ConnectedLineNum', channel.connected.num || 'unknown') +
      header('ConnectedLineName', channel.connected.name || 'unknown') +
      header('Wait', secondsSince(engine, caller.joinedAt)) +
      header('Priority', caller.priority);
    reply.item('QueueEntry', body, true);
  }
}

function summaryHeaders(engine: Engine, queue: Queue): string {
  const loggedIn = queue.members.filter((member) => member.status !== 5 && member.status !== 4);
  const longest = Math.max(0, ...queue.callers.map((caller) => secondsSince(engine, caller.joinedAt)));
  return (
    header('Queue', queue.name) +
    header('LoggedIn', loggedIn.length) +
    header('Available', loggedIn.filter((member) => member.status <= 1 && !member.paused).length) +
    header('Callers', queue.callers.length) +
    header('HoldTime', queue.holdTime) +
    header('TalkTime', queue.talkTime) +
    header('LongestHoldTime', longest)
  );
}

function userHeaders(engine: Engine, room: string, user: ConferenceUser): string {
  const { channel } = user;
  return (
    header('Conference', room) +
    yesNo('Admin', user.admin) +
    yesNo('MarkedUser', user.marked) +
    'WaitMarked: No\r\nEndMarked: No\r\nEndMarkedAny: No\r\nWaiting: No\r\n' +
    yesNo('Muted', user.muted) +
    yesNo('Talking', user.talking) +
    header('AnsweredTime', secondsSince(engine, channel.answeredAt ?? engine.core.clock.now())) +
    channelHeaders(channel)
  );
}

function yesNo(name: string, value: boolean): string {
  return `${name}: ${value ? 'Yes' : 'No'}\r\n`;
}

function secondsSince(engine: Engine, at: number): number {
  return Math.max(0, Math.floor((engine.core.clock.now() - at) / 1000));
}

function clockTime(seconds: number): string {
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}
