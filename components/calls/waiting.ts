import type { Party, QueueRecord } from '@/server/protocol/records';

/** Somebody who waits in a queue. */
export interface WaitingCaller {
  readonly uniqueid: string;
  readonly queue: string;
  /** The queue's name for people. */
  readonly label: string;
  readonly party: Party;
  /** ISO 8601. */
  readonly since: string;
}

type Queues = ReadonlyMap<string, QueueRecord>;

/** The queues that an extension answers, paused or not. */
export function queuesOf(queues: Queues, number: string | null): readonly QueueRecord[] {
  if (number === null) return [];
  return [...queues.values()].filter(({ members }) => members.some(({ extension }) => extension === number));
}

/** Who waits, the longest first. `number`: in the queues this extension answers; null: in all. */
export function waitingOf(queues: Queues, number: string | null): readonly WaitingCaller[] {
  const some = number === null ? [...queues.values()] : queuesOf(queues, number);
  return some
    .flatMap(({ name, label, callers }) =>
      callers.map((caller) => ({
        uniqueid: caller.uniqueid,
        queue: name,
        label,
        party: { number: caller.number, name: caller.name },
        since: caller.waitingSince,
      })),
    )
    .sort((a, b) => compare(a.since, b.since) || compare(a.uniqueid, b.uniqueid));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The same list with the old objects where they say the same. */
export function keepCallers(old: readonly WaitingCaller[], fresh: readonly WaitingCaller[]): readonly WaitingCaller[] {
  const known = new Map(old.map((caller) => [caller.uniqueid, caller]));
  const merged = fresh.map((caller) => {
    const was = known.get(caller.uniqueid);
    return was && JSON.stringify(was) === JSON.stringify(caller) ? was : caller;
  });
  return merged.length === old.length && merged.every((caller, i) => caller === old[i]) ? old : merged;
}
