import { z } from 'zod';
import {
  type LdapSettings,
  type OidcSettings,
  type SignInBody,
  type SignInSettings,
  signInSettings,
} from '../protocol/sign-in';
import { defaultSignIn } from '../protocol/sign-in-default';
import { SecretKeyError } from '../store/errors';
import { SavedSettings } from '../store/saved-settings';
import type { Store } from '../store/store';
import { RefusedSettingsError } from './refused-settings';

type SecretName = 'clientSecret' | 'bindPassword';

/** Sealed; empty: there is none. */
const stored = z.object({ settings: signInSettings, clientSecret: z.string(), bindPassword: z.string() });
type Stored = z.infer<typeof stored>;

export interface SignInSettingsDeps {
  readonly store: Pick<Store, 'settings' | 'secrets'>;
  readonly changed: () => void;
  readonly log: { error(fields: object, message: string): void };
}

const lost = 'The saved secret cannot be read with the key there is now: enter it again.';

/** How people sign in: what was saved, else that nobody but the panel knows them. Secrets are sealed, and stay here. */
export class SignInSettingsKeeper {
  readonly #saved: SavedSettings<Stored>;

  constructor(private readonly deps: SignInSettingsDeps) {
    const nothing: Stored = { settings: defaultSignIn, clientSecret: '', bindPassword: '' };
    this.#saved = new SavedSettings({
      settings: deps.store.settings,
      key: 'sign-in',
      initial: nothing,
      read(saved) {
        const { error, data } = stored.safeParse(saved);
        if (error) deps.log.error({ err: error }, 'the saved ways to sign in cannot be read: only passwords are good');
        return data ?? nothing;
      },
      changed: deps.changed,
    });
  }

  /** To be awaited before anybody signs in. */
  load(): Promise<void> {
    return this.#saved.load();
  }

  current(): SignInSettings {
    return this.#saved.get().settings.settings;
  }

  saved(): { readonly version: number; readonly settings: SignInSettings; readonly has: Record<SecretName, boolean> } {
    const { version, settings } = this.#saved.get();
    const has = { clientSecret: settings.clientSecret !== '', bindPassword: settings.bindPassword !== '' };
    return { version, settings: settings.settings, has };
  }

  /** Throws ConflictError when somebody else saved in the meantime, and RefusedSettingsError where a secret is missing. */
  async save(body: SignInBody): Promise<void> {
    const { version, settings } = body;
    const clientSecret = this.toKeep('clientSecret', body.clientSecret, settings);
    const bindPassword = this.toKeep('bindPassword', body.bindPassword, settings);
    await this.#saved.save({ version, settings: { settings, clientSecret, bindPassword } });
  }

  /** The secret to use now; null: there is none, or it was sealed with another key, which is logged. */
  secret(name: SecretName): string | null {
    const sealed = this.#saved.get().settings[name];
    if (sealed === '') return null;
    try {
      return this.deps.store.secrets.open(sealed, contextOf(name));
    } catch (error) {
      if (!(error instanceof SecretKeyError)) throw error;
      this.deps.log.error({ err: error, secret: name }, 'a saved secret for signing in cannot be read');
      return null;
    }
  }

  /** The client's secret for a try of `oidc`: the given one, else the saved one where it may be sent. */
  clientSecretFor(oidc: OidcSettings, given: string | undefined): string | null {
    return given ?? this.opened('clientSecret', { ...this.current(), oidc });
  }

  bindPasswordFor(ldap: LdapSettings, given: string | undefined): string | null {
    return given ?? this.opened('bindPassword', { ...this.current(), ldap });
  }

  private opened(name: SecretName, settings: SignInSettings): string | null {
    if (this.toKeep(name, undefined, settings) === '') return null;
    const secret = this.secret(name);
    if (secret === null) throw new RefusedSettingsError(lost, name);
    return secret;
  }

  /** A saved secret may only go to the place it was saved for: else a form could carry it off. */
  private toKeep(name: SecretName, given: string | undefined, settings: SignInSettings): string {
    if (given !== undefined) return this.deps.store.secrets.seal(given, contextOf(name));
    const { settings: before, ...sealed } = this.#saved.get().settings;
    if (sealed[name] === '' || accountOf(name, settings) === '') return '';
    if (placeOf(name, before) === placeOf(name, settings)) return sealed[name];
    throw new RefusedSettingsError(moved[name], name);
  }
}

const moved: Readonly<Record<SecretName, string>> = {
  clientSecret: 'Enter the client secret again: the saved one belongs to another provider or client.',
  bindPassword:
    'Enter the password again: the saved one belongs to other servers, another account or other encryption.',
};

/** For whom the secret is; empty: for nobody, so that none is kept. */
function accountOf(name: SecretName, { oidc, ldap }: SignInSettings): string {
  return name === 'clientSecret' ? oidc.clientId : ldap.bindDn;
}

/** Whoever could read the secret on its way: another one of these, and it has to be entered again. */
function placeOf(name: SecretName, { oidc, ldap }: SignInSettings): string {
  return JSON.stringify(
    name === 'clientSecret' ? [oidc.issuer, oidc.clientId, oidc.ca] : [ldap.urls, ldap.bindDn, ldap.startTls, ldap.ca],
  );
}

function contextOf(name: SecretName): string {
  return `sign-in.${name}`;
}
