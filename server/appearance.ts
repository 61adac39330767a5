import { whyNoPicture } from './pictures';
import {
  type Appearance,
  type AppearanceSettings,
  appearanceSettings,
  defaultAppearance,
  mostIconBytes,
  mostLogoBytes,
  type Picture,
  type SavedAppearance,
} from './protocol/appearance';
import { SavedSettings } from './store/saved-settings';
import type { Store } from './store/store';

export type PictureName = 'logo' | 'icon';

export interface AppearanceKeeperDeps {
  readonly settings: Pick<Store['settings'], 'get' | 'put'>;
  /** Called after every save: open pages look the same at once. */
  readonly changed: () => void;
  readonly log: { warn(fields: object, message: string): void };
}

/** How the panel calls itself and looks: what was saved, else its own. */
export class AppearanceKeeper {
  readonly #saved: SavedSettings<AppearanceSettings>;

  constructor({ settings, changed, log }: AppearanceKeeperDeps) {
    this.#saved = new SavedSettings({
      settings,
      key: 'appearance',
      initial: defaultAppearance,
      read(saved) {
        const { success, data } = appearanceSettings.safeParse(saved);
        if (!success) log.warn({}, 'the saved appearance cannot be read: the panel’s own is in force');
        return data ?? defaultAppearance;
      },
      changed,
    });
  }

  /** To be awaited before anything asks. */
  load(): Promise<void> {
    return this.#saved.load();
  }

  get(): SavedAppearance {
    return this.#saved.get();
  }

  /** What every page may know. */
  shown(): Appearance {
    const { version, settings } = this.#saved.get();
    const { name, accent, locale } = settings;
    const address = (picture: PictureName): string | null =>
      settings[picture] === null ? null : `/api/v1/appearance/${picture}?v=${version}`;
    return { version, name, accent, locale, logo: address('logo'), icon: address('icon') };
  }

  picture(name: PictureName): { readonly type: Picture['type']; readonly bytes: Buffer } | null {
    const picture = this.#saved.get().settings[name];
    return picture && { type: picture.type, bytes: Buffer.from(picture.data, 'base64') };
  }

  /** What is wrong with a picture and which, in words; null: nothing. */
  objection({ logo, icon }: AppearanceSettings): { readonly field: PictureName; readonly message: string } | null {
    const problem = logo && whyNoPicture(logo, mostLogoBytes);
    if (problem) return { field: 'logo', message: problem };
    const iconProblem = icon && whyNoPicture(icon, mostIconBytes);
    return iconProblem ? { field: 'icon', message: iconProblem } : null;
  }

  /** In force at once. Throws ConflictError when somebody else saved in the meantime. */
  save(edited: SavedAppearance): Promise<SavedAppearance> {
    return this.#saved.save(edited);
  }
}
