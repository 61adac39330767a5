import { type Clock, PERIOD_MS } from './reconcile';

const PAUSE_MS = 10_000;

/**
 * When to read again because of forged blocks. One that is dropped between reads asks for a read at once; those dropped
 * during a read (a forger's call stands in the lists, too) ask for another after a pause that doubles with each such
 * read, so that a long call of his does not make the panel read without end.
 */
export class TamperPace {
  #dropped = 0;
  #before = 0;
  #reading = false;
  #streak = 0;
  #timer: unknown = null;

  constructor(
    private readonly clock: Clock,
    private readonly wantRead: () => void,
  ) {}

  /** Blocks dropped so far. */
  get dropped(): number {
    return this.#dropped;
  }

  incident(): void {
    this.#dropped++;
    if (!this.#reading) this.wantRead();
  }

  readBegins(): void {
    this.#reading = true;
    this.#before = this.#dropped;
  }

  readEnds(): void {
    if (!this.#reading) return;
    this.stop();
    if (this.#dropped === this.#before) {
      this.#streak = 0;
      return;
    }
    const pause = Math.min(PAUSE_MS * 2 ** this.#streak++, PERIOD_MS);
    this.#timer = this.clock.setTimeout(() => this.wantRead(), pause);
  }

  stop(): void {
    this.#reading = false;
    if (this.#timer !== null) this.clock.clearTimeout(this.#timer);
    this.#timer = null;
  }
}
