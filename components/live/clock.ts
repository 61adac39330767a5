/**
 * The server's clock, kept from the times it sends. A sample is never ahead of the truth (the wire only delays), so a
 * higher one is believed at once and a lower one moves the estimate slowly.
 */
export class ServerClock {
  #offset: number;
  #known = false;

  /** `now`: a monotonic clock in ms. `wall`: what the time is believed to be before the server has said so. */
  constructor(
    private readonly now: () => number,
    wall: number,
  ) {
    this.#offset = wall - now();
  }

  /** Server time, epoch ms. */
  read(): number {
    return this.#offset + this.now();
  }

  /** The answer to a question asked at `askedAt` (of `now`): half the way back is subtracted. */
  answered(serverTime: number, askedAt: number): void {
    const now = this.now();
    this.#offset = serverTime + (now - askedAt) / 2 - now;
    this.#known = true;
  }

  /** A message that was stamped when it was sent. */
  heard(at: number): void {
    const sample = at - this.now();
    const ahead = sample - this.#offset;
    if (!this.#known || Math.abs(ahead) > 5_000 || ahead > 0) this.#offset = sample;
    else this.#offset += ahead * 0.02;
    this.#known = true;
  }
}
