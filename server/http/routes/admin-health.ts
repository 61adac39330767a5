import { z } from 'zod';
import { connection, health, incidentPage, incidentQuery } from '../../protocol/health';
import { principalOf } from '../access';
import type { App } from '../app';
import { audited } from '../audit-note';
import type { HttpDeps } from '../deps';
import { describeRoute, done } from '../openapi';

const config = { access: 'admin' } as const;
const tag = 'admin';

/** How the panel and its link do, what happened to them, and who is connected. */
export function adminHealth(app: App, deps: HttpDeps): void {
  const { failures, ...measures } = describeRoute('admin', 'How the panel and its link to the PBX do', tag);
  app.get('/api/v1/admin/health', {
    config,
    schema: { ...measures, response: { 200: health, ...failures } },
    logLevel: 'warn',
    handler: () => deps.health.health(),
  });

  const { failures: none, ...happened } = describeRoute(
    'admin',
    'Lost links, repairs, forged blocks, restarts, backups; newest first',
    tag,
    [400],
  );
  app.get('/api/v1/admin/incidents', {
    config,
    schema: { ...happened, querystring: incidentQuery, response: { 200: incidentPage, ...none } },
    logLevel: 'warn',
    handler: (request) => deps.health.incidents(request.query),
  });

  const { failures: nobody, ...connected } = describeRoute('admin', 'Who is connected, with how many windows', tag);
  app.get('/api/v1/admin/connections', {
    config,
    schema: { ...connected, response: { 200: z.array(connection), ...nobody } },
    logLevel: 'warn',
    handler: async (request) => {
      const principal = principalOf(request);
      return deps.health.connections(principal.kind === 'user' ? principal.sessionId : null);
    },
  });

  const { failures: unknown, ...ending } = describeRoute(
    'admin',
    'End a session: its windows are signed out at once',
    tag,
    [400, 404],
  );
  app.delete('/api/v1/admin/connections/:session', {
    config,
    schema: {
      ...ending,
      params: z.object({ session: z.string().regex(/^[\w-]{12}$/) }),
      response: { 200: done, ...unknown },
    },
    handler: async (request) => {
      const { session } = request.params;
      const open = deps.health.connections(null).find((one) => one.session === session);
      const target = open === undefined ? session : `${open.username}: ${session}`;
      await audited(deps, request, { action: 'admin.session.end', target }, () => deps.health.endSession(session));
      return { ok: true as const };
    },
  });

  bundleRoute(app, deps);
}

const bundleQuery = z.object({
  /** `1`: numbers, names and addresses as they are. */
  people: z.enum(['0', '1']).default('0'),
});

function bundleRoute(app: App, deps: HttpDeps): void {
  const { failures, ...described } = describeRoute('admin', 'A zip for support, without secrets', tag, [400, 429]);
  const file = { description: 'A zip', content: { 'application/zip': { schema: z.string() } } };
  app.get('/api/v1/admin/support-bundle', {
    config: { ...config, rateLimit: { max: 10, timeWindow: 60_000 } },
    schema: { ...described, querystring: bundleQuery, response: { 200: file, ...failures } },
    handler: async (request, reply) => {
      const people = request.query.people === '1';
      const about = { action: 'admin.support.bundle', target: people ? 'with numbers and names' : '' };
      const zip = await audited(deps, request, about, () => deps.health.bundle({ people }));
      const day = new Date(deps.now()).toISOString().slice(0, 10);
      reply.type('application/zip');
      reply.header('Content-Disposition', `attachment; filename="cordboard-support-${day}.zip"`);
      // Bytes of the file that the schema describes.
      return reply.send(Buffer.from(zip) as unknown as string);
    },
  });
}
