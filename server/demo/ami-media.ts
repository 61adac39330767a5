import type { AmiAction, AmiReply, AmiRequest } from './ami-reply';
import { header } from './blocks';
import type { Engine } from './engine';

/** Recording, digits, and what is told to a phone itself. */
export const mediaActions: Readonly<Record<string, AmiAction>> = {
  MixMonitor(engine, request, reply) {
    const name = request.get('Channel');
    if (!name) return reply.error('No channel specified');
    const channel = engine.channels.find(name);
    if (!channel) return reply.error('No such channel');
    if (!request.get('File')) return reply.error('Could not start monitoring channel');
    const id = engine.recordings.start(channel, request.get('File'), request.get('Options'));
    reply.ok(undefined, header('MixMonitorID', id));
  },

  StopMixMonitor(engine, request, reply) {
    const name = request.get('Channel');
    if (!name) return reply.error('No channel specified');
    const channel = engine.channels.find(name);
    if (!channel) return reply.error('No such channel');
    if (engine.recordings.stop(channel, request.get('MixMonitorID'))) reply.ok();
    else reply.error('Could not stop monitoring channel');
  },

  PlayDTMF(engine, request, reply) {
    const name = request.get('Channel');
    const channel = name ? engine.channels.find(name) : undefined;
    if (!channel) return reply.error('Channel not found');
    const digit = request.get('Digit');
    if (!digit) return reply.error('No digit specified');
    if (/^[0-9A-D*#]/i.test(digit)) channel.heard += digit.charAt(0);
    reply.ok('DTMF successfully queued');
  },

  PJSIPNotify: notify,
};

function notify(engine: Engine, request: AmiRequest, reply: AmiReply): void {
  const [endpoint, uri, name] = [request.get('Endpoint'), request.get('URI'), request.get('Channel')];
  const { channels, core, handsets, phones } = engine;
  if ([endpoint, uri, name].filter(Boolean).length !== 1 || uri) {
    reply.error('PJSIPNotify requires either an endpoint name, a SIP URI, or a channel.');
    return;
  }
  const event = eventOf(request);
  if (name) {
    const channel = channels.find(name);
    if (!channel) reply.error(`Unable to find channel ${name}`);
    else {
      reply.ok('NOTIFY sent');
      core.clock.after(20, () => handsets.notify(channel, event));
    }
    return;
  }
  const phone = phones.endpoint(endpoint);
  if (!phone) {
    reply.error(`Unable to retrieve endpoint ${endpoint}`);
    return;
  }
  reply.ok('NOTIFY sent');
  core.clock.after(20, () => handsets.notifyPhone(phone, event));
}

function eventOf(request: AmiRequest): string {
  const value = request.all('Variable').find((one) => /^event=/i.test(one));
  return value?.slice(value.indexOf('=') + 1).toLowerCase() ?? '';
}
