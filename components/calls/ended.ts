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

/** Whether an entry goes on in a later list, perhaps as something else: held, in a consultation, parked. */
function goesOn(call: MyCall, later: readonly MyCall[]): boolean {
  return later.some(
    (one) =>
      one.id === call.id ||
      (one.own !== null && one.own === call.own) ||
      (one.peer !== null && one.peer === call.peer) ||
      (one.callId !== null && one.callId === call.callId),
  );
}

/** The ended calls after my calls changed from `before` to `after`, newest first. */
export function endedAfter(
  ended: readonly EndedCall[],
  before: readonly MyCall[],
  after: readonly MyCall[],
  now: number,
): readonly EndedCall[] {
  const over = before.filter((call) => call.callId !== null && talked.has(call.state) && !goesOn(call, after));
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
