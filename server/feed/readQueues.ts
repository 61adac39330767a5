import type { CallerInfo, ListEvent, MemberInfo, QueueInfo } from '../pbx/events';
import type { Access } from './access';
import { callerInfo, memberInfo, queueInfo } from './queues';
import { text } from './values';

interface QueueRows {
  queue: QueueInfo;
  readonly members: MemberInfo[];
  readonly callers: CallerInfo[];
}

/** QueueStatus: QueueParams, QueueMember and QueueEntry of every queue; needs no class at all. */
export async function readQueues(
  access: Access,
  now: () => number,
  skewMs: number,
  repair: boolean,
): Promise<ListEvent | null> {
  const items = await access.list('QueueStatus');
  if (items === null) return null;
  const at = now();
  const queues = new Map<string, QueueRows>();
  for (const item of items) {
    const rows = queues.get(text(item, 'Queue'));
    if (item.name === 'QueueParams') {
      const queue = queueInfo(item);
      if (queue !== null) queues.set(queue.name, { queue, members: [], callers: [] });
    } else if (item.name === 'QueueMember') {
      const member = memberInfo(item, skewMs);
      if (member !== null) rows?.members.push(member);
    } else if (item.name === 'QueueEntry') {
      const caller = callerInfo(item, at);
      if (caller !== null) rows?.callers.push(caller);
    }
  }
  return { type: 'list.queues', at, repair, queues: [...queues.values()] };
}
