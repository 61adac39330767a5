import type { CallNotes, CallsPage } from '@/server/protocol/call-log';
import type { CallFailure, Outcome } from '../auth/api';

export interface EarlierQuery {
  readonly number: string;
  readonly limit: number;
  /** `next` of the page before. */
  readonly before?: number;
}

/** Calls that are over, and the notes on calls. */
export interface CallLog {
  calls(query: EarlierQuery, signal?: AbortSignal): Promise<Outcome<CallsPage>>;
  /** Of a call that may still run, by its id. */
  notes(id: string): Promise<Outcome<CallNotes>>;
}

let chosen: CallLog | null = null;

/** Where they come from instead, on a pretended server. */
export function takeCallLogFrom(log: CallLog): void {
  chosen = log;
}

export async function callLog(): Promise<CallLog> {
  try {
    return chosen ?? (await import('./call-log-rest')).callLogRest;
  } catch {
    // The server that has the code is away.
    return unreachable;
  }
}

const away: CallFailure = { ok: false, error: 'unreachable', message: 'The panel server cannot be reached.' };
const unreachable: CallLog = { calls: async () => away, notes: async () => away };
