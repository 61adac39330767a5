import { actorOf } from '../../auth/principal';
import { panicBody, panicState, savedAccess } from '../../protocol/access';
import { principalOf } from '../access';
import type { App } from '../app';
import { audited } from '../audit-note';
import type { HttpDeps } from '../deps';
import { sendFailure } from '../errors';
import { describeRoute } from '../openapi';

const config = { access: 'admin' } as const;
const tag = 'admin';
const path = '/api/v1/admin/access';
const panicPath = '/api/v1/admin/panic';

/** Groups, what each role may do, and the panic switch. */
export function adminAccess(app: App, deps: HttpDeps): void {
  const { access } = deps.auth;
  const { failures, ...reading } = describeRoute('admin', 'Groups, and what each role may do', tag);
  app.get(path, {
    config,
    schema: { ...reading, response: { 200: savedAccess, ...failures } },
    handler: () => access.get(),
  });

  const saving = describeRoute('admin', 'Save groups and roles; in force at once for everybody', tag, [400, 409]);
  const { failures: refusals, ...saved } = saving;
  app.put(path, {
    config,
    schema: { ...saved, body: savedAccess, response: { 200: savedAccess, ...refusals } },
    handler: (request) =>
      audited(deps, request, { action: 'admin.access.save', target: '' }, () => access.save(request.body)),
  });

  const { failures: unread, ...asking } = describeRoute('admin', 'Whether calls to the outside are stopped', tag);
  app.get(panicPath, {
    config,
    schema: { ...asking, response: { 200: panicState, ...unread } },
    handler: () => ({ stopped: deps.outsideStopped() }),
  });

  const panic = describeRoute('admin', 'Stop all calls to the outside, or let them run again', tag, [400, 429]);
  const { failures: unswitched, ...switching } = panic;
  app.put(panicPath, {
    config,
    schema: { ...switching, body: panicBody, response: { 200: panicState, ...unswitched } },
    handler: async (request, reply) => {
      const actor = actorOf(principalOf(request), request.ip);
      const result = await deps.runCommand('outside.stop', request.body, actor);
      return result.ok ? reply.code(200).send({ stopped: deps.outsideStopped() }) : sendFailure(reply, result);
    },
  });
}
