/** Timers reach no further (2^31 ms); a later end is looked at again then. */
const furthestMs = 2_000_000_000;

export interface EndsDeps {
  readonly now: () => number;
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
  /** The end planned under this key has come. */
  readonly due: (key: string) => void;
}

/** One planned end per key. SPEC U1 */
export class Ends {
  readonly #timers = new Map<string, unknown>();

  constructor(private readonly deps: EndsDeps) {}

  /** `at` in epoch ms; null: no end any more. */
  plan(key: string, at: number | null): void {
    this.deps.clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    if (at === null) return;
    const left = Math.max(0, at - this.deps.now());
    const timer = this.deps.setTimeout(
      () => {
        this.#timers.delete(key);
        if (this.deps.now() < at) this.plan(key, at);
        else this.deps.due(key);
      },
      Math.min(left, furthestMs),
    );
    this.#timers.set(key, timer);
  }

  clear(): void {
    for (const timer of this.#timers.values()) this.deps.clearTimeout(timer);
    this.#timers.clear();
  }
}
