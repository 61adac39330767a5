export interface PresenceRefreshDeps {
  /** Held text of a presentity, null when it may not be asked; rejects when the link is gone. */
  readonly read: (presentity: string) => Promise<string | null>;
  readonly emit: (presentity: string, held: string) => void;
}

interface Pending {
  /** What the newest event said; stands where nothing can be read. */
  said: string;
  /** An event came while the presence was being read. */
  again: boolean;
}

const CONCURRENCY = 4;

/** Reads presence anew where an event may show less than is held. Events of one presentity coalesce. */
export class PresenceRefresh {
  readonly #pending = new Map<string, Pending>();
  readonly #queue: string[] = [];
  #running = 0;
  #stopped = false;

  constructor(private readonly deps: PresenceRefreshDeps) {}

  /** What an event says of it now may be older than what is being read. */
  isReading(presentity: string): boolean {
    return this.#pending.has(presentity);
  }

  changed(presentity: string, said: string): void {
    if (this.#stopped) return;
    const known = this.#pending.get(presentity);
    if (known !== undefined) {
      known.said = said;
      known.again = true;
      return;
    }
    this.#pending.set(presentity, { said, again: false });
    this.#queue.push(presentity);
    this.#pump();
  }

  stop(): void {
    this.#stopped = true;
    this.#queue.length = 0;
    this.#pending.clear();
  }

  #pump(): void {
    while (this.#running < CONCURRENCY) {
      const presentity = this.#queue.shift();
      if (presentity === undefined) return;
      this.#running++;
      void this.#run(presentity).finally(() => {
        this.#running--;
        this.#pump();
      });
    }
  }

  async #run(presentity: string): Promise<void> {
    const job = this.#pending.get(presentity);
    if (job === undefined) return;
    job.again = false;
    try {
      const held = await this.deps.read(presentity);
      if (this.#pending.get(presentity) !== job) return;
      if (job.again) {
        this.#queue.push(presentity);
        return;
      }
      this.#pending.delete(presentity);
      this.deps.emit(presentity, held ?? job.said);
    } catch {
      // The link is gone: the next connection reads everything.
      this.#pending.delete(presentity);
    }
  }
}
