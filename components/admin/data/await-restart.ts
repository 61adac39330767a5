import { backupsState } from '@/server/protocol/backups';
import { call } from '../../auth/api';

/** How a restore ended, as far as this page can tell. */
export interface Restarted {
  readonly kind: 'restored' | 'signedOut' | 'failed' | 'away';
  readonly message: string;
}

const everyMs = 500;
const patienceMs = 2 * 60_000;

/** Waits until the panel is back and says how the restore went. `before`: the time of the one before it; null: none. */
export async function awaitRestart(before: string | null): Promise<Restarted> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    const outcome = await call(backupsState, 'admin/backups', { timeoutMs: 5_000 });
    if (!outcome.ok) {
      if (outcome.error === 'unauthenticated' || outcome.error === 'forbidden')
        return { kind: 'signedOut', message: '' };
      continue;
    }
    const { restored } = outcome.value;
    // The panel answers for the old database until it is stopped.
    if (restored === null || restored.at === before) continue;
    return { kind: restored.ok ? 'restored' : 'failed', message: restored.message };
  }
  return { kind: 'away', message: '' };
}
