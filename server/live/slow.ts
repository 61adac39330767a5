import type { Schedule } from './hub';

export interface SlowReader {
  /** Nothing to speak of waits to be sent any more. */
  drained(): boolean;
  /** It may go on. */
  resume(): void;
  /** It did not drain in time. */
  giveUp(): void;
}

/** Watches those who were taken out of the stream until they have drained, or have had their time. */
export class SlowReaders {
  private readonly until = new Map<SlowReader, number>();
  private cancel: (() => void) | null = null;
  private waited = 0;

  constructor(
    private readonly schedule: Schedule,
    private readonly everyMs: number,
  ) {}

  get size(): number {
    return this.until.size;
  }

  has(reader: SlowReader): boolean {
    return this.until.has(reader);
  }

  add(reader: SlowReader, patienceMs: number): void {
    this.until.set(reader, this.waited + patienceMs);
    this.cancel ??= this.schedule(() => this.look(), this.everyMs);
  }

  remove(reader: SlowReader): void {
    this.until.delete(reader);
  }

  close(): void {
    this.cancel?.();
    this.cancel = null;
    this.until.clear();
  }

  private look(): void {
    this.cancel = null;
    this.waited += this.everyMs;
    for (const [reader, until] of [...this.until]) {
      const drained = reader.drained();
      if (!drained && this.waited < until) continue;
      this.until.delete(reader);
      if (drained) reader.resume();
      else reader.giveUp();
    }
    if (this.until.size > 0) this.cancel ??= this.schedule(() => this.look(), this.everyMs);
  }
}
