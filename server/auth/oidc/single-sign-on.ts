import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  type IDToken,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';
import type { OidcSettings } from '../../protocol/sign-in';
import { SecretKeyError } from '../../store/errors';
import type { SecretBox } from '../../store/secrets';
import type { Identity } from '../external-users';
import { identityOf, isOfDomain } from './claims';
import { OidcError } from './problems';
import { Provider } from './provider';

export const ticketMs = 10 * 60_000;
const sealContext = 'sign-in.oidc-ticket';
const mostUsed = 50_000;

/** What one browser takes along to the provider and back, sealed in its cookie. */
const ticket = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Where to go on to. */
  next: z.string(),
  /** Epoch ms. */
  at: z.number(),
  issuer: z.string(),
  clientId: z.string(),
});
type Ticket = z.infer<typeof ticket>;

export interface SingleSignOnDeps {
  readonly settings: () => OidcSettings;
  readonly secret: () => string | null;
  readonly box: SecretBox;
  /** Where the provider sends people back to; null: PUBLIC_URL is not set. */
  readonly redirectUri: string | null;
  readonly now: () => number;
}

export interface Vouched {
  readonly identity: Identity;
  /** For signing out there; proves nothing to anybody else. */
  readonly idToken: string;
}

/** Sign-in with a provider of OpenID Connect: authorization code, PKCE, state and nonce. */
export class SingleSignOn {
  #provider: Provider | null = null;
  /** States that came back, and when they are too old to come again. */
  readonly #used = new Map<string, number>();

  constructor(private readonly deps: SingleSignOnDeps) {}

  /** Called when the settings were changed. */
  forget(): void {
    this.#provider = null;
  }

  /** Where to send the browser, and its ticket. Throws OidcError, or what openid-client throws. */
  async start(next: string): Promise<{ readonly url: string; readonly ticket: string }> {
    const settings = this.enabled();
    const configuration = await this.provider(settings).configuration();
    const { issuer, clientId, prompt } = settings;
    const verifier = randomPKCECodeVerifier();
    const own: Ticket = {
      ...{ state: randomState(), nonce: randomNonce(), verifier, next, at: this.deps.now(), issuer, clientId },
    };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri(),
      scope: scopesOf(settings),
      state: own.state,
      nonce: own.nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(prompt === 'none' ? {} : { prompt }),
    });
    return { url: url.href, ticket: this.deps.box.seal(JSON.stringify(own), sealContext) };
  }

  /** Where the person wanted to go, also when the rest fails. */
  nextOf(sealed: string | undefined): string | null {
    return this.open(sealed)?.next ?? null;
  }

  /** Who the provider says came back. `query` is that of the callback. Throws OidcError, or what openid-client throws. */
  async finish(query: URLSearchParams, sealed: string | undefined): Promise<Vouched> {
    const settings = this.enabled();
    const own = this.accept(settings, query, sealed);
    const provider = this.provider(settings);
    const url = new URL(this.redirectUri());
    url.search = query.toString();
    const checks = {
      expectedState: own.state,
      expectedNonce: own.nonce,
      pkceCodeVerifier: own.verifier,
      idTokenExpected: true,
    };
    const configuration = await provider.configuration();
    const [tokens, by] = await grant(configuration, provider, url, checks);
    const claims = tokens.claims();
    if (claims === undefined || tokens.id_token === undefined) throw new OidcError('untrusted', 'no id token came');
    const identity = identityOf(claims.iss, claims.sub, await allClaims(by, tokens.access_token, claims), settings);
    if (identity === null) {
      throw new OidcError('setup', `the provider sent no claim ${settings.usernameClaim} that could be a user name`);
    }
    if (!isOfDomain(identity, settings.emailDomains))
      throw new OidcError('email', 'no verified e-mail of these domains');
    return { identity, idToken: tokens.id_token };
  }

  /** Where to sign out at the provider as well; null: it is not asked for, or the provider has no such place. */
  endSessionUrl(idToken: string | undefined, afterLogout: string): string | null {
    const settings = this.deps.settings();
    const configuration = this.#provider?.known();
    if (!settings.enabled || !settings.endSession || !configuration) return null;
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
    const hint: Record<string, string> = idToken === undefined ? {} : { id_token_hint: idToken };
    return buildEndSessionUrl(configuration, { ...hint, post_logout_redirect_uri: afterLogout }).href;
  }

  private enabled(): OidcSettings {
    const settings = this.deps.settings();
    if (!settings.enabled) throw new OidcError('off', 'single sign-on is switched off');
    return settings;
  }

  private redirectUri(): string {
    const { redirectUri } = this.deps;
    if (redirectUri === null) throw new OidcError('setup', 'PUBLIC_URL is not set, so that there is no redirect URI');
    return redirectUri;
  }

  private provider({ issuer, clientId, ca }: OidcSettings): Provider {
    this.#provider ??= new Provider({ issuer, clientId, ca, secret: this.deps.secret() }, this.deps.now);
    return this.#provider;
  }

  /** The ticket of this browser, which is used up by it. */
  private accept(settings: OidcSettings, query: URLSearchParams, sealed: string | undefined): Ticket {
    const own = this.open(sealed);
    if (own === null) throw new OidcError('again', 'this browser did not start a sign-in');
    const now = this.deps.now();
    if (now - own.at > ticketMs) throw new OidcError('again', 'the sign-in took longer than ten minutes');
    if (own.issuer !== settings.issuer || own.clientId !== settings.clientId) {
      throw new OidcError('again', 'the settings were changed during the sign-in');
    }
    if (query.get('state') !== own.state) throw new OidcError('again', 'the state is of another sign-in');
    if (this.#used.has(own.state)) throw new OidcError('again', 'the state was used already');
    this.remember(own.state, now);
    return own;
  }

  private remember(state: string, now: number): void {
    this.#used.set(state, now + ticketMs);
    for (const [old, until] of this.#used) {
      // They are in the order in which they go.
      if (until > now && this.#used.size <= mostUsed) break;
      this.#used.delete(old);
    }
  }

  private open(sealed: string | undefined): Ticket | null {
    if (!sealed) return null;
    try {
      return ticket.safeParse(JSON.parse(this.deps.box.open(sealed, sealContext))).data ?? null;
    } catch (error) {
      if (error instanceof SecretKeyError || error instanceof SyntaxError) return null;
      throw error;
    }
  }
}

type Tokens = Awaited<ReturnType<typeof authorizationCodeGrant>>;
type Checks = Parameters<typeof authorizationCodeGrant>[2];

/** Providers differ in how a client proves itself, and not all say it: the code is not used up by a wrong way. */
async function grant(
  configuration: Configuration,
  provider: Provider,
  url: URL,
  checks: Checks,
): Promise<[Tokens, Configuration]> {
  try {
    return [await authorizationCodeGrant(configuration, url, checks), configuration];
  } catch (error) {
    if (!(error instanceof ResponseBodyError && error.error === 'invalid_client')) throw error;
    const other = await provider.otherMethod();
    if (other === null) throw error;
    return [await authorizationCodeGrant(other, url, checks), other];
  }
}

/** The claims of the id token, and of the user info where the provider has one: many keep groups and e-mail there. */
async function allClaims(
  configuration: Configuration,
  accessToken: string,
  claims: IDToken,
): Promise<Readonly<Record<string, unknown>>> {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
  return { ...(await fetchUserInfo(configuration, accessToken, claims.sub)), ...claims };
}

export function scopesOf({ scopes }: Pick<OidcSettings, 'scopes'>): string {
  return [...new Set(['openid', ...scopes.split(/[\s,]+/).filter(Boolean)])].join(' ');
}
