import { KeyedLimiter } from './commands/limiter';
import type { FeatureChange } from './protocol/availability';

type Change = Omit<FeatureChange, 'id'>;

export interface PacedHistoryDeps {
  readonly append: (pbx: string, change: Change) => void;
  /** Epoch ms. */
  readonly now: () => number;
  readonly log: { warn(fields: object, message: string): void };
}

/** Per person: more than anybody's day, far less than what a script in a loop does. */
const burst = 200;
const perSecond = 0.1;

/**
 * Writes changes to the history, but no flood: anybody who can send an event on the PBX could fill the disk with lines about
 * one person. What people did in the panel is always written; their commands have a pace of their own.
 */
export function pacedHistory({ append, now, log }: PacedHistoryDeps): (pbx: string, change: Change) => void {
  const limiter = new KeyedLimiter({ burst, perSecond, now });
  return (pbx, change) => {
    const { number: extension, by, source } = change;
    const verdict = by === null ? limiter.take(`${pbx} ${extension}`) : null;
    if (verdict === null || verdict.allowed) append(pbx, change);
    else if (verdict.first) log.warn({ extension, source }, 'changes so fast that the history leaves some out');
  };
}
