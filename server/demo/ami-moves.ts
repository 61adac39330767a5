import type { AmiAction } from './ami-reply';
import { TwoParty } from './bridges';
import type { Engine } from './engine';
import type { Channel } from './model';
import { takeOut } from './parting';

/** Asterisk answers first; a later action finds what an earlier one did. */
const movesAfterMs = 2;

interface Place {
  readonly context: string;
  readonly exten: string;
}

/** Actions that send calls elsewhere or join them. */
export const moveActions: Readonly<Record<string, AmiAction>> = {
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
    if (second?.ending) return reply.error('Redirect failed, extra channel not up.');
    reply.ok(second ? 'Dual Redirect successful' : 'Redirect successful');
    const extraPlace = { context: request.get('ExtraContext') || context, exten: request.get('ExtraExten') || exten };
    engine.core.clock.after(movesAfterMs, () => {
      const together = second !== undefined && second.bridge !== null && second.bridge === channel.bridge;
      // Who talks with the first is let go when that one leaves, and then goes its own way.
      if (together) second.afterBridge = () => send(engine, second, extraPlace);
      send(engine, channel, { context, exten });
      if (second && !together) send(engine, second, extraPlace);
    });
  },

  Bridge(engine, request, reply) {
    const names = [request.get('Channel1'), request.get('Channel2')] as const;
    if (!names[0] || !names[1]) return reply.error('Missing channel parameter in request');
    const [first, second] = [engine.channels.find(names[0]), engine.channels.find(names[1])];
    if (!first) return reply.error(`Channel1 does not exist: ${names[0]}`);
    if (!second) return reply.error(`Channel2 does not exist: ${names[1]}`);
    const unable = [first, second].findIndex((one) => one.ending || one.state !== 6);
    if (unable >= 0) {
      const channel = unable === 0 ? first : second;
      return reply.error(`Unable to add Channel${unable + 1} to bridge: ${channel.name}`);
    }
    reply.ok('Channels have been bridged');
    engine.core.clock.after(movesAfterMs, () => engine.bridges.join(first, second));
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
    if (!lot || channel.ending) return reply.error('Park action failed');
    const announce = request.get('TimeoutChannel') || request.get('Channel2');
    const parker = announce ? engine.channels.find(announce) : undefined;
    const back = parker?.device ?? engine.bridges.peer(channel)?.device ?? channel.device ?? '';
    reply.ok('Park successful');
    engine.core.clock.after(movesAfterMs, () => {
      if (channel.ending) return;
      const seconds = timeout ? Math.max(1, Math.floor(Number(timeout) / 1000)) : lot.timeout;
      const { activity } = channel;
      if (parker && parker === engine.bridges.peer(channel) && activity instanceof TwoParty) {
        takeOut(engine, channel, activity, parker);
      } else engine.channels.release(channel);
      channel.pbx = true;
      engine.parking.park(channel, back, lot, seconds);
    });
  },
};

function send(engine: Engine, channel: Channel, { context, exten }: Place): void {
  if (channel.ending) return;
  const { channels, dialplan } = engine;
  channel.context = context;
  // Where it will go is told before it has left.
  if (channel.state === 6) channels.setApp(channel, channel.app, channel.appData, exten, 1);
  channels.release(channel);
  if (!channel.ending) dialplan.enter(channel, context, exten);
}
