import { z } from 'zod';
import type { Settings } from './settings';

/** `version` is the one that was read; 0: never saved. */
export interface Saved<S> {
  readonly version: number;
  readonly settings: S;
}

export interface SavedSettingsOptions<S> {
  readonly settings: Pick<Settings, 'get' | 'put'>;
  readonly key: string;
  /** In force until something was saved. */
  readonly initial: S;
  /** What a saved value means; never throws, whatever it has become. */
  readonly read: (saved: unknown) => S;
  /** Called after every save, when `current` tells the new ones; a save is answered after it. */
  readonly changed?: (settings: S) => void | Promise<void>;
}

/** The settings of one key that are in force: what was saved, else the initial ones. */
export class SavedSettings<S> {
  #now: Saved<S>;

  constructor(private readonly options: SavedSettingsOptions<S>) {
    this.#now = { version: 0, settings: options.initial };
  }

  /** To be awaited before anything asks. */
  async load(): Promise<void> {
    const { settings, key, read } = this.options;
    const saved = await settings.get(key, z.unknown());
    if (saved !== null) this.#now = { version: saved.version, settings: read(saved.value) };
  }

  get(): Saved<S> {
    return this.#now;
  }

  /** `version` is the one that was edited. Throws ConflictError when somebody else saved in the meantime. */
  async save({ version, settings }: Saved<S>): Promise<Saved<S>> {
    const { key, changed } = this.options;
    const saved = { version: await this.options.settings.put(key, settings, version), settings };
    // Answers of two saves may come the other way round.
    if (saved.version > this.#now.version) {
      this.#now = saved;
      await changed?.(settings);
    }
    return saved;
  }
}
