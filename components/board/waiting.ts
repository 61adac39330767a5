import type { BoardView } from '@/server/protocol/boards';
import type { QueueCaller } from '@/server/protocol/records';

export type Urgency = 'calm' | 'warn' | 'alert';
type Thresholds = Pick<BoardView['settings'], 'waitWarn' | 'waitAlert'>;

/** When the caller who waits longest came, epoch ms; null: nobody waits. */
export function longestSince(callers: readonly Pick<QueueCaller, 'waitingSince'>[]): number | null {
  if (callers.length === 0) return null;
  return Math.min(...callers.map(({ waitingSince }) => Date.parse(waitingSince)));
}

/** How bad it is that somebody waits since then. */
export function urgencyOf(since: number | null, now: number, { waitWarn, waitAlert }: Thresholds): Urgency {
  if (since === null) return 'calm';
  const seconds = (now - since) / 1_000;
  if (seconds >= waitAlert) return 'alert';
  return seconds >= waitWarn ? 'warn' : 'calm';
}
