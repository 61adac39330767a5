import type { LoggedCall } from '@/server/protocol/call-log';
import type { CallLog } from '../calls/call-log';

const ago = (hours: number, seconds = 0) => new Date(Date.now() - hours * 3_600_000 + seconds * 1_000).toISOString();

function earlier(number: string, i: number): LoggedCall {
  const answered = i % 3 !== 1;
  const hours = 2 + i * i * 9;
  return {
    id: `e${number}.${i}`,
    from: { number, name: '' },
    to: { number: '101', name: 'Anna Lindqvist' },
    queue: i % 2 ? 'support' : null,
    did: '+4687000100',
    startedAt: ago(hours),
    answeredAt: answered ? ago(hours, 14) : null,
    endedAt: ago(hours, 200 + i * 61),
    outcome: answered ? 'answered' : i % 2 ? 'abandoned' : 'missed',
    extensions: answered ? ['101', `10${4 + i}`] : [],
    notes:
      i === 0
        ? [{ by: 'anna', at: ago(hours, 220), text: 'Asked about the invoice of October.\nCall back before noon.' }]
        : [],
  };
}

/** Calls that are over, made up: some callers are new, some call often. */
export const mockCallLog: CallLog = {
  calls: async ({ number, limit, before = 0 }) => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    const all = Array.from({ length: Number(number.slice(-1)) % 5 }, (_, i) => earlier(number, i));
    const rows = all.slice(before, before + limit);
    const next = before + limit < all.length ? before + limit : null;
    return { ok: true, value: { rows, next } };
  },
  notes: async () => ({ ok: true, value: { notes: [] } }),
};
