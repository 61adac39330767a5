import type { Clock } from './clock';

export interface HeartbeatOptions {
  /** Milliseconds between the answer to one Ping and the next Ping. */
  readonly intervalMs: number;
  /** Milliseconds in which the answer must come. */
  readonly deadlineMs: number;
}

/**
 * A frozen PBX (SIGSTOP, a dead route) must show within 10 s: interval and deadline together stay below that, also when
 * it froze right after an answer. Only the Ping's own answer counts. Other bytes prove that a kernel still empties its
 * buffers, not that Asterisk's session thread runs; and a list of 10,000 items does not starve the Ping, because the
 * deadline is moved on while an answer of ours is still arriving (`alive`, which only items of our own actions call).
 */
export const DEFAULT_HEARTBEAT: HeartbeatOptions = { intervalMs: 4_000, deadlineMs: 5_000 };

export class Heartbeat {
  readonly #clock: Clock;
  readonly #options: HeartbeatOptions;
  readonly #send: () => void;
  readonly #overdue: () => void;
  #cancel: (() => void) | null = null;
  #waiting = false;
  #provedAt = 0;

  constructor(clock: Clock, options: HeartbeatOptions, send: () => void, overdue: () => void) {
    this.#clock = clock;
    this.#options = options;
    this.#send = send;
    this.#overdue = overdue;
  }

  start(): void {
    this.stop();
    this.#waiting = false;
    this.#provedAt = this.#clock.now();
    this.#cancel = this.#clock.after(this.#options.intervalMs, () => this.#ping());
  }

  /** The Ping was answered. */
  answered(): void {
    if (this.#waiting) this.start();
  }

  /** An answer with an ActionID of ours arrived: Asterisk's session thread runs. */
  alive(): void {
    this.#provedAt = this.#clock.now();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #ping(): void {
    this.#waiting = true;
    this.#provedAt = this.#clock.now();
    this.#cancel = this.#clock.after(this.#options.deadlineMs, () => this.#check());
    this.#send();
  }

  #check(): void {
    const left = this.#provedAt + this.#options.deadlineMs - this.#clock.now();
    if (left > 0) {
      this.#cancel = this.#clock.after(left, () => this.#check());
      return;
    }
    this.#cancel = null;
    this.#overdue();
  }
}
