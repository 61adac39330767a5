import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Auth } from '../auth/auth';
import { hasScope, type Principal } from '../auth/principal';
import type { TokenScope } from '../protocol/permissions';
import { RequestError } from './errors';
import type { OriginAllowed } from './origin';

/** `public`: anybody; `user`: a signed-in person; else whoever has this scope (persons have theirs by their role). */
export type Access = 'public' | 'user' | TokenScope;

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** Also for one who still has to set up a second factor (`request.waiting`); all else is refused to them. */
    waiting?: true;
  }
  interface FastifyRequest {
    principal: Principal | null;
    /** Signed in, but to be served nothing until a second factor is set up: only routes with `waiting` know. */
    waiting: Person | null;
  }
}

/** A signed-in person. */
export type Person = Extract<Principal, { kind: 'user' }>;

const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export interface Guard {
  readonly auth: Auth;
  readonly originAllowed: OriginAllowed;
  /** Told when somebody known asks for what they may not have. */
  readonly refused: (request: FastifyRequest) => void;
}

/** Checks every route before its body is read: where the page comes from, who asks, and whether that one may. */
export function guardRoutes(app: FastifyInstance, { auth, originAllowed, refused }: Guard): void {
  app.decorateRequest('principal', null);
  app.decorateRequest('waiting', null);
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/') && route.config?.access === undefined) {
      throw new Error(`${String(route.method)} ${route.url} does not say who may use it`);
    }
  });
  app.addHook('onRequest', async (request) => {
    const { access, waiting = false } = request.routeOptions.config;
    if (access === undefined) return;
    if (changing.has(request.method)) refuseStrangers(request, originAllowed);
    const { authorization, cookie: cookieHeader } = request.headers;
    if (access === 'public' && authorization === undefined && cookieHeader === undefined) return;
    request.principal = await auth.authenticate({ authorization, cookieHeader });
    if (request.principal === null && (waiting || access !== 'public')) {
      const person = await auth.waiting({ authorization, cookieHeader });
      if (person !== null && !waiting) throw new RequestError('unauthenticated', 'Set up your second factor first.');
      request.waiting = person;
      if (person !== null) return;
    }
    if (access === 'public') return;
    try {
      authorise(request.principal, access);
    } catch (error) {
      if (request.principal) refused(request);
      throw error;
    }
  });
}

function refuseStrangers(request: FastifyRequest, originAllowed: OriginAllowed): void {
  const elsewhere = request.headers['sec-fetch-site'] === 'cross-site';
  if (elsewhere || !originAllowed(request.headers.origin, request.headers.host)) {
    throw new RequestError('forbidden', 'This page is not part of the panel. Open the panel at its own address.');
  }
}

function authorise(principal: Principal | null, access: 'user' | TokenScope): void {
  if (!principal) throw new RequestError('unauthenticated', 'Sign in first.');
  if (access === 'user') {
    if (principal.kind !== 'user') throw new RequestError('forbidden', 'This is for people, not for API tokens.');
    return;
  }
  if (hasScope(principal, access)) return;
  throw new RequestError('forbidden', whyForbidden(principal, access));
}

function whyForbidden(principal: Principal, access: TokenScope): string {
  if (principal.kind === 'token') return `This token lacks the scope ${access}.`;
  return access === 'dfks' ? 'This is for OpenSIPS, with a token of its own.' : 'Only administrators may do this.';
}

/** The signed-in person of a route with access `user`. */
export function personOf(request: FastifyRequest): Person {
  if (request.principal?.kind !== 'user') throw new RequestError('unauthenticated', 'Sign in first.');
  return request.principal;
}

/** The same of a route with `waiting`: also one who has to set up a second factor. */
export function anyPersonOf(request: FastifyRequest): Person {
  return request.waiting ?? personOf(request);
}

export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new RequestError('unauthenticated', 'Sign in first.');
  return request.principal;
}
