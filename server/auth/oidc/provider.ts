import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client';
import type { OidcSettings } from '../../protocol/sign-in';
import { createFetch } from './fetch';

const freshMs = 60 * 60_000;
/** After a failure: everybody who presses the button must not wait for a provider that is away. */
const restMs = 5_000;
const timeoutSeconds = 10;
const toleranceSeconds = 30;

export type Client = Pick<OidcSettings, 'issuer' | 'clientId' | 'ca'> & { readonly secret: string | null };

/** Asks the provider what it is. Throws what openid-client throws. */
export async function discover({ issuer, clientId, ca, secret }: Client, by: ClientAuthMethod): Promise<Configuration> {
  const local = new URL(issuer).protocol === 'http:';
  // What the id token says is checked by its signature as well, not only by where it came from.
  const execute = [enableNonRepudiationChecks, ...(local ? [allowInsecureRequests] : [])];
  const metadata = { [clockTolerance]: toleranceSeconds, ...(secret === null ? {} : { client_secret: secret }) };
  const options = { [customFetch]: createFetch(ca), timeout: timeoutSeconds, execute };
  return discovery(new URL(issuer), clientId, metadata, authBy(by, secret), options);
}

export type ClientAuthMethod = 'client_secret_basic' | 'client_secret_post';

function authBy(method: ClientAuthMethod, secret: string | null): ClientAuth {
  if (secret === null) return None();
  return method === 'client_secret_basic' ? ClientSecretBasic(secret) : ClientSecretPost(secret);
}

/** Whether the provider knows another way in which this client may prove itself. */
function supports(configuration: Configuration, method: ClientAuthMethod): boolean {
  const { token_endpoint_auth_methods_supported: methods } = configuration.serverMetadata();
  // Basic is the one that need not be named.
  return methods?.includes(method) ?? method === 'client_secret_basic';
}

/** One provider as it is configured now: what it says of itself is read once an hour, and kept while it is away. */
export class Provider {
  #known: { readonly configuration: Configuration; readonly at: number } | null = null;
  #asking: Promise<Configuration> | null = null;
  #failed: { readonly error: unknown; readonly at: number } | null = null;
  #method: ClientAuthMethod = 'client_secret_basic';

  constructor(
    readonly client: Client,
    private readonly now: () => number,
  ) {}

  /** What was read last, however old; null: nothing was. */
  known(): Configuration | null {
    return this.#known?.configuration ?? null;
  }

  async configuration(): Promise<Configuration> {
    const known = this.#known;
    const at = this.now();
    if (known !== null && at - known.at < freshMs) return known.configuration;
    if (this.#failed !== null && at - this.#failed.at < restMs) {
      if (known !== null) return known.configuration;
      throw this.#failed.error;
    }
    this.#asking ??= this.ask().finally(() => {
      this.#asking = null;
    });
    try {
      return await this.#asking;
    } catch (error) {
      if (known === null) throw error;
      return known.configuration;
    }
  }

  /** The other way to prove who this client is, where there is one; null: there is none. */
  async otherMethod(): Promise<Configuration | null> {
    const known = this.known();
    const other = this.#method === 'client_secret_basic' ? 'client_secret_post' : 'client_secret_basic';
    if (this.client.secret === null || known === null || !supports(known, other)) return null;
    this.#method = other;
    return this.ask();
  }

  private async ask(): Promise<Configuration> {
    try {
      let configuration = await discover(this.client, this.#method);
      if (!supports(configuration, this.#method) && supports(configuration, 'client_secret_post')) {
        this.#method = 'client_secret_post';
        configuration = await discover(this.client, this.#method);
      }
      this.#known = { configuration, at: this.now() };
      this.#failed = null;
      return configuration;
    } catch (error) {
      this.#failed = { error, at: this.now() };
      throw error;
    }
  }
}
