import { deviceStateNumbers } from './devices';
import type { Engine } from './engine';
import { Alone } from './parting';

/** What must hold between any two moments of the office's day. */
export function invariantsOf(engine: Engine): string[] {
  const broken: string[] = [];
  const now = engine.core.clock.now();
  for (const channel of engine.channels.byId.values()) {
    if (channel.gone) broken.push(`${channel.name} is gone but listed`);
    if (channel.bridge && !channel.bridge.members.includes(channel)) broken.push(`${channel.name} not in its bridge`);
    if (channel.bridge?.gone) broken.push(`${channel.name} in a bridge that is gone`);
    // A fresh Local half starts its dialplan a few milliseconds later.
    if (channel.activity === null && now - channel.createdAt > 5)
      broken.push(`${channel.name} does nothing (${channel.app})`);
    if (now - channel.createdAt > 12 * 60_000) broken.push(`${channel.name} is older than twelve minutes`);
    if (channel.mate?.gone) broken.push(`${channel.name} outlived its other half`);
  }
  for (const bridge of engine.bridges.byId.values()) {
    if (bridge.members.length === 0) broken.push(`bridge ${bridge.id} is empty`);
    // Alone is only who is on hold while the other asks a third, and who hears where the other was parked.
    const [left, ...others] = bridge.members;
    const alone = others.length === 0 && (left?.held || left?.activity instanceof Alone);
    if (bridge.type === 'basic' && bridge.members.length !== 2 && !alone)
      broken.push(`a call of ${bridge.members.length}`);
    for (const member of bridge.members) if (member.gone) broken.push(`${member.name} is gone but in a bridge`);
  }
  for (const endpoint of engine.devices.endpoints.values()) {
    const state = engine.devices.state(endpoint.device);
    if (state !== engine.devices.computed(endpoint)) broken.push(`${endpoint.device} says ${state}`);
    if (!endpoint.registered && endpoint.channels.size > 0) broken.push(`${endpoint.device} calls while offline`);
  }
  for (const hint of engine.devices.hints.values()) {
    if (hint.status !== engine.devices.statusOf(hint)) broken.push(`hint ${hint.exten} says ${hint.status}`);
  }
  for (const queue of engine.queues.byName.values()) {
    queue.callers.forEach((caller, index) => {
      if (caller.position !== index + 1) broken.push(`${queue.name} has a gap at ${index + 1}`);
      if (caller.channel.activity?.kind !== 'queue') broken.push(`${caller.channel.name} does not wait`);
    });
    if (queue.callers.length > 8) broken.push(`${queue.name} grows to ${queue.callers.length}`);
    for (const member of queue.members) {
      const wanted = deviceStateNumbers[engine.devices.state(member.stateInterface)];
      if (member.status !== wanted) broken.push(`${member.interface} is ${member.status}, not ${wanted}`);
    }
  }
  for (const lot of engine.parking.lots.values()) {
    for (const { channel, space } of lot.calls.values()) {
      if (channel.activity?.kind !== 'parked') broken.push(`space ${space} holds a channel that left`);
    }
  }
  for (const room of engine.conferences.rooms.values()) {
    if (room.users.length === 0) broken.push(`room ${room.name} is empty`);
    for (const { channel } of room.users) {
      if (channel.bridge !== room.bridge) broken.push(`${channel.name} is not in room ${room.name}`);
    }
  }
  return broken;
}
