import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { hasScope } from '../../auth/principal';
import { linkState } from '../../protocol/records';
import type { App } from '../app';
import type { HttpDeps } from '../deps';
import { RequestError } from '../errors';
import { describeRoute } from '../openapi';

const tag = 'health';
const healthy = z.object({ ok: z.literal(true), version: z.string() });
const ready = z.object({ ok: z.boolean(), database: z.boolean(), pbx: linkState });

export function healthRoutes(app: App, deps: HttpDeps): void {
  const { failures: none, ...alive } = describeRoute('public', 'The process answers', tag);
  app.get('/healthz', {
    config: { access: 'public' },
    schema: { ...alive, response: { 200: healthy, ...none } },
    logLevel: 'warn',
    handler: async () => ({ ok: true as const, version: deps.version }),
  });

  const { failures: _, ...readiness } = describeRoute('public', 'The database answers and the PBX link is up', tag);
  app.get('/readyz', {
    config: { access: 'public' },
    schema: { ...readiness, response: { 200: ready, 503: ready } },
    logLevel: 'warn',
    handler: async (_request, reply) => {
      const database = await deps.store.healthy();
      const pbx = deps.pbxStatus().link;
      const ok = database && pbx === 'up';
      return reply.code(ok ? 200 : 503).send({ ok, database, pbx });
    },
  });

  const { failures: __, ...measuring } = describeRoute(
    'public',
    'Prometheus metrics: from the machine itself, or with state:read',
    tag,
    [401],
  );
  app.get('/metrics', {
    config: { access: 'public' },
    schema: { ...measuring, security: [{ token: ['state:read'] }, { session: [] }] },
    logLevel: 'warn',
    handler: async (request, reply) => {
      const allowed = request.principal ? hasScope(request.principal, 'state:read') : isLocal(request);
      if (!allowed) throw new RequestError('unauthenticated', 'Send an API token with the scope state:read.');
      return reply.type(deps.metrics.contentType).send(await deps.metrics.metrics());
    },
  });
}

/**
 * From this machine, not through a proxy on it, and not by a page whose name was pointed here (DNS rebinding): such a
 * name has a dot and is no address.
 */
function isLocal(request: FastifyRequest): boolean {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (name.includes('.') && isIP(name) === 0) return false;
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(
    (name) => request.headers[name] !== undefined,
  );
  return !forwarded && /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(request.socket.remoteAddress ?? '');
}
