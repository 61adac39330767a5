/** One timer for every clock on the screen: it runs while somebody watches, in step with the server's seconds. */
export class Ticker {
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly serverNow: () => number) {}

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#timer === null) this.#arm();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0 && this.#timer !== null) {
        clearTimeout(this.#timer);
        this.#timer = null;
      }
    };
  };

  #arm(): void {
    const untilNextSecond = 1_000 - (((this.serverNow() % 1_000) + 1_000) % 1_000);
    this.#timer = setTimeout(() => {
      this.#arm();
      for (const listener of [...this.#listeners]) listener();
    }, untilNextSecond + 2);
  }
}
