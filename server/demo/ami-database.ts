import type { AmiAction } from './ami-reply';
import { header } from './blocks';

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
    if (engine.functions.set(variable, request.get('Value'), channel)) reply.ok('Variable Set');
    else reply.error('Variable not set');
  },

  Getvar(engine, request, reply) {
    const variable = request.get('Variable');
    const name = request.get('Channel');
    if (!variable) return reply.error('No variable specified');
    const channel = name ? engine.channels.find(name) : undefined;
    if (name && !channel) return reply.error('No such channel');
    const value = engine.functions.get(variable, channel);
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
    const info = engine.presence.answer(provider);
    if (!info) return reply.error(`Invalid provider ${provider} or provider in invalid state`);
    const { state, subtype, message } = info;
    const extra =
      header('State', state) +
      (subtype ? header('Subtype', subtype) : '') +
      (message ? header('Message', message) + header('PresenceMessage', message) : '');
    reply.ok('Presence State', extra);
  },
};
