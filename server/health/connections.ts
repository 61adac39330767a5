import type { OpenConnection } from '../live/gateway';
import type { ConnectionRecord } from '../protocol/health';
import { deviceWords } from './device';

/** As the audit log has it: enough to tell sessions apart, too little to be one. */
export const sessionLength = 12;

/** Open windows by their session, the longest connected first; `own`: the id of the session that asks. */
export function connectionsOf(open: readonly OpenConnection[], own: string | null, now: number): ConnectionRecord[] {
  const bySession = new Map<string, OpenConnection[]>();
  for (const one of open) bySession.set(one.sessionId, [...(bySession.get(one.sessionId) ?? []), one]);
  const rows = [...bySession].map(([id, windows]) => toRecord(id, windows, id === own, now));
  return rows.sort((a, b) => a.since.localeCompare(b.since) || a.session.localeCompare(b.session));
}

function toRecord(id: string, windows: readonly OpenConnection[], own: boolean, now: number): ConnectionRecord {
  const [first] = windows as readonly [OpenConnection, ...OpenConnection[]];
  const { me, kind } = first;
  return {
    session: id.slice(0, sessionLength),
    kind,
    name: me.name,
    username: me.username,
    role: 'roleName' in me && typeof me.roleName === 'string' ? me.roleName : me.role,
    extension: me.extension,
    addresses: [...new Set(windows.map(({ address }) => address))],
    device: deviceWords(windows.at(-1)?.userAgent ?? ''),
    since: new Date(Math.min(...windows.map(({ since }) => since))).toISOString(),
    // Whoever has a window open is here now.
    lastSeenAt: new Date(now).toISOString(),
    windows: windows.length,
    slow: windows.some(({ slow }) => slow),
    own,
  };
}
