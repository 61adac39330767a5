import type { AmiAction } from './ami-reply';
import type { Engine } from './engine';
import type { QueueMember } from './model';

/** Members come, go and take breaks. */
export const queueActions: Readonly<Record<string, AmiAction>> = {
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
};

function membersOf(engine: Engine, queue: string, device: string): QueueMember[] {
  return [...engine.queues.byName.values()]
    .filter((one) => !queue || one.name === queue)
    .flatMap((one) => one.members.filter((member) => member.interface === device));
}

function truthy(value: string): boolean {
  return /^(yes|true|y|t|1|on)$/i.test(value.trim());
}
