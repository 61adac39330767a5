import type { RecordingSettings } from '../protocol/recording';
import {
  defaultRetention,
  type KeptBook,
  keptBook,
  type PurgeResult,
  type RetentionPreview,
  type RetentionSettings,
  retentionSettings,
  type SavedRetention,
} from '../protocol/retention';
import { sizeOf, type WrittenBook } from '../store/kept-books';
import { SavedSettings } from '../store/saved-settings';
import type { Store } from '../store/store';
import { findRecordings, removeRecordings } from './recordings';

export interface RetentionDeps {
  readonly store: Pick<Store, 'settings' | 'database' | 'audit' | 'calls' | 'callNotes' | 'history' | 'incidents'>;
  readonly recording: () => RecordingSettings;
  readonly now: () => number;
  readonly log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
}

const dayMs = 24 * 60 * 60_000;
const everyMs = dayMs;
const firstMs = 60_000;

/** Removes what is older than it is to be kept: each day by itself, and when somebody says so. */
export class Retention {
  readonly #saved: SavedSettings<RetentionSettings>;
  #timers: NodeJS.Timeout[] = [];
  #running: Promise<PurgeResult> | null = null;

  constructor(private readonly deps: RetentionDeps) {
    this.#saved = new SavedSettings<RetentionSettings>({
      settings: deps.store.settings,
      key: 'retention',
      initial: defaultRetention,
      read(saved) {
        const { success, data } = retentionSettings.safeParse(saved);
        if (success) return data;
        // Nothing is removed by settings that nobody can read.
        deps.log.warn({}, 'saved settings of retention cannot be read: nothing is removed');
        return { ...defaultRetention, calls: null, audit: null, changes: null, incidents: null };
      },
    });
  }

  load(): Promise<void> {
    return this.#saved.load();
  }

  start(): void {
    const run = (): void => void this.purge();
    this.#timers = [setTimeout(run, firstMs).unref(), setInterval(run, everyMs).unref()];
  }

  /** Waits for what is being removed. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#running?.catch(() => undefined);
  }

  get(): SavedRetention {
    return this.#saved.get();
  }

  /** Throws ConflictError. */
  save(edited: SavedRetention): Promise<SavedRetention> {
    return this.#saved.save(edited);
  }

  /** What these settings would remove now. */
  async preview(settings: RetentionSettings): Promise<RetentionPreview> {
    const { store } = this.deps;
    await Promise.all([store.audit.flush(), store.calls.flush(), store.history.flush(), store.incidents.flush()]);
    const books = [];
    for (const book of keptBook.options) books.push(await this.#look(book, settings));
    return { books };
  }

  /** By what is in force; a second one waits for the first and tells what that one did. Never rejects. */
  purge(): Promise<PurgeResult> {
    this.#running ??= this.#purge().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #purge(): Promise<PurgeResult> {
    const removed: PurgeResult['removed'] = [];
    for (const book of keptBook.options) {
      try {
        removed.push({ book, count: await this.#remove(book), problem: null });
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        this.deps.log.error({ err: error, book }, 'what is too old was not removed');
        removed.push({ book, count: 0, problem });
      }
    }
    const counts = Object.fromEntries(removed.filter(({ count }) => count > 0).map(({ book, count }) => [book, count]));
    if (Object.keys(counts).length > 0) this.deps.log.info({ ...counts }, 'what was too old is removed');
    return { removed };
  }

  async #remove(book: KeptBook): Promise<number> {
    const { store } = this.deps;
    const { settings } = this.#saved.get();
    const before = this.#before(book, settings);
    if (before === null) return 0;
    switch (book) {
      case 'recordings':
        return settings.recordingsFolder === '' ? 0 : removeRecordings(this.#query(settings, before));
      case 'calls':
        return store.calls.prune(before);
      case 'notes':
        return store.callNotes.prune(before);
      case 'audit':
        return store.audit.prune(before);
      case 'changes':
        return store.history.prune(before);
      case 'incidents':
        return store.incidents.prune(before);
    }
  }

  async #look(book: KeptBook, settings: RetentionSettings): Promise<RetentionPreview['books'][number]> {
    const before = this.#before(book, settings);
    const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
    if (book !== 'recordings') {
      const { oldest, ...size } = await sizeOf(this.deps.store.database.prisma, book satisfies WrittenBook, before);
      return { book, ...size, bytes: null, oldest: iso(oldest), problem: null };
    }
    const nothing = { book, total: null, old: 0, bytes: null, oldest: null, problem: null };
    if (settings.recordingsFolder === '') return nothing;
    try {
      const { oldest, ...found } = await findRecordings(this.#query(settings, before));
      return { book, ...found, oldest: iso(oldest), problem: null };
    } catch (error) {
      return { ...nothing, problem: error instanceof Error ? error.message : String(error) };
    }
  }

  #query(settings: RetentionSettings, before: Date | null) {
    return {
      folder: settings.recordingsFolder,
      settings: this.deps.recording(),
      before: before?.getTime() ?? Number.NEGATIVE_INFINITY,
    };
  }

  /** Null: for ever. Notes are kept as long as calls. */
  #before(book: KeptBook, settings: RetentionSettings): Date | null {
    const days = settings[book === 'notes' ? 'calls' : book];
    return days === null ? null : new Date(this.deps.now() - days * dayMs);
  }
}
