import type { FastifyReply, FastifyRequest } from 'fastify';
import { idleMs, type LoginResult, type Visitor } from '../../auth/auth';
import { cookie, cookieName } from '../../auth/cookies';
import { networkOf } from '../../auth/login-limiter';
import { enterBody, loginBody, type Me, me, setupStatus } from '../../protocol/session';
import { hashToken } from '../../store/tokens';
import { personOf } from '../access';
import type { App } from '../app';
import type { HttpDeps } from '../deps';
import { RequestError } from '../errors';
import { describeRoute, done } from '../openapi';

const tag = 'session';
const year = 365 * 24 * 60 * 60;

/** Sign in, sign out, first start. */
export function sessionRoutes(app: App, deps: HttpDeps): void {
  const { auth, store } = deps;
  const guesses = {
    rateLimit: {
      max: 60,
      timeWindow: 60_000,
      // Behind one address (a proxy, an office) a stranger must not use up the tries of those who belong here.
      keyGenerator: (request: FastifyRequest) => auth.knownBrowser(request.headers.cookie) ?? networkOf(request.ip),
    },
  };
  const { failures: none, ...status } = describeRoute('public', 'What the sign-in page has to know', tag);
  app.get('/api/v1/setup', {
    config: { access: 'public' },
    schema: { ...status, response: { 200: setupStatus, ...none } },
    handler: async () => ({ needed: await auth.setup.needed(), demo: deps.pbxStatus().demo, version: deps.version }),
  });

  const { failures: refusals, ...entering } = describeRoute(
    'public',
    'Sign in with the one-time code',
    tag,
    [400, 401, 429],
  );
  app.post('/api/v1/setup/enter', {
    // The code cannot be guessed: this bounds the work, and leaves room for its owner beside somebody who tries.
    config: { access: 'public', rateLimit: { max: 600, timeWindow: 60_000 } },
    schema: { ...entering, body: enterBody, response: { 200: me, ...refusals } },
    handler: async (request, reply) => {
      refuseWithoutTls(request, deps);
      const result = await auth.enter(request.body.code, visitorOf(request));
      audit(request, 'session.enter', 'set-up code', result);
      return welcome(request, reply, deps, result, 'This code is not valid, or was used already.');
    },
  });

  const { failures: errors, ...login } = describeRoute('public', 'Sign in', tag, [400, 401, 403, 429]);
  app.post('/api/v1/login', {
    config: { access: 'public', ...guesses },
    schema: { ...login, body: loginBody, response: { 200: me, ...errors } },
    handler: async (request, reply) => {
      refuseWithoutTls(request, deps);
      const { username, password } = request.body;
      const result = await auth.login(username, password, visitorOf(request), request.headers.cookie);
      audit(request, 'session.login', username.toLowerCase(), result);
      return welcome(request, reply, deps, result, 'The user name or the password is wrong.');
    },
  });

  const { failures: unknown, ...leaving } = describeRoute('public', 'Sign out', tag);
  app.post('/api/v1/logout', {
    config: { access: 'public' },
    schema: { ...leaving, response: { 200: done, ...unknown } },
    handler: async (request, reply) => {
      if (request.principal?.kind === 'user') {
        const { sessionId, user } = personOf(request);
        await auth.logout(sessionId, user.id);
        audit(request, 'session.logout', user.username, { ok: true, sessionId });
      }
      for (const secure of [true, false])
        reply.header('Set-Cookie', cookie(cookieName('cordboard', secure), '', 0, secure));
      return { ok: true as const };
    },
  });

  function audit(
    request: FastifyRequest,
    action: string,
    target: string,
    result: { ok: boolean; token?: string; sessionId?: string; reason?: string; repeated?: boolean },
  ): void {
    // Who hammers at the door must not fill the disk.
    if (result.repeated) return;
    const actor = result.ok ? target : '';
    const session = result.token === undefined ? (result.sessionId ?? '') : hashToken(result.token);
    const line = { at: deps.now(), actor, session, address: request.ip, action, target };
    store.audit.append({ ...line, result: result.ok ? 'ok' : (result.reason ?? 'refused') });
  }
}

export function visitorOf(request: FastifyRequest): Visitor {
  return { address: request.ip, userAgent: request.headers['user-agent'] ?? '' };
}

export function isTls(request: FastifyRequest, deps: HttpDeps): boolean {
  return request.protocol === 'https' || (deps.config.publicUrl?.startsWith('https:') ?? false);
}

/** A browser would drop the Secure cookie without a word. */
function refuseWithoutTls(request: FastifyRequest, deps: HttpDeps): void {
  const { publicUrl } = deps.config;
  if (!publicUrl?.startsWith('https:') || request.headers.origin === undefined) return;
  if (request.headers.origin.startsWith('https:')) return;
  throw new RequestError('forbidden', `For safety this panel is used over TLS: open ${publicUrl}`);
}

function welcome(request: FastifyRequest, reply: FastifyReply, deps: HttpDeps, result: LoginResult, wrong: string): Me {
  if (!result.ok) {
    if (result.reason === 'wrong') throw new RequestError('unauthenticated', wrong);
    reply.header('Retry-After', String(result.retryAfterSeconds));
    throw new RequestError('rateLimited', `Too many tries: wait ${result.retryAfterSeconds} s and try again.`);
  }
  const secure = isTls(request, deps);
  reply.header('Set-Cookie', [
    cookie(cookieName('cordboard', secure), result.token, Math.floor(idleMs / 1000), secure),
    cookie(cookieName('cordboard-known', secure), result.knownBrowser, year, secure),
  ]);
  return result.me;
}
