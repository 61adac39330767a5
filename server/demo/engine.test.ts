import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceStateNumbers } from './devices';
import { type Engine, truthOf } from './engine';
import { bench, headersOf } from './testing';

/** What must hold between any two moments of the office's day. */
function invariantsOf(engine: Engine): string[] {
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
    // Alone in a call is only who is on hold while the other asks a third (attended transfer).
    const alone = bridge.members.length === 1 && bridge.members[0]?.held;
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

describe('a day at the demo office', () => {
  it('never contradicts itself, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const { clock, engine, life, blocks } = bench(seed);
        life.start();
        for (let minute = 0; minute < 90; minute += 1) {
          for (let step = 0; step < 12; step += 1) {
            clock.advance(5_000);
            expect(invariantsOf(engine)).toEqual([]);
          }
          blocks.length = 0;
        }
      }),
      { numRuns: 4 },
    );
  }, 60_000);

  it('keeps a believable number of phones busy and every part of the panel alive', () => {
    const { clock, life, blocks } = bench(7);
    life.start();
    clock.advance(120_000);
    const busy: number[] = [];
    const seen = new Set<string>();
    for (let minute = 0; minute < 120; minute += 1) {
      clock.advance(60_000);
      busy.push(life.busy());
      for (const block of blocks) seen.add(block.name);
      blocks.length = 0;
    }
    const mean = busy.reduce((sum, one) => sum + one, 0) / busy.length;
    expect(mean).toBeGreaterThan(7);
    expect(mean).toBeLessThan(14);
    expect(Math.max(...busy)).toBeLessThan(22);
    const wanted = ['QueueCallerJoin', 'QueueMemberPause', 'ParkedCall', 'UnParkedCall', 'ConfbridgeTalking', 'Hold'];
    const more = [
      'BlindTransfer',
      'AttendedTransfer',
      'MessageWaiting',
      'PresenceStatus',
      'ContactStatus',
      'LocalBridge',
    ];
    for (const name of [...wanted, ...more]) expect(seen).toContain(name);
  });

  it('gives every channel one birth and one death, and nothing after it', () => {
    const { clock, engine, life, blocks } = bench(11);
    life.start();
    clock.advance(60 * 60_000);
    life.stop();
    for (const channel of [...engine.channels.byId.values()]) engine.phones.hangup(channel);
    clock.advance(60 * 60_000);
    const alive = new Set<string>();
    const wrong: string[] = [];
    for (const block of blocks) {
      const id = new Map(headersOf(block.text)).get('Uniqueid');
      if (id === undefined || block.name === 'AgentComplete') continue;
      if (block.name === 'Newchannel') {
        if (alive.has(id)) wrong.push(`${id} born twice`);
        alive.add(id);
      } else if (!alive.has(id)) wrong.push(`${block.name} of ${id} who is not there`);
      if (block.name === 'Hangup') alive.delete(id);
    }
    expect(wrong).toEqual([]);
    expect([...alive]).toEqual([]);
    const truth = truthOf(engine);
    expect(truth.channels).toEqual([]);
    expect(truth.bridges).toEqual([]);
    expect(truth.parking.flatMap((lot) => lot.slots)).toEqual([]);
    const calling = [...truth.devices].filter(
      ([device, state]) => device.startsWith('PJSIP/') && /INUSE|RING|HOLD/.test(state),
    );
    expect(calling.filter(([, state]) => state !== 'NOT_INUSE')).toEqual([]);
  });

  it('lives the same day for the same seed', () => {
    const day = () => {
      const { clock, life, blocks } = bench(5);
      life.start();
      clock.advance(20 * 60_000);
      return blocks.map((block) => block.text).join('');
    };
    expect(day()).toBe(day());
  });
});
