/** Time as this room sees it; tests pass one they move by hand. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Call `run` once in `ms`; the function returned cancels it. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
