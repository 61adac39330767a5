import { z } from 'zod';
import type { Grant } from '../../protocol/access';
import { createUserBody, type UserRecord, updateUserBody, userRecord } from '../../protocol/admin';
import type { StoredUser } from '../../store/users';
import type { App } from '../app';
import { audited } from '../audit-note';
import type { HttpDeps } from '../deps';
import { RequestError } from '../errors';
import { describeRoute } from '../openapi';

const config = { access: 'admin' } as const;
const tag = 'admin';

export function toRecord(user: StoredUser): UserRecord {
  const { id, username, name, role, extension, disabled, version } = user;
  const grants = user.grants && [...user.grants];
  const lastSeenAt = user.lastSeenAt?.toISOString() ?? null;
  return {
    id,
    username,
    name,
    role,
    extension,
    grants,
    disabled,
    version,
    lastSeenAt,
    hasPassword: user.passwordHash !== null,
  };
}

export function adminUsers(app: App, deps: HttpDeps): void {
  const { auth, store } = deps;
  const { failures, ...listing } = describeRoute('admin', 'All users', tag);
  app.get('/api/v1/admin/users', {
    config,
    schema: { ...listing, response: { 200: z.array(userRecord), ...failures } },
    handler: async () => (await store.users.list()).map(toRecord),
  });

  const { failures: unmade, ...making } = describeRoute('admin', 'Add a user', tag, [400, 409]);
  app.post('/api/v1/admin/users', {
    config,
    schema: { ...making, body: createUserBody, response: { 201: userRecord, ...unmade } },
    handler: async (request, reply) => {
      const about = { action: 'admin.user.create', target: request.body.username };
      const user = await audited(deps, request, about, () => {
        refuseUnknownGroups(request.body.grants);
        return auth.accounts.create(request.body);
      });
      return reply.code(201).send(toRecord(user));
    },
  });

  const { failures: unchanged, ...changing } = describeRoute(
    'admin',
    'Change a user; disabling and a new password end the user’s sessions at once',
    tag,
    [400, 404, 409],
  );
  app.patch('/api/v1/admin/users/:id', {
    config,
    schema: {
      ...changing,
      params: z.object({ id: z.string().max(64) }),
      body: updateUserBody,
      response: { 200: userRecord, ...unchanged },
    },
    handler: async (request) => {
      const { version, ...change } = request.body;
      const own = request.principal?.kind === 'user' ? request.principal.sessionId : undefined;
      const { id } = request.params;
      const name = (await store.users.byId(id))?.username ?? id;
      const words = `${name}: ${Object.keys(change).join(', ')}`;
      const user = await audited(deps, request, { action: 'admin.user.update', target: words }, () => {
        refuseUnknownGroups(change.grants);
        return auth.accounts.update(id, change, version, own);
      });
      return toRecord(user);
    },
  });

  function refuseUnknownGroups(grants: readonly Grant[] | null | undefined): void {
    const unknown = auth.access.unknownGroup(grants ?? []);
    if (unknown !== null) throw new RequestError('invalid', `There is no group called ${unknown.name}.`, unknown.field);
  }
}
