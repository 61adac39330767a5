import { z } from 'zod';
import { defaultRecording, type RecordingSettings, recordingSettings, type SavedRecording } from './protocol/recording';
import type { Store } from './store/store';

const key = 'recording';

export interface RecordingSettingsDeps {
  readonly store: Pick<Store, 'settings'>;
  readonly log: { warn(fields: object, message: string): void };
}

/** How recordings are named: what was saved, else the default. */
export class RecordingSettingsKeeper {
  #now: SavedRecording = { version: 0, settings: defaultRecording };

  constructor(private readonly deps: RecordingSettingsDeps) {}

  /** To be awaited before anything asks. Settings that cannot be read any more are logged, and the default is in force. */
  async load(): Promise<void> {
    const saved = await this.deps.store.settings.get(key, z.unknown());
    if (saved === null) return;
    const settings = recordingSettings.safeParse(saved.value);
    if (!settings.success) {
      this.deps.log.warn({}, 'saved settings of recordings cannot be read: the default is in force');
    }
    this.#now = { version: saved.version, settings: settings.data ?? defaultRecording };
  }

  current(): RecordingSettings {
    return this.#now.settings;
  }

  async get(): Promise<SavedRecording> {
    return this.#now;
  }

  /** `version` is the one that was edited. Throws ConflictError when somebody else saved in the meantime. */
  async save({ version, settings }: SavedRecording): Promise<SavedRecording> {
    const saved = { version: await this.deps.store.settings.put(key, settings, version), settings };
    if (saved.version > this.#now.version) this.#now = saved;
    return saved;
  }
}
