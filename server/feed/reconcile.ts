export interface Clock {
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** `extensions`: who is who and the trunks alone; `all`: every list. A wider request swallows a narrower one. */
export interface ResyncRequest {
  readonly scope: 'extensions' | 'all';
  /** True: differences are drift. False: the configuration has changed, or the connection is new. */
  readonly repair: boolean;
  readonly reason: string;
}

export interface ReconcilerDeps {
  readonly clock: Clock;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  readonly run: (request: ResyncRequest) => Promise<void>;
}

export const PERIOD_MS = 300_000;
export const MIN_GAP_MS = 10_000;
const JITTER = 0.1;

/** Paces full reads: every five minutes ± 10 %, on request, never two within ten seconds, never two at once. */
export class Reconciler {
  #wanted: ResyncRequest | null = null;
  #timer: unknown = null;
  #lastStart = Number.NEGATIVE_INFINITY;
  #running = false;
  #active = false;

  constructor(private readonly deps: ReconcilerDeps) {}

  /** A read has just begun or ended elsewhere (the first read): the pauses count from here. */
  start(): void {
    this.#active = true;
    this.#lastStart = this.deps.clock.now();
    this.#plan();
  }

  stop(): void {
    this.#active = false;
    this.#wanted = null;
    this.#clear();
  }

  request(request: ResyncRequest): void {
    this.#wanted = this.#wanted === null ? request : wider(this.#wanted, request);
    this.#plan();
  }

  #plan(): void {
    if (!this.#active || this.#running) return;
    this.#clear();
    const now = this.deps.clock.now();
    const due =
      this.#wanted === null
        ? PERIOD_MS * (1 - JITTER + 2 * JITTER * this.deps.random())
        : Math.max(0, this.#lastStart + MIN_GAP_MS - now);
    this.#timer = this.deps.clock.setTimeout(() => void this.#fire(), due);
  }

  async #fire(): Promise<void> {
    this.#timer = null;
    const request = this.#wanted ?? { scope: 'all', repair: true, reason: 'periodic' };
    this.#wanted = null;
    this.#running = true;
    this.#lastStart = this.deps.clock.now();
    try {
      await this.deps.run(request);
    } catch {
      // The runner logs its own failures; the next round comes in any case.
    } finally {
      this.#running = false;
      this.#plan();
    }
  }

  #clear(): void {
    if (this.#timer !== null) this.deps.clock.clearTimeout(this.#timer);
    this.#timer = null;
  }
}

function wider(before: ResyncRequest, next: ResyncRequest): ResyncRequest {
  return {
    scope: before.scope === 'all' || next.scope === 'all' ? 'all' : 'extensions',
    // A changed configuration explains every difference: nothing of it is drift.
    repair: before.repair && next.repair,
    reason: before.reason.includes(next.reason) ? before.reason : `${before.reason}; ${next.reason}`.slice(0, 200),
  };
}
