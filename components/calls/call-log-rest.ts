import { callNotes, callsPage } from '@/server/protocol/call-log';
import { call } from '../auth/api';
import type { CallLog } from './call-log';

/** The log of calls over the panel's own API. Apart, for the schemas it needs are not the panel's. */
export const callLogRest: CallLog = {
  calls: ({ number, limit, before }, signal) => {
    const query = new URLSearchParams({ number, limit: String(limit) });
    if (before !== undefined) query.set('before', String(before));
    return call(callsPage, `calls?${query}`, signal ? { signal } : {});
  },
  notes: (id) => call(callNotes, `calls/${encodeURIComponent(id)}/notes`),
};
