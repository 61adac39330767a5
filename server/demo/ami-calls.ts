import type { AmiAction, AmiReply, AmiRequest } from './ami-reply';
import { header } from './blocks';
import type { Engine } from './engine';
import type { Party } from './model';
import { originate, parseChannel } from './originate';

/** Calls begin and end. */
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
};

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
    exten: application ? '' : exten,
    application,
    data: request.get('Data'),
    callerId: party(request.get('CallerID')),
    timeoutMs: Math.min(Number(timeout), 3_600_000),
    actionId: request.actionId,
    uniqueid: request.get('ChannelId') || undefined,
    otherUniqueid: request.get('OtherChannelId') || undefined,
    variables: request.all('Variable').flatMap(assignments),
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

/** `A=1,B(c,d)=2` is two: a comma within brackets or quotes divides nothing. */
function assignments(text: string): string[] {
  return (text.match(/(?:\([^)]*\)|"[^"]*"|[^,])+/g) ?? []).filter((one) => one.includes('='));
}

/** `"Ann Lee" <101>` or `101`. */
function party(text: string): Party | null {
  if (!text) return null;
  const parts = /^\s*"?([^"<]*?)"?\s*<([^>]*)>\s*$/.exec(text);
  return parts ? { name: parts[1] ?? '', num: parts[2] ?? '' } : { num: text.trim(), name: '' };
}
