import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../../auth/principal';
import { commands } from '../../protocol/commands';
import { principalOf } from '../access';
import type { App } from '../app';
import type { HttpDeps } from '../deps';
import { sendFailure } from '../errors';
import { commandDone, describeRoute } from '../openapi';

const config = { access: 'commands', rateLimit: { max: 1200, timeWindow: 60_000 } } as const;

/** The catalogue over HTTP. Parameters are parsed by the executor, which writes refusals down too. */
export function commandRoutes(app: App, deps: HttpDeps): void {
  const run = async (name: string, request: FastifyRequest, reply: FastifyReply) => {
    const result = await deps.runCommand(name, request.body ?? {}, actorOf(principalOf(request), request.ip));
    return result.ok ? reply.code(200).send(result) : sendFailure(reply, result);
  };
  for (const [name, { params }] of Object.entries(commands)) {
    const summary = params.description ?? name;
    const { failures, ...described } = describeRoute('commands', summary, 'commands', [400, 404, 409, 429, 503]);
    app.post(`/api/v1/commands/${name}`, {
      config,
      schema: { ...described, body: params, response: { 200: commandDone, ...failures } },
      validatorCompiler: () => (value: unknown) => ({ value }),
      handler: (request, reply) => run(name, request, reply),
    });
  }
  app.post('/api/v1/commands/:name', {
    config,
    schema: { hide: true, params: z.object({ name: z.string() }) },
    handler: (request, reply) => run(request.params.name, request, reply),
  });
}
