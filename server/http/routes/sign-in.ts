import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { cookie, cookieName, parseCookies } from '../../auth/cookies';
import { networkOf } from '../../auth/login-limiter';
import { ticketMs } from '../../auth/oidc/single-sign-on';
import { callbackPath } from '../../auth/sign-in';
import { nextPage } from '../../protocol/next-page';
import { type OidcProblem, signInOffer } from '../../protocol/sign-in';
import { hashToken } from '../../store/tokens';
import type { App } from '../app';
import type { HttpDeps } from '../deps';
import { describeRoute } from '../openapi';
import { isTls, noteSignIn, setSessionCookies, visitorOf } from './session';

const tag = 'session';
const startPath = '/api/v1/sign-in/oidc/start';
const base = 'cordboard-sign-in';

/** What the sign-in page offers, and the way to the provider of single sign-on and back. */
export function signInRoutes(app: App, deps: HttpDeps): void {
  const { auth, signIn } = deps;
  const { publicUrl } = deps.config;
  // One address may be a whole office that comes to work at nine.
  const rateLimit = { max: 300, timeWindow: 60_000, keyGenerator: (request: FastifyRequest) => networkOf(request.ip) };

  const { failures: none, ...offering } = describeRoute('public', 'The ways to sign in', tag);
  app.get('/api/v1/sign-in', {
    config: { access: 'public' },
    schema: { ...offering, response: { 200: signInOffer, ...none } },
    handler: async () => signIn.offer(),
  });

  const going = describeRoute('public', 'Sends the browser to the provider of single sign-on', tag, [429]);
  const { failures: unsent, ...sending } = going;
  app.get(startPath, {
    config: { access: 'public', rateLimit },
    schema: {
      ...sending,
      querystring: z.object({ next: z.string().max(2000).optional(), here: z.literal('1').optional() }),
      response: { 302: z.null(), ...unsent },
    },
    handler: async (request, reply) => {
      const { next: wanted, here } = request.query;
      const next = pageHere(wanted ?? null);
      // The cookie must be set where the provider sends people back to.
      if (publicUrl !== undefined && here === undefined && !isAt(request, publicUrl)) {
        return reply.redirect(`${publicUrl}${startPath}?here=1&next=${encodeURIComponent(next)}`);
      }
      const started = await signIn.startOidc(next);
      if (!started.ok) return backToDoor(reply, started.problem, next);
      setTicket(request, reply, started.ticket, Math.floor(ticketMs / 1000));
      return reply.redirect(started.url);
    },
  });

  const coming = describeRoute('public', 'Where the provider of single sign-on sends the browser back to', tag, [429]);
  const { failures: lost, ...returning } = coming;
  app.get(callbackPath, {
    config: { access: 'public', rateLimit },
    schema: { ...returning, response: { 302: z.null(), ...lost } },
    // The address holds the provider's code: it is written down nowhere.
    logLevel: 'warn',
    handler: async (request, reply) => {
      const { searchParams } = new URL(request.url, 'http://panel');
      const ticket = parseCookies(request.headers.cookie).get(cookieName(base, isTls(request, deps)));
      const finished = await signIn.finishOidc(searchParams, ticket);
      const next = pageHere(finished.next);
      if (!finished.ok) {
        const { problem, username } = finished;
        // Without a ticket nobody set out from here: whoever calls this address must not fill the audit log.
        const repeated = finished.next === null;
        noteSignIn(
          deps,
          request,
          { action: 'session.sso', target: username },
          { ok: false, reason: problem, repeated },
        );
        // Whoever comes back a second time may still be on the way with the newer one.
        if (problem !== 'again') setTicket(request, reply, '', 0);
        return backToDoor(reply, problem, next);
      }
      const signedIn = await auth.signInExternal(finished.user, visitorOf(request));
      if (signedIn === null) return backToDoor(reply, 'disabled', next);
      signIn.began(hashToken(signedIn.token), finished.idToken);
      noteSignIn(deps, request, { action: 'session.sso', target: finished.user.username }, { ok: true, ...signedIn });
      setSessionCookies(request, reply, deps, signedIn);
      setTicket(request, reply, '', 0);
      return reply.redirect(next);
    },
  });

  /** Only a page of this panel: nobody is led elsewhere by an address that begins here. */
  function pageHere(wanted: string | null): string {
    return nextPage(wanted, publicUrl ?? 'http://panel');
  }

  function setTicket(request: FastifyRequest, reply: FastifyReply, ticket: string, seconds: number): void {
    const secure = isTls(request, deps);
    const before = reply.getHeader('Set-Cookie') ?? [];
    const line = cookie(cookieName(base, secure), ticket, seconds, secure);
    reply.removeHeader('Set-Cookie').header('Set-Cookie', [before, line].flat().map(String));
  }
}

function backToDoor(reply: FastifyReply, problem: OidcProblem, next: string): FastifyReply {
  const query = new URLSearchParams({ sso: problem, ...(next === '/' ? {} : { next }) });
  return reply.redirect(`/login/?${query.toString()}`);
}

function isAt(request: FastifyRequest, publicUrl: string): boolean {
  const { host, protocol } = new URL(publicUrl);
  return request.host === host && (protocol === 'http:' || request.protocol === 'https');
}
