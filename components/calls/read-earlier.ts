import { callsPage } from '@/server/protocol/call-log';
import { call } from '../auth/api';
import type { EarlierCalls } from './earlier';

/** GET /api/v1/calls of a number; null: not known, or not for this user. */
export async function readEarlier(number: string, limit: number): Promise<EarlierCalls | null> {
  const query = new URLSearchParams({ number, limit: String(limit) });
  const outcome = await call(callsPage, `calls?${query}`);
  return outcome.ok ? { rows: outcome.value.rows, more: outcome.value.next !== null } : null;
}
