import { createHash, createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Readonly<Record<string, unknown>>;

export interface Lie {
  readonly header?: Json;
  readonly claims?: Json;
  /** With which key it is signed; `none`: not at all, `secret`: with the client's secret. */
  readonly by?: 'own' | 'another' | 'none' | 'secret';
  /** Query of the way back. */
  readonly back?: Json;
  /** Status and body of the token endpoint instead of tokens. */
  readonly token?: readonly [status: number, body: string];
  readonly userinfo?: Json;
  readonly discovery?: Json;
}

/** A provider of OpenID Connect that can be made to lie in one thing at a time; honest otherwise. */
export class Liar {
  lie: Lie = {};
  /** Bodies of the requests to its token endpoint. */
  readonly asked: URLSearchParams[] = [];
  readonly #own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly #another = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly #codes = new Map<string, { nonce: string; challenge: string }>();

  private constructor(
    private readonly server: http.Server,
    readonly issuer: string,
    private readonly secret: string,
  ) {}

  static async start(secret: string): Promise<Liar> {
    const server = http.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const liar = new Liar(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, secret);
    server.on('request', (request, response) => void liar.answer(request, response));
    return liar;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** What a person's browser would be sent back with, who signed in at once. */
  back(authorizationUrl: string): URLSearchParams {
    const asked = new URL(authorizationUrl).searchParams;
    const code = createHash('sha256').update(asked.toString()).digest('hex');
    this.#codes.set(code, { nonce: asked.get('nonce') ?? '', challenge: asked.get('code_challenge') ?? '' });
    const honest = { code, state: asked.get('state') ?? '', iss: this.issuer };
    return new URLSearchParams({ ...honest, ...this.lie.back } as Record<string, string>);
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.issuer);
    const send = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    if (pathname === '/.well-known/openid-configuration') return send(this.metadata());
    if (pathname === '/jwks') return send({ keys: [jwk(this.#own.publicKey)] });
    if (pathname === '/userinfo') return send(this.lie.userinfo ?? { sub: 'mallory' });
    if (pathname !== '/token') return send({}, 404);
    const form = new URLSearchParams(await textOf(request));
    this.asked.push(form);
    if (this.lie.token) return send(this.lie.token[1], this.lie.token[0]);
    return this.redeem(form, send);
  }

  private redeem(form: URLSearchParams, send: (body: unknown, status?: number) => void): void {
    const grant = this.#codes.get(form.get('code') ?? '');
    const verifier = form.get('code_verifier') ?? '';
    const isTheirs = grant?.challenge === createHash('sha256').update(verifier).digest('base64url');
    if (!grant || !isTheirs) {
      send({ error: 'invalid_grant' }, 400);
      return;
    }
    this.#codes.delete(form.get('code') ?? '');
    send({ access_token: 'access', token_type: 'Bearer', id_token: this.idToken(grant.nonce) });
  }

  private idToken(nonce: string): string {
    const { header, claims, by = 'own' } = this.lie;
    const now = Math.floor(Date.now() / 1000);
    const own = { sub: 'mallory', preferred_username: 'mallory', email: 'm@example.com', email_verified: true };
    const full = { iss: this.issuer, aud: 'cordboard', iat: now, exp: now + 60, nonce, ...own, ...claims };
    const part = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'RS256', kid: 'own', ...header })}.${part(full)}`;
    if (by === 'none') return `${text}.`;
    if (by === 'secret') return `${text}.${createHmac('sha256', this.secret).update(text).digest('base64url')}`;
    const { privateKey } = by === 'own' ? this.#own : this.#another;
    return `${text}.${createSign('sha256').update(text).sign(privateKey).toString('base64url')}`;
  }

  private metadata(): Json {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      userinfo_endpoint: `${issuer}/userinfo`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['RS256'],
      authorization_response_iss_parameter_supported: true,
      ...this.lie.discovery,
    };
  }
}

function jwk(key: KeyObject): Json {
  return { ...key.export({ format: 'jwk' }), kid: 'own', use: 'sig', alg: 'RS256' };
}

async function textOf(request: http.IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
