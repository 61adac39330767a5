import type { Fop2Report } from './fop2';

export interface Fop2GateDeps {
  readonly pass: (report: Fop2Report, at: number) => void;
  /** Grows with every block dropped as forged. */
  readonly tampered: () => number;
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
}

/** A forged UserEvent and what betrays it are written within one millisecond; this leaves room for a busy machine. */
const WAIT_MS = 50;
const MOST = 2_000;

/**
 * Nothing in a UserEvent can be checked. A text of a phone that breaks a line of PresenceStatus can forge a whole one, and
 * may be found out only by the next event (server/ami/presenceGuard.ts): so it is believed once a moment has passed
 * without that.
 */
export class Fop2Gate {
  readonly #timers = new Set<unknown>();

  constructor(private readonly deps: Fop2GateDeps) {}

  hear(report: Fop2Report, at: number): void {
    if (this.#timers.size >= MOST) return;
    const before = this.deps.tampered();
    const timer = this.deps.setTimeout(() => {
      this.#timers.delete(timer);
      if (this.deps.tampered() === before) this.deps.pass(report, at);
    }, WAIT_MS);
    this.#timers.add(timer);
  }

  stop(): void {
    for (const timer of this.#timers) this.deps.clearTimeout(timer);
    this.#timers.clear();
  }
}
