import { defaultRecording, type RecordingSettings, recordingSettings, type SavedRecording } from './protocol/recording';
import { SavedSettings } from './store/saved-settings';
import type { Store } from './store/store';

export interface RecordingSettingsDeps {
  readonly store: Pick<Store, 'settings'>;
  readonly log: { warn(fields: object, message: string): void };
}

/** How recordings are named: what was saved, else the default. */
export class RecordingSettingsKeeper {
  readonly #saved: SavedSettings<RecordingSettings>;

  constructor({ store, log }: RecordingSettingsDeps) {
    this.#saved = new SavedSettings({
      settings: store.settings,
      key: 'recording',
      initial: defaultRecording,
      read(saved) {
        const { success, data } = recordingSettings.safeParse(saved);
        if (!success) log.warn({}, 'saved settings of recordings cannot be read: the default is in force');
        return data ?? defaultRecording;
      },
    });
  }

  /** To be awaited before anything asks. Settings that cannot be read any more are logged, and the default is in force. */
  load(): Promise<void> {
    return this.#saved.load();
  }

  current(): RecordingSettings {
    return this.#saved.get().settings;
  }

  async get(): Promise<SavedRecording> {
    return this.#saved.get();
  }

  /** `version` is the one that was edited. Throws ConflictError when somebody else saved in the meantime. */
  save(edited: SavedRecording): Promise<SavedRecording> {
    return this.#saved.save(edited);
  }
}
