import type { FastifyRequest } from 'fastify';
import { actorOf } from '../auth/principal';
import { principalOf } from './access';
import type { HttpDeps } from './deps';
import { failureOf } from './errors';

export interface AuditNote {
  /** Such as `admin.pbx.save`. */
  readonly action: string;
  readonly target: string;
  /** `ok`, or an error code. */
  readonly result: string;
}

/** Writes down what the one who makes this request did: by whom, in which session, from where. */
export function noteInAudit(
  { store, now }: Pick<HttpDeps, 'store' | 'now'>,
  request: FastifyRequest,
  { action, target, result }: AuditNote,
): void {
  const { name: actor, session, address } = actorOf(principalOf(request), request.ip);
  store.audit.append({ at: now(), actor, session, address, action, target, result });
}

/** Does it and writes down how it ended; a refusal is written with its code, and thrown on. */
export async function audited<T>(
  deps: Pick<HttpDeps, 'store' | 'now'>,
  request: FastifyRequest,
  about: Omit<AuditNote, 'result'>,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    const done = await work();
    noteInAudit(deps, request, { ...about, result: 'ok' });
    return done;
  } catch (error) {
    noteInAudit(deps, request, { ...about, result: failureOf(error)?.error ?? 'internal' });
    throw error;
  }
}

const repeatedMs = 60_000;
const remembered = 1_000;

/** Notes what somebody asked for without the right to it: once a minute each, so that nobody fills the disk with it. */
export function refusalNotes(deps: Pick<HttpDeps, 'store' | 'now'>): (request: FastifyRequest) => void {
  const noted = new Map<string, number>();
  return (request) => {
    const { method, routeOptions } = request;
    const target = `${method} ${routeOptions.url ?? ''}`;
    const { session } = actorOf(principalOf(request), request.ip);
    const key = `${session} ${target}`;
    const at = deps.now();
    if (at - (noted.get(key) ?? Number.NEGATIVE_INFINITY) < repeatedMs) return;
    if (noted.size >= remembered) noted.clear();
    noted.set(key, at);
    noteInAudit(deps, request, { action: 'http.refused', target, result: 'forbidden' });
  };
}
