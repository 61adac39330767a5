import type { AmiAction } from './ami-reply';
import { header } from './blocks';
import type { Engine } from './engine';
import type { DeviceState } from './model';

const deviceStates = new Set<string>([
  'UNKNOWN',
  'NOT_INUSE',
  'INUSE',
  'BUSY',
  'INVALID',
  'UNAVAILABLE',
  'RINGING',
  'RINGINUSE',
  'ONHOLD',
]);

/** AstDB, variables and functions, user events. */
export const databaseActions: Readonly<Record<string, AmiAction>> = {
  DBGet(engine, request, reply) {
    const family = request.get('Family');
    const key = request.get('Key');
    if (!family) return reply.error('No family specified.');
    if (!key) return reply.error('No key specified.');
    const value = engine.features.get(family, key);
    if (value === undefined) return reply.error('Database entry not found');
    reply.listStart('Result will follow');
    reply.item('DBGetResponse', header('Family', family) + header('Key', key) + header('Val', value), true);
    reply.listEnd('DBGetComplete');
  },

  DBGetTree(engine, request, reply) {
    reply.listStart('Result will follow');
    for (const [key, value] of engine.features.tree(request.get('Family'), request.get('Key'))) {
      reply.item('DBGetTreeResponse', header('Key', key) + header('Val', value), true);
    }
    reply.listEnd('DBGetTreeComplete');
  },

  DBPut(engine, request, reply) {
    const family = request.get('Family');
    const key = request.get('Key');
    if (!family) return reply.error('No family specified');
    if (!key) return reply.error('No key specified');
    if (engine.features.db.size > 20_000) return reply.error('Failed to update entry');
    engine.features.put(family, key, request.get('Val'));
    reply.ok('Updated database successfully');
  },

  DBDel(engine, request, reply) {
    const family = request.get('Family');
    const key = request.get('Key');
    if (!family) return reply.error('No family specified.');
    if (!key) return reply.error('No key specified.');
    if (engine.features.del(family, key)) reply.ok('Key deleted successfully');
    else reply.error('Database entry could not be deleted');
  },

  DBDelTree(engine, request, reply) {
    const family = request.get('Family');
    if (!family) return reply.error('No family specified.');
    if (engine.features.delTree(family, request.get('Key')) > 0) reply.ok('Key tree deleted successfully');
    else reply.error('Database entry not found');
  },

  Setvar(engine, request, reply) {
    const variable = request.get('Variable');
    const name = request.get('Channel');
    if (!variable) return reply.error('No variable specified');
    const channel = name ? engine.channels.find(name) : undefined;
    if (name && !channel) return reply.error('No such channel');
    if (setFunction(engine, variable, request.get('Value'))) reply.ok('Variable Set');
    else reply.error('Variable not set');
  },

  Getvar(engine, request, reply) {
    const variable = request.get('Variable');
    const name = request.get('Channel');
    if (!variable) return reply.error('No variable specified');
    if (name && !engine.channels.find(name)) return reply.error('No such channel');
    const value = getFunction(engine, variable, name);
    reply.ok(undefined, header('Variable', variable) + header('Value', value));
  },

  UserEvent(engine, request, reply) {
    reply.ok('Event Sent');
    const rest = request.headers.filter(([key]) => !/^(userevent|action)$/i.test(key));
    engine.features.userEvent(request.get('UserEvent'), rest);
  },

  PresenceState(engine, request, reply) {
    const provider = request.get('Provider');
    if (!provider) return reply.error('No provider specified');
    const info = engine.features.presence.get(provider);
    if (!info) return reply.error(`Invalid provider ${provider} or provider in invalid state`);
    const { state, subtype, message } = info;
    const extra =
      header('State', state) +
      (subtype ? header('Subtype', subtype) : '') +
      (message ? header('Message', message) + header('PresenceMessage', message) : '');
    reply.ok('Presence State', extra);
  },
};

/** `DEVICE_STATE(Custom:x)`, `PRESENCE_STATE(CustomPresence:x)` and `DB(f/k)` may be written; plain variables too. */
function setFunction(engine: Engine, variable: string, value: string): boolean {
  const [, name, argument] = /^(\w+)\((.*)\)$/.exec(variable) ?? [];
  if (name === undefined || argument === undefined) return true;
  if (name === 'DEVICE_STATE') {
    const state = value.toUpperCase();
    if (!/^Custom:\S+$/.test(argument) || !deviceStates.has(state)) return false;
    engine.devices.set(argument, state as DeviceState);
    return true;
  }
  if (name === 'PRESENCE_STATE') {
    return /^CustomPresence:\S+$/.test(argument) && engine.features.setPresence(argument, value);
  }
  if (name === 'DB') {
    const at = argument.indexOf('/');
    if (at <= 0) return false;
    engine.features.put(argument.slice(0, at), argument.slice(at + 1), value);
    return true;
  }
  return true;
}

function getFunction(engine: Engine, variable: string, channelName: string): string {
  const [, name = '', argument = ''] = /^(\w+)\((.*)\)$/.exec(variable) ?? [];
  if (name === 'DEVICE_STATE') return engine.devices.state(argument);
  if (name === 'PRESENCE_STATE') return presence(engine, argument);
  if (name === 'DB') {
    const at = argument.indexOf('/');
    return engine.features.get(argument.slice(0, at), argument.slice(at + 1)) ?? '';
  }
  const channel = channelName ? engine.channels.find(channelName) : undefined;
  if (!channel) return '';
  if (name === 'CDR') return cdr(argument, channel.createdAt, channel.answeredAt);
  if (name === 'CHANNEL' && argument.startsWith('linkedid')) return channel.linkedid;
  return variable === 'FROM_DID' ? channel.did : '';
}

/** `CDR(answer,u)`: epoch seconds with six decimals, "0.000000" while not answered. */
function cdr(argument: string, start: number, answer: number | null): string {
  const [field = '', option = ''] = argument.split(',');
  const at = field === 'start' ? start : field === 'answer' ? answer : null;
  if (at === null) return option === 'u' ? '0.000000' : '';
  return option === 'u' ? (at / 1000).toFixed(6) : new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

function presence(engine: Engine, argument: string): string {
  const [provider = '', field = 'value', option = ''] = argument.split(',');
  const info = engine.features.presence.get(provider);
  const value = field === 'value' ? (info?.state ?? 'not_set') : field === 'subtype' ? info?.subtype : info?.message;
  const text = value ?? '';
  return option === 'e' && field !== 'value' ? Buffer.from(text, 'utf8').toString('base64') : text;
}
