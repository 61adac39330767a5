import { generateKeyPairSync } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export type Claims = Readonly<Record<string, unknown>>;

export const client = { id: 'cordboard', secret: 'the secret of the client' } as const;

export interface TestProviderOptions {
  readonly redirectUris: readonly string[];
  readonly afterLogout?: readonly string[];
  /** What it says of each account; an account is known by the login typed at its page. */
  readonly people: Readonly<Record<string, Claims>>;
  /** How the client proves itself. */
  readonly clientAuth?: 'client_secret_basic' | 'client_secret_post';
  readonly port?: number;
}

/** A real OpenID provider with its own pages to sign in and to agree, on loopback. */
export class TestProvider {
  private constructor(
    private readonly server: http.Server,
    readonly issuer: string,
  ) {}

  static async start(options: TestProviderOptions): Promise<TestProvider> {
    const server = http.createServer();
    await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on(
      'request',
      quietly(() => new Provider(issuer, configurationOf(options)).callback()),
    );
    return new TestProvider(server, issuer);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function configurationOf({ redirectUris, afterLogout, people, clientAuth }: TestProviderOptions) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' };
  return {
    jwks: { keys: [key] },
    cookies: { keys: ['a key for cookies'] },
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: redirectUris,
        post_logout_redirect_uris: afterLogout ?? [],
        token_endpoint_auth_method: clientAuth ?? 'client_secret_basic',
      },
    ],
    claims: {
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
      groups: ['groups', 'phone_extension'],
    },
    scopes: ['openid', 'profile', 'email', 'groups'],
    findAccount: (_: unknown, sub: string) =>
      people[sub] && { accountId: sub, claims: async () => ({ sub, ...people[sub] }) },
    // Its own defaults are told on the console, once each.
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    features: { devInteractions: { enabled: true } },
  };
}

/** It warns of its own development pages, which are what is wanted here. */
function quietly<T>(work: () => T): T {
  const { warn, info } = console;
  Object.assign(console, { warn: () => {}, info: () => {} });
  try {
    return work();
  } finally {
    Object.assign(console, { warn, info });
  }
}

/** A browser without a screen: keeps cookies, follows redirects, fills in forms. */
export class UserAgent {
  readonly #cookies = new Map<string, string>();

  /** Signs in at the provider as `login` and agrees; answers the address it sends the browser back to. */
  async signIn(url: string, back: string, login: string): Promise<string> {
    let at = await this.follow(url, back);
    for (let page = 0; page < 4 && !at.startsWith(back); page += 1) {
      const prompt = page === 0 ? 'login' : 'consent';
      at = await this.follow(at, back, new URLSearchParams({ prompt, login, password: 'anything' }));
    }
    return at;
  }

  /** Presses "Cancel" at the provider's page. */
  async cancel(url: string, back: string): Promise<string> {
    const at = await this.follow(url, back);
    return this.follow(`${at}/abort`, back);
  }

  /** The address where redirects end, or lead to `back`. */
  async follow(url: string, back: string, form?: URLSearchParams): Promise<string> {
    let at = url;
    let body = form;
    for (let steps = 0; steps < 20; steps += 1) {
      const response = await fetch(at, {
        redirect: 'manual',
        headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(body ? { method: 'POST', body } : {}),
      });
      for (const line of response.headers.getSetCookie()) this.keep(line);
      const location = response.headers.get('location');
      if (response.status >= 400) throw new Error(`${at} answers ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
      if (location === null) return at;
      at = new URL(location, at).href;
      body = undefined;
      if (at.startsWith(back)) return at;
    }
    throw new Error(`it goes round in circles at ${at}`);
  }

  private keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}
