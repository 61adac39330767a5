import type { PbxRecord } from '@/server/protocol/records';
import type { Connection, Mirror } from './mirror';

/** What is on the screen is not the present: since when (server time, epoch ms), and which link is to blame. */
export interface Staleness {
  readonly cause: 'server' | 'pbx';
  readonly since: number;
  /** Why nothing can be done now, one sentence. */
  readonly reason: string;
}

// Identity matters to the hooks: one object per (cause, since).
let last: Staleness | null = null;

export function stalenessOf(mirror: Mirror): Staleness | null {
  return staleness(mirror.connection, mirror.lostAt, mirror.records.map('pbx').values().next().value);
}

function staleness(
  connection: Connection,
  lostAt: number | null,
  pbx: Pick<PbxRecord, 'link' | 'since'> | undefined,
): Staleness | null {
  if (connection !== 'live' && lostAt !== null) {
    // The PBX's link may have been down already before the server was lost.
    const since = pbx?.link === 'down' ? Math.min(lostAt, Date.parse(pbx.since)) : lostAt;
    return remember('server', since, 'The panel server cannot be reached.');
  }
  if (pbx?.link === 'down') return remember('pbx', Date.parse(pbx.since), 'The PBX link is down.');
  return null;
}

function remember(cause: Staleness['cause'], since: number, reason: string): Staleness {
  if (last?.cause !== cause || last.since !== since) last = { cause, since, reason };
  return last;
}
