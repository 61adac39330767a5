import type { FeatureBackend, WriteOutcome, WriteRequest } from './backend';

export interface LineDeps {
  readonly now: () => number;
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
  /** The PBX link is up. */
  readonly connected: () => boolean;
  /** The backend may be tried again. */
  readonly back: () => void;
}

const atOnce = { ami: 8, own: 4 } as const;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/**
 *   up ──write says away──▶ away ──pause over──▶ trying (one write) ──done or refused──▶ up
 *                            ▲                      │ away: the pause doubles, up to a minute
 *                            └──────────────────────┘
 * The way to one backend: a few writes at a time, and a pause that grows while nobody answers. SPEC W3
 */
export class BackendLine {
  #state: 'up' | 'away' | 'trying' = 'up';
  #since: number;
  #pauseMs = firstPauseMs;
  #timer: unknown = null;
  #running = 0;
  #reason = '';
  readonly #waiting: (() => void)[] = [];

  constructor(
    readonly backend: FeatureBackend,
    private readonly deps: LineDeps,
  ) {
    this.#since = deps.now();
  }

  /** Null: it can be written to; else why not. */
  get away(): string | null {
    if (this.backend.link === 'ami' && !this.deps.connected()) return 'The PBX is not connected.';
    return this.#state === 'away' ? this.#reason : null;
  }

  /** Epoch ms since it is up or away. */
  get since(): number {
    return this.#since;
  }

  /** Never rejects; `sent`: it is on its way now. */
  async write(request: WriteRequest, sent: () => void): Promise<WriteOutcome> {
    await this.#turn();
    try {
      const { away } = this;
      if (away !== null) return { kind: 'away', message: away };
      sent();
      const outcome = await this.backend.write(request);
      this.#learn(outcome);
      return outcome;
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** The link came back: no need to wait any longer. */
  reset(): void {
    this.#clear();
    this.#become('up');
    this.#pauseMs = firstPauseMs;
  }

  close(): void {
    this.#clear();
  }

  async #turn(): Promise<void> {
    // Whoever tries whether it is back, tries alone.
    const most = this.#state === 'up' ? atOnce[this.backend.link] : 1;
    if (this.#running >= most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running += 1;
  }

  #learn(outcome: WriteOutcome): void {
    if (outcome.kind !== 'away') {
      const wasTrying = this.#state !== 'up';
      this.reset();
      if (wasTrying) this.deps.back();
      return;
    }
    this.#reason = outcome.message;
    if (this.#state === 'away') return;
    this.#become('away');
    this.#clear();
    this.#timer = this.deps.setTimeout(() => {
      this.#timer = null;
      this.#state = 'trying';
      this.deps.back();
    }, this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }

  #become(state: 'up' | 'away'): void {
    const was = this.#state === 'up' ? 'up' : 'away';
    this.#state = state;
    if (was !== state) this.#since = this.deps.now();
  }

  #clear(): void {
    if (this.#timer !== null) this.deps.clearTimeout(this.#timer);
    this.#timer = null;
  }
}
