import { queueAdd, queuePause, queuePenalty, queueRemove } from '../../ami/call-actions';
import type { CommandParams } from '../../protocol/commands';
import type { Failure } from '../../protocol/errors';
import type { QueueMember, QueueRecord } from '../../protocol/records';
import { unknownExtension } from '../availability';
import type { Handler } from '../executor';
import { fail } from '../failures';
import type { ModelPort } from '../model-port';
import { newMember } from './membership';
import { isFailure, planned } from './plan';

interface Wanted {
  readonly queue: string;
  readonly extension: string;
}

const target = ({ queue, extension }: Wanted): string => `${extension} in ${queue}`;

function findQueue(name: string, model: ModelPort): QueueRecord | Failure {
  return model.queue(name) ?? fail('notFound', `There is no queue ${name}.`, 'queue');
}

/** The memberships of an extension in one queue: usually one. */
function memberships({ queue, extension }: Wanted, model: ModelPort): readonly QueueMember[] | Failure {
  const unknown = unknownExtension(extension, model);
  if (unknown !== null) return unknown;
  const found = findQueue(queue, model);
  if (isFailure(found)) return found;
  const members = found.members.filter((member) => member.extension === extension);
  if (members.length > 0) return members;
  return fail('conflict', `Extension ${extension} is not in queue ${queue}.`, 'extension');
}

/** `queue.add {queue, extension, penalty?}`; 409 when it is in the queue. */
export const queueAddHandler: Handler<'queue.add'> = planned({
  target,
  plan: ({ queue, extension }, _actor, model) => {
    const record = model.extension(extension);
    if (record === undefined) return fail('notFound', `There is no extension ${extension}.`, 'extension');
    const found = findQueue(queue, model);
    if (isFailure(found)) return found;
    if (found.members.some((member) => member.extension === extension)) {
      return fail('conflict', `Extension ${extension} is in queue ${queue} already.`, 'extension');
    }
    return newMember(record, found, model) ?? fail('conflict', `Extension ${extension} has no phone.`, 'extension');
  },
  async act(member, { ami }, { queue, penalty }) {
    await queueAdd(ami, queue, { ...member, ...(penalty !== undefined && { penalty }) });
    return { remark: member.interface };
  },
});

/** `queue.remove {queue, extension}`. A member of the PBX's own configuration cannot go: 409 with Asterisk's words. */
export const queueRemoveHandler = forMembers<'queue.remove'>(async (ami, queue, member) =>
  queueRemove(ami, queue, member.interface),
);

/** `queue.pause {queue, extension, on, reason?}`. */
export const queuePauseHandler = forMembers<'queue.pause'>(async (ami, queue, member, { on, reason }) =>
  queuePause(ami, queue, member.interface, on, reason === '' ? undefined : reason),
);

/** `queue.penalty {queue, extension, penalty}`. */
export const queuePenaltyHandler = forMembers<'queue.penalty'>(async (ami, queue, member, { penalty }) =>
  queuePenalty(ami, queue, member.interface, penalty),
);

type OfMembers = 'queue.remove' | 'queue.pause' | 'queue.penalty';
type Ami = Parameters<typeof queueRemove>[0];

function forMembers<N extends OfMembers>(
  change: (ami: Ami, queue: string, member: QueueMember, params: CommandParams<N>) => Promise<void>,
): Handler<N> {
  return planned<N, readonly QueueMember[]>({
    target,
    plan: (params, _actor, model) => memberships(params, model),
    async act(members, { ami }, params) {
      for (const member of members) await change(ami, params.queue, member, params);
      return { remark: members.map((member) => member.interface).join(',') };
    },
  });
}
