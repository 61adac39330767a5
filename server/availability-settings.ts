import { z } from 'zod';
import { type AvailabilitySettings, availabilitySettings, type SavedAvailability } from './protocol/availability';
import { defaultAvailability } from './protocol/availability-default';
import { SavedSettings } from './store/saved-settings';
import type { Store } from './store/store';

export interface AvailabilitySettingsDeps {
  readonly store: Pick<Store, 'settings'>;
  /** Called after every save, when `current` tells the new ones. */
  readonly changed: (settings: AvailabilitySettings) => void;
  readonly log: { warn(fields: object, message: string): void };
}

/** The settings of do-not-disturb, forwarding and presence that are in force: what was saved, else the defaults. */
export class AvailabilitySettingsKeeper {
  readonly #saved: SavedSettings<AvailabilitySettings>;

  constructor({ store, changed, log }: AvailabilitySettingsDeps) {
    this.#saved = new SavedSettings({
      settings: store.settings,
      key: 'availability',
      initial: defaultAvailability,
      read(saved) {
        const { settings, unreadable } = readable(saved);
        const words = 'saved availability settings cannot be read: the defaults are in force';
        if (unreadable.length > 0) log.warn({ parts: unreadable }, words);
        return settings;
      },
      changed,
    });
  }

  /** To be awaited before anything asks. A part that cannot be read any more is taken from the defaults, and logged. */
  load(): Promise<void> {
    return this.#saved.load();
  }

  current(): AvailabilitySettings {
    return this.#saved.get().settings;
  }

  async get(): Promise<SavedAvailability> {
    return this.#saved.get();
  }

  /** `version` is the one that was edited. Throws ConflictError when somebody else saved in the meantime. */
  save(edited: SavedAvailability): Promise<SavedAvailability> {
    return this.#saved.save(edited);
  }
}

type Part = keyof AvailabilitySettings;

/** What of a saved value still is what it should be; the rest from the defaults. A part that is not there yet is no fault. */
function readable(saved: unknown): { settings: AvailabilitySettings; unreadable: readonly Part[] } {
  const given = z.record(z.string(), z.unknown()).safeParse(saved).data ?? {};
  const parts = Object.keys(defaultAvailability) as Part[];
  const taken = new Set(parts.filter((part) => given[part] !== undefined));
  const unreadable: Part[] = [];
  // What spans a whole part is only looked at when the parts themselves are right: hence more than one turn.
  for (;;) {
    const candidate = Object.fromEntries(
      parts.map((part) => [part, taken.has(part) ? given[part] : defaultAvailability[part]]),
    );
    const result = availabilitySettings.safeParse(candidate);
    if (result.success) return { settings: result.data, unreadable };
    const bad = parts.filter((part) => taken.has(part) && result.error.issues.some(({ path }) => path[0] === part));
    if (bad.length === 0) return { settings: defaultAvailability, unreadable: parts };
    for (const part of bad) taken.delete(part);
    unreadable.push(...bad);
  }
}
