/** A timer that may be cancelled any number of times. */
export interface DemoTimer {
  cancel(): void;
}

/** Time for the demo PBX: epoch ms, and work to be done later. */
export interface DemoClock {
  now(): number;
  after(ms: number, run: () => void): DemoTimer;
}

interface Entry {
  at: number;
  order: number;
  run: (() => void) | null;
}

/** Time that moves only when told to: a thousand office hours run in a second, and always alike. */
export class VirtualClock implements DemoClock {
  private readonly heap: Entry[] = [];
  private order = 0;

  constructor(private time = Date.UTC(2026, 0, 5, 9, 0, 0)) {}

  now(): number {
    return this.time;
  }

  after(ms: number, run: () => void): DemoTimer {
    this.order += 1;
    const entry: Entry = { at: this.time + Math.max(0, ms), order: this.order, run };
    this.push(entry);
    return {
      cancel: () => {
        entry.run = null;
      },
    };
  }

  /** Runs everything due within the next `ms`, in order, and leaves the clock exactly `ms` later. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (let next = this.heap[0]; next !== undefined && next.at <= end; next = this.heap[0]) {
      this.pop();
      if (next.run === null) continue;
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = end;
  }

  /** Timers still to run. */
  pending(): number {
    return this.heap.filter((entry) => entry.run !== null).length;
  }

  private push(entry: Entry): void {
    const heap = this.heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || !earlier(entry, parent)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = entry;
  }

  private pop(): void {
    const heap = this.heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let down = at * 2 + 1;
      const left = heap[down];
      const right = heap[down + 1];
      if (left === undefined) break;
      if (right !== undefined && earlier(right, left)) down += 1;
      const child = heap[down];
      if (child === undefined || !earlier(child, last)) break;
      heap[at] = child;
      at = down;
    }
    heap[at] = last;
  }
}

function earlier(one: Entry, two: Entry): boolean {
  return one.at < two.at || (one.at === two.at && one.order < two.order);
}

/** Real time; `scale` 10 makes ten seconds of office life pass in one. `close` cancels all that is pending. */
export class SystemClock implements DemoClock {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly origin = Date.now();

  constructor(private readonly scale = 1) {}

  now(): number {
    return this.scale === 1 ? Date.now() : Math.round(this.origin + (Date.now() - this.origin) * this.scale);
  }

  after(ms: number, run: () => void): DemoTimer {
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        try {
          run();
        } catch (error) {
          // The demo lives inside the panel's process: a fault of its own must not end that, nor stay unseen.
          process.emitWarning(error instanceof Error ? error : String(error));
        }
      },
      Math.max(0, ms / this.scale),
    );
    this.timers.add(timer);
    return {
      cancel: () => {
        clearTimeout(timer);
        this.timers.delete(timer);
      },
    };
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
