import { freshSetup, type SavedSetup, type SetupProgress, setupProgress } from '../protocol/setup';
import { SavedSettings } from '../store/saved-settings';
import type { Store } from '../store/store';

/** How far the assistant came: what was saved, else nothing yet. */
export class SetupProgressKeeper {
  readonly #saved: SavedSettings<SetupProgress>;

  constructor(store: Pick<Store, 'settings'>) {
    this.#saved = new SavedSettings({
      settings: store.settings,
      key: 'setup',
      initial: freshSetup,
      // Nothing depends on it: what cannot be read any more begins anew.
      read: (saved) => setupProgress.safeParse(saved).data ?? freshSetup,
    });
  }

  /** To be awaited before anything asks. */
  load(): Promise<void> {
    return this.#saved.load();
  }

  async get(): Promise<SavedSetup> {
    return this.#saved.get();
  }

  /** Throws ConflictError when another window came further in the meantime. */
  save(edited: SavedSetup): Promise<SavedSetup> {
    return this.#saved.save(edited);
  }
}
