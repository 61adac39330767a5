import { concerns, type EndedSessions, type Identity } from './identity';

/** Remembers which sessions ended lately: one may end while its next socket is still being authenticated. */
export class EndedLog {
  private readonly lately: EndedSessions[] = [];
  private count = 0;

  constructor(private readonly keep = 1_000) {}

  /** How many have ended so far; to be noted before authenticating. */
  get mark(): number {
    return this.count;
  }

  add(ended: EndedSessions): void {
    this.count += 1;
    this.lately.push(ended);
    if (this.lately.length > this.keep) this.lately.shift();
  }

  /** What ended this session since `mark`; null: nothing. Too long ago to be known counts as ended. */
  since(mark: number, identity: Identity): EndedSessions | null {
    const missed = this.count - mark;
    if (missed > this.lately.length) return { reason: 'expired' };
    const recent = missed === 0 ? [] : this.lately.slice(-missed);
    return recent.find((ended) => concerns(ended, identity)) ?? null;
  }
}
