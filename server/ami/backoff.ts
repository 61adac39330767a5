import type { LinkFailure } from './types';

interface Range {
  readonly first: number;
  readonly cap: number;
}

/**
 * Milliseconds. A PBX that is away or restarting is asked often: the panel has 5 s to be right again after it is back.
 * What only a person can mend is asked seldom: `authlimit` counts pending logins and fail2ban counts bad ones.
 */
const RANGES: Readonly<Record<LinkFailure, Range>> = {
  refused: { first: 250, cap: 2_000 },
  lost: { first: 250, cap: 2_000 },
  shutdown: { first: 500, cap: 2_000 },
  pingOverdue: { first: 250, cap: 2_000 },
  timeout: { first: 250, cap: 2_000 },
  unreachable: { first: 500, cap: 3_000 },
  notAsterisk: { first: 2_000, cap: 10_000 },
  tls: { first: 5_000, cap: 30_000 },
  badSecret: { first: 30_000, cap: 120_000 },
};

/** How long to wait before the next attempt: doubles up to a cap that depends on the cause, with ±20 % jitter. */
export class Backoff {
  readonly #random: () => number;
  #attempt = 0;
  #cause: LinkFailure | null = null;

  /** `random` gives 0 ≤ x < 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Milliseconds to wait after a failure of this kind; never below 30 s for a bad secret. */
  next(cause: LinkFailure): number {
    const slow = RANGES[cause].first > RANGES.lost.cap;
    if (this.#cause !== null && slow !== RANGES[this.#cause].first > RANGES.lost.cap) this.#attempt = 0;
    this.#cause = cause;
    const { first, cap } = RANGES[cause];
    const base = Math.min(cap, first * 2 ** Math.min(this.#attempt, 20));
    this.#attempt++;
    const spread = cause === 'badSecret' ? this.#random() * 0.4 : this.#random() * 0.4 - 0.2;
    return Math.round(base * (1 + spread));
  }

  /** The link is ready again. */
  reset(): void {
    this.#attempt = 0;
    this.#cause = null;
  }
}
