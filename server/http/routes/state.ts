import { z } from 'zod';
import { snapshot } from '../../protocol/state';
import { principalOf } from '../access';
import type { App } from '../app';
import type { HttpDeps } from '../deps';
import { describeRoute } from '../openapi';

/** The whole snapshot; not checked against its schema on the way out, it may hold 10,000 extensions. */
export function stateRoutes(app: App, deps: HttpDeps): void {
  const { failures, ...described } = describeRoute(
    'state:read',
    'The whole state, as a browser gets it',
    'state',
    [429],
  );
  app.get('/api/v1/state', {
    config: { access: 'state:read', rateLimit: { max: 600, timeWindow: 60_000 } },
    schema: { ...described, response: { 200: snapshot, ...failures } },
    // Text already, made once for all who ask; the schema above is for the description.
    handler: async (request, reply) => {
      reply.type('application/json; charset=utf-8');
      return deps.state(principalOf(request)) as unknown as z.infer<typeof snapshot>;
    },
  });
  const { failures: _, ...document } = describeRoute('public', 'This description', 'meta');
  app.get('/api/v1/openapi.json', {
    config: { access: 'public' },
    schema: { ...document, response: { 200: z.looseObject({ openapi: z.string() }) } },
    serializerCompiler: () => JSON.stringify,
    handler: async () => ({ ...app.swagger(), openapi: '3.1.0' }),
  });
}
