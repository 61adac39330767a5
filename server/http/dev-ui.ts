import { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import next from 'next';
import { nothingHere } from './static-ui';

/** Development only: Next serves the pages with hot reload from behind the same port. */
export async function serveDevUi(
  app: Pick<FastifyInstance, 'all' | 'server' | 'addHook'>,
  root: string,
): Promise<void> {
  // Next takes every upgrade of the server it is given for its own; this one hands it only those of hot reload.
  const reloads = new Server();
  const ui = next({ dev: true, dir: root, httpServer: reloads });
  await ui.prepare();
  const handle = ui.getRequestHandler();
  app.server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/_next/')) reloads.emit('upgrade', request, socket, head);
  });
  app.all('/*', {
    schema: { hide: true },
    // Before the body is read: Next reads it itself.
    onRequest: async (request, reply) => {
      if (request.url.startsWith('/api/')) return nothingHere(reply);
      reply.hijack();
      await handle(request.raw, reply.raw);
    },
    handler: async () => undefined,
  });
  app.addHook('onClose', () => ui.close());
}
