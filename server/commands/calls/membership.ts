import type { NewMember } from '../../ami/call-actions';
import { parseQueueChannel } from '../../protocol/queue-channel';
import type { ExtensionRecord, QueueRecord } from '../../protocol/records';
import type { ModelPort } from '../model-port';
import { displayName } from './phones';

/** `Local/107@from-queue/n`: members of FreePBX go through its dialplan. */
const throughDialplan = /^Local\/([0-9A-Za-z*#+._-]+)@([A-Za-z0-9_.-]+)(\/n)?$/;
const plainInterface = /^[A-Za-z0-9]+\/[A-Za-z0-9@.:_+/-]{1,80}$/;

/**
 * How an extension is a member: as an administrator set, else as in another queue, else as others are in this one, else its
 * phone. Null: it has none. A person of two interfaces would ring twice and be counted twice.
 */
export function newMember(record: ExtensionRecord, queue: QueueRecord, model: ModelPort): NewMember | null {
  const { number, device } = record;
  const own = ownMember(record, model);
  if (own !== null) return own;
  for (const { members } of model.queues()) {
    const same = members.find((member) => member.extension === number && plainInterface.test(member.interface));
    if (same) return { interface: same.interface, stateInterface: same.stateInterface, name: displayName(same.name) };
  }
  if (!plainInterface.test(device)) return null;
  const name = displayName(record.name);
  for (const member of queue.members) {
    const [, of, context, direct = ''] = throughDialplan.exec(member.interface) ?? [];
    if (of === undefined || of !== member.extension) continue;
    return { interface: `Local/${number}@${context}${direct}`, stateInterface: device, name };
  }
  return { interface: device, name };
}

function ownMember(record: ExtensionRecord, model: ModelPort): NewMember | null {
  const { queueChannel } = model.configured(record.number);
  const own = queueChannel === null ? null : parseQueueChannel(queueChannel);
  if (own === null || typeof own === 'string') return null;
  const { penalty, stateInterface, name } = own;
  return {
    interface: own.interface,
    name: displayName(name ?? record.name),
    ...(stateInterface !== null && { stateInterface }),
    ...(penalty !== null && { penalty }),
  };
}
