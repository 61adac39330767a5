import { breath } from './breath';

export interface RowQueueOptions<T> {
  /** Writes them all or, rejecting, none. */
  readonly write: (rows: readonly T[]) => Promise<unknown>;
  /** Told when rows could not be written; they are kept and tried again with the next row. */
  readonly onError: (error: unknown, waiting: number) => void;
  /** Rows were dropped because too many waited: what stands for them, written last; null: nothing does. */
  readonly lost: (count: number) => T | null;
  /** At most this many rows wait in memory; the newest are dropped beyond it. */
  readonly limit?: number;
}

/** How many are written at once: nothing else runs meanwhile. */
const batch = 50;

/** Rows on their way to the disk, in order. `append` never waits and never fails: nobody's click hangs on the disk. */
export class RowQueue<T> {
  readonly #waiting: T[] = [];
  #dropped = 0;
  #writing: Promise<void> | null = null;

  constructor(private readonly options: RowQueueOptions<T>) {}

  append(row: T): void {
    if (this.#waiting.length >= (this.options.limit ?? 10_000)) {
      this.#dropped += 1;
      return;
    }
    this.#waiting.push(row);
    void this.#start();
  }

  /** Resolves when everything appended so far was written, or could not be. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing;
    if (this.#waiting.length > 0) await this.#start();
  }

  /** What waits for the disk, and what was dropped and not yet told. */
  get state(): { readonly waiting: number; readonly dropped: number } {
    return { waiting: this.#waiting.length, dropped: this.#dropped };
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** One writer at a time: two would write the same rows twice and lose others. */
  #start(): Promise<void> {
    this.#writing ??= this.#write().then((written) => {
      this.#writing = null;
      if (written && this.#waiting.length > 0) void this.#start();
    });
    return this.#writing;
  }

  /** False when the database refused; what waits is tried again with the next row. */
  async #write(): Promise<boolean> {
    try {
      // Lets the rows of one tick gather.
      await Promise.resolve();
      while (this.#waiting.length > 0) {
        const rows = this.#waiting.slice(0, batch);
        await this.options.write(rows);
        this.#waiting.splice(0, rows.length);
        this.#noteDropped();
        if (this.#waiting.length > 0) await breath();
      }
      return true;
    } catch (error) {
      this.options.onError(error, this.#waiting.length);
      return false;
    }
  }

  #noteDropped(): void {
    if (this.#dropped === 0) return;
    const row = this.options.lost(this.#dropped);
    this.#dropped = 0;
    if (row !== null) this.#waiting.push(row);
  }
}
