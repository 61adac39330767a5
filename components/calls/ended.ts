import type { Party } from '@/server/protocol/records';
import type { MyCall, MyCallState } from './my-call';

/** A call of mine that this window saw end: there is time for its note. */
export interface EndedCall {
  /** The call's id. */
  readonly callId: string;
  readonly party: Party;
  readonly queue: string | null;
  /** Epoch ms of the server. */
  readonly endedAt: number;
}

export const endedForMs = 120_000;
const mostEnded = 5;

/** Somebody was talked to. */
const talked: ReadonlySet<MyCallState> = new Set<MyCallState>([
  ...(['talking', 'held', 'onHold', 'conference', 'consulting'] as const),
]);

/** Whether it is the same call, perhaps as something else: held, in a consultation, parked. */
export function isSameCall(one: MyCall, other: MyCall): boolean {
  return (
    one.id === other.id ||
    (one.own !== null && one.own === other.own) ||
    (one.peer !== null && one.peer === other.peer) ||
    (one.callId !== null && one.callId === other.callId)
  );
}

/** The ended calls after my calls changed from `before` to `after`, newest first. */
export function endedAfter(
  ended: readonly EndedCall[],
  before: readonly MyCall[],
  after: readonly MyCall[],
  now: number,
): readonly EndedCall[] {
  const over = before.filter(
    (call) => call.callId !== null && talked.has(call.state) && !after.some((one) => isSameCall(one, call)),
  );
  if (over.length === 0) return ended;
  const fresh = over.flatMap(({ callId, party, queue }): EndedCall[] =>
    callId === null ? [] : [{ callId, party, queue, endedAt: now }],
  );
  const known = new Set(fresh.map(({ callId }) => callId));
  return [...fresh, ...ended.filter(({ callId }) => !known.has(callId))].slice(0, mostEnded);
}

/** Without those whose time is over. */
export function stillEnded(ended: readonly EndedCall[], now: number): readonly EndedCall[] {
  const left = ended.filter(({ endedAt }) => now - endedAt < endedForMs);
  return left.length === ended.length ? ended : left;
}
