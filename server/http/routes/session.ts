import type { FastifyReply, FastifyRequest } from 'fastify';
import { idleMs, type LoginResult, type SignedIn, type Visitor } from '../../auth/auth';
import { cookie, cookieName } from '../../auth/cookies';
import { networkOf } from '../../auth/login-limiter';
import {
  codeBody,
  enterBody,
  loginBody,
  type SignInAnswer,
  setupStatus,
  signedOut,
  signInAnswer,
} from '../../protocol/session';
import { hashToken } from '../../store/tokens';
import type { App } from '../app';
import type { HttpDeps } from '../deps';
import { RequestError } from '../errors';
import { describeRoute } from '../openapi';

const tag = 'session';
const year = 365 * 24 * 60 * 60;

/** Sign in, sign out, first start. */
export function sessionRoutes(app: App, deps: HttpDeps): void {
  const { auth } = deps;
  const guesses = guessLimit(deps);
  const { failures: none, ...status } = describeRoute('public', 'What the sign-in page has to know', tag);
  app.get('/api/v1/setup', {
    config: { access: 'public', waiting: true },
    schema: { ...status, response: { 200: setupStatus, ...none } },
    handler: async (request) => ({
      needed: await auth.setup.needed(),
      demo: deps.pbxStatus().demo,
      version: deps.version,
      enrolment: request.waiting !== null,
    }),
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
    schema: { ...entering, body: enterBody, response: { 200: signInAnswer, ...refusals } },
    handler: async (request, reply) => {
      refuseWithoutTls(request, deps);
      const result = await auth.enter(request.body.code, visitorOf(request));
      noteSignIn(deps, request, { action: 'session.enter', target: 'set-up code' }, result);
      return welcome(request, reply, deps, result, 'This code is not valid, or was used already.');
    },
  });

  const { failures: errors, ...login } = describeRoute('public', 'Sign in', tag, [400, 401, 403, 429]);
  app.post('/api/v1/login', {
    config: { access: 'public', ...guesses },
    schema: { ...login, body: loginBody, response: { 200: signInAnswer, ...errors } },
    handler: async (request, reply) => {
      refuseWithoutTls(request, deps);
      const { username, password } = request.body;
      const result = await auth.login(username, password, visitorOf(request), request.headers.cookie);
      noteSignIn(deps, request, { action: 'session.login', target: username.toLowerCase() }, result);
      return welcome(request, reply, deps, result, 'The user name or the password is wrong.');
    },
  });

  const { failures: wrongs, ...coding } = describeRoute(
    'public',
    'Sign in, second step: the code of the authenticator app, or a recovery code',
    tag,
    [400, 401, 403, 429],
  );
  app.post('/api/v1/login/code', {
    config: { access: 'public', ...guesses },
    schema: { ...coding, body: codeBody, response: { 200: signInAnswer, ...wrongs } },
    handler: async (request, reply) => {
      refuseWithoutTls(request, deps);
      const { ticket, code } = request.body;
      const result = await auth.secondStep(ticket, code, visitorOf(request), request.headers.cookie);
      noteSignIn(deps, request, { action: 'session.code', target: result.username }, result);
      return welcome(
        request,
        reply,
        deps,
        result,
        'This code is not right. A code counts once: wait for the next one.',
      );
    },
  });

  const { failures: unknown, ...leaving } = describeRoute('public', 'Sign out', tag);
  app.post('/api/v1/logout', {
    config: { access: 'public', waiting: true },
    schema: { ...leaving, response: { 200: signedOut, ...unknown } },
    handler: async (request, reply) => {
      const person = request.waiting ?? request.principal;
      const next = person?.kind === 'user' ? deps.signIn.endSessionUrl(person.sessionId) : null;
      if (person?.kind === 'user') {
        const { sessionId, user } = person;
        await auth.logout(sessionId, user.id);
        noteSignIn(deps, request, { action: 'session.logout', target: user.username }, { ok: true, sessionId });
      }
      for (const secure of [true, false])
        reply.header('Set-Cookie', cookie(cookieName('cordboard', secure), '', 0, secure));
      return { ok: true as const, ...(next === null ? {} : { next }) };
    },
  });
}

/** Limits requests that may be guesses, before their bodies are looked at. */
export function guessLimit({ auth }: HttpDeps) {
  return {
    rateLimit: {
      max: 60,
      timeWindow: 60_000,
      // Behind one address (a proxy, an office) a stranger must not use up the tries of those who belong here.
      keyGenerator: (request: FastifyRequest) => auth.knownBrowser(request.headers.cookie) ?? networkOf(request.ip),
    },
  };
}

/** Writes down who signed in or out, or tried to: there is nobody signed in yet whom `audited` could name. */
export function noteSignIn(
  { store, now }: Pick<HttpDeps, 'store' | 'now'>,
  request: FastifyRequest,
  { action, target }: { readonly action: string; readonly target: string },
  result: { ok: boolean; token?: string; sessionId?: string; reason?: string; repeated?: boolean },
): void {
  // Who hammers at the door must not fill the disk.
  if (result.repeated) return;
  const actor = result.ok ? target : '';
  const session = result.token === undefined ? (result.sessionId ?? '') : hashToken(result.token);
  const line = { at: now(), actor, session, address: request.ip, action, target };
  store.audit.append({ ...line, result: result.ok ? 'ok' : (result.reason ?? 'refused') });
}

export function visitorOf(request: FastifyRequest): Visitor {
  return { address: request.ip, userAgent: request.headers['user-agent'] ?? '' };
}

export function isTls(request: FastifyRequest, deps: HttpDeps): boolean {
  return request.protocol === 'https' || (deps.config.publicUrl?.startsWith('https:') ?? false);
}

/** A browser would drop the Secure cookie without a word. */
export function refuseWithoutTls(request: FastifyRequest, deps: HttpDeps): void {
  const { publicUrl } = deps.config;
  if (!publicUrl?.startsWith('https:') || request.headers.origin === undefined) return;
  if (request.headers.origin.startsWith('https:')) return;
  throw new RequestError('forbidden', `For safety this panel is used over TLS: open ${publicUrl}`);
}

/** Answers a sign-in: with the cookies of the session, with what comes next, or with a refusal. */
export function welcome(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: HttpDeps,
  result: LoginResult,
  wrong: string,
): SignInAnswer {
  if (result.ok) {
    setSessionCookies(request, reply, deps, result);
    return result.waiting ? { next: 'enrolment' } : result.me;
  }
  switch (result.reason) {
    case 'secondFactor':
      return { next: 'code', ticket: result.ticket };
    case 'wait':
      reply.header('Retry-After', String(result.retryAfterSeconds));
      throw new RequestError('rateLimited', `Too many tries: wait ${result.retryAfterSeconds} s and try again.`);
    case 'gone':
      throw new RequestError('notFound', 'This took too long, or was tried too often. Begin again.');
    case 'away':
      throw new RequestError('unavailable', 'The company directory does not answer. Try again in a moment.');
    case 'elsewhere':
      throw new RequestError('forbidden', 'A password does not let you in here: sign in with your company account.');
    case 'refused':
      throw new RequestError(
        'forbidden',
        'The password is right, but this account may not use the panel. Ask an administrator.',
      );
    default:
      throw new RequestError('unauthenticated', wrong);
  }
}

export function setSessionCookies(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: HttpDeps,
  { token, knownBrowser }: Pick<SignedIn, 'token' | 'knownBrowser'>,
): void {
  const secure = isTls(request, deps);
  reply.header('Set-Cookie', [
    cookie(cookieName('cordboard', secure), token, Math.floor(idleMs / 1000), secure),
    cookie(cookieName('cordboard-known', secure), knownBrowser, year, secure),
  ]);
}
