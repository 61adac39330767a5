import { z } from 'zod';
import { isoTime, party } from './records';

/** Calls that are over, with the notes of operators: what a caller's earlier calls are shown from. */

export const callNote = z.object({ by: z.string(), at: isoTime, text: z.string() });
export type CallNote = z.infer<typeof callNote>;

/** `answered`: two people talked. `missed`: nobody answered. `abandoned`: hung up while waiting in a queue. */
export const callOutcome = z.enum(['answered', 'missed', 'abandoned', 'service']);
export type CallOutcome = z.infer<typeof callOutcome>;

export const loggedCall = z.object({
  /** The call's id (linkedid); with `startedAt` unique. */
  id: z.string(),
  from: party,
  to: party,
  queue: z.string().nullable(),
  did: z.string().nullable(),
  startedAt: isoTime,
  answeredAt: isoTime.nullable(),
  endedAt: isoTime,
  outcome: callOutcome,
  /** Extensions that took part (talked), in the order they came. */
  extensions: z.array(z.string()),
  notes: z.array(callNote),
});
export type LoggedCall = z.infer<typeof loggedCall>;

/** GET /api/v1/calls, newest first; permission `callhistory`. `number`: of one side, exactly. */
export const callsQuery = z.strictObject({
  number: z.string().min(1).max(80).optional(),
  extension: z.string().max(40).optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CallsQuery = z.infer<typeof callsQuery>;

/** `next`: give it as `before` to read on; null: that was the oldest. */
export const callsPage = z.object({ rows: z.array(loggedCall), next: z.number().int().nullable() });
export type CallsPage = z.infer<typeof callsPage>;

/** GET /api/v1/calls/{id}/notes of a call that may still run. */
export const callNotes = z.object({ notes: z.array(callNote) });
export type CallNotes = z.infer<typeof callNotes>;
