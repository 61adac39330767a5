import { actorOf } from '../../auth/principal';
import { panicBody, panicState, rightsOf, savedAccess } from '../../protocol/access';
import { accessPreview, accessUse, previewBody, saveAccessBody } from '../../protocol/access-answers';
import { principalOf } from '../access';
import { refuseRolesInUse, useOf, whatChanged } from '../access-use';
import type { App } from '../app';
import { audited } from '../audit-note';
import type { HttpDeps } from '../deps';
import { RequestError, sendFailure } from '../errors';
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
    schema: { ...saved, body: saveAccessBody, response: { 200: savedAccess, ...refusals } },
    handler: (request) => {
      const { renamed, ...edited } = request.body;
      const target = whatChanged(access.get().settings, edited.settings);
      return audited(deps, request, { action: 'admin.access.save', target }, async () => {
        const { oidc, ldap } = deps.signIn.get().settings;
        const before = { settings: access.get().settings, mappings: [oidc.mapping, ldap.mapping] };
        refuseRolesInUse(edited.settings, await deps.store.users.list(), before);
        return access.save(edited, renamed);
      });
    },
  });

  const { failures: unused, ...using } = describeRoute('admin', 'Who has which role, and rights of groups', tag);
  app.get(`${path}/use`, {
    config,
    schema: { ...using, response: { 200: accessUse, ...unused } },
    handler: async () => useOf(access.get().settings, await deps.store.users.list()),
  });

  const asks = 'What somebody may see and do, before anything is saved';
  const { failures: unseen, ...previewing } = describeRoute('admin', asks, tag, [400, 404]);
  app.post(`${path}/preview`, {
    config,
    schema: { ...previewing, body: previewBody, response: { 200: accessPreview, ...unseen } },
    handler: async ({ body }) => {
      const user = body.user === undefined ? null : await deps.store.users.byId(body.user);
      if (body.user !== undefined && user === null)
        throw new RequestError('notFound', 'There is no such user.', 'user');
      const role = body.role ?? user?.role;
      if (role === undefined) throw new RequestError('invalid', 'Name a user or a role.', 'role');
      const settings = body.settings ?? access.get().settings;
      const grants = body.grants === undefined ? (user?.grants ?? null) : body.grants;
      const sees = body.sees === undefined ? (user?.sees ?? null) : body.sees;
      const extension = body.extension === undefined ? (user?.extension ?? null) : body.extension;
      return deps.previewAccess(rightsOf(role, { grants, sees }, settings), extension || null);
    },
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
