import type { CallRecord, CallState } from '@/server/protocol/records';

export type CallSection = 'ringing' | 'queued' | 'talking' | 'held';

const sectionOf: Record<CallState, CallSection> = {
  dialing: 'ringing',
  ringing: 'ringing',
  queued: 'queued',
  talking: 'talking',
  conference: 'talking',
  service: 'talking',
  onHold: 'held',
  parked: 'held',
};

/** Ids of the calls of a section, oldest first: a call never moves while it stays in its section. */
export function callsOf(section: CallSection) {
  return (calls: ReadonlyMap<string, CallRecord>): readonly string[] =>
    [...calls.values()]
      .filter((call) => sectionOf[call.state] === section)
      .sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id))
      .map((call) => call.id);
}

/** ISO times sort as plain text. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The clock that belongs to the state. */
export function callSince(call: CallRecord): string {
  switch (call.state) {
    case 'onHold':
      return call.heldSince ?? call.answeredAt ?? call.createdAt;
    case 'parked':
      return call.parkedSince ?? call.createdAt;
    case 'talking':
    case 'conference':
    case 'service':
      return call.answeredAt ?? call.createdAt;
    case 'dialing':
    case 'ringing':
    case 'queued':
      return call.createdAt;
  }
}
