import type { RestoreOutcome } from './protocol/backups';
import type { Swapped } from './store/restore';

/** A panel that serves. */
export interface Running {
  /** Resolves when nobody is served and nothing is open any more. */
  stop(): Promise<void>;
}

export interface RestartableOptions {
  /** `restored`: how the restore that this start belongs to went; null: it belongs to none. */
  readonly start: (restored: RestoreOutcome | null) => Promise<Running>;
  /** There is nothing left to rely on: ends the process. */
  readonly die: (error: unknown) => void;
  readonly now: () => number;
  readonly log: { info(fields: object, message: string): void; error(fields: object, message: string): void };
}

/** A disk that hangs or a socket that will not close must not keep the panel away for ever. */
const stopWithinMs = 20_000;

/** The panel within its process: started, stopped, and started again on another database. */
export class Restartable {
  #running: Running | null = null;
  #restarting = false;

  constructor(private readonly options: RestartableOptions) {}

  async begin(): Promise<void> {
    this.#running = await this.options.start(null);
  }

  /** For good. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    await running?.stop();
  }

  /**
   * Stops, exchanges the database, starts. When the exchange fails, or the panel does not start with what it got, the
   * exchange is taken back and the panel starts as it was. False: it restarts already. Never rejects.
   */
  async restart(about: { readonly by: string; readonly name: string }, exchange: () => Swapped): Promise<boolean> {
    const { log, die, now, start } = this.options;
    if (this.#restarting || this.#running === null) return false;
    this.#restarting = true;
    const outcome = (ok: boolean, message: string): RestoreOutcome => {
      return { ...about, at: new Date(now()).toISOString(), ok, message };
    };
    try {
      log.info({ ...about }, 'the panel restarts to restore a backup');
      const late = setTimeout(() => die(new Error('the panel did not stop in time for a restore')), stopWithinMs);
      await this.stop();
      clearTimeout(late);
      let swapped: Swapped | null = null;
      try {
        swapped = exchange();
        this.#running = await start(outcome(true, ''));
        letGo(swapped, log);
      } catch (error) {
        log.error({ err: error }, 'a backup was not restored: the database is as it was');
        swapped?.undo();
        this.#running = await start(outcome(false, error instanceof Error ? error.message : String(error)));
      }
      return true;
    } catch (error) {
      die(error);
      return false;
    } finally {
      this.#restarting = false;
    }
  }
}

function letGo(swapped: Swapped, log: RestartableOptions['log']): void {
  try {
    swapped.keep();
  } catch (error) {
    // Taken back it must not be any more: the panel runs on it.
    log.error(
      { err: error },
      'the files of before a restore were not removed: remove them, or the next start goes back',
    );
  }
}
