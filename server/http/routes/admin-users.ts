import { z } from 'zod';
import { type CreateUserBody, createUserBody, type UserRecord, updateUserBody, userRecord } from '../../protocol/admin';
import { NotFoundError } from '../../store/errors';
import type { StoredUser } from '../../store/users';
import type { App } from '../app';
import { audited } from '../audit-note';
import type { HttpDeps } from '../deps';
import { RequestError } from '../errors';
import { describeRoute, done } from '../openapi';

const config = { access: 'admin' } as const;
const tag = 'admin';

const params = z.object({ id: z.string().max(64) });

export function toRecord(user: StoredUser, invitedUntil: Date | null = null): UserRecord {
  const { id, username, name, role, extension, email, origin, disabled, version } = user;
  const grants = user.grants && [...user.grants];
  const sees = user.sees && [...user.sees];
  const lastSeenAt = user.lastSeenAt?.toISOString() ?? null;
  return {
    id,
    username,
    name,
    role,
    extension,
    grants,
    sees,
    disabled,
    version,
    lastSeenAt,
    email,
    origin,
    hasPassword: user.passwordHash !== null,
    secondFactor: user.secondFactorSince !== null,
    invitedUntil: invitedUntil?.toISOString() ?? null,
  };
}

export function adminUsers(app: App, deps: HttpDeps): void {
  const { auth, store } = deps;
  const { failures, ...listing } = describeRoute('admin', 'All users', tag);
  app.get('/api/v1/admin/users', {
    config,
    schema: { ...listing, response: { 200: z.array(userRecord), ...failures } },
    handler: async () => {
      const invited = await store.invitations.openUntil(new Date(deps.now()));
      return (await store.users.list()).map((user) => toRecord(user, invited.get(user.id)));
    },
  });

  const { failures: unmade, ...making } = describeRoute('admin', 'Add a user', tag, [400, 409]);
  app.post('/api/v1/admin/users', {
    config,
    schema: { ...making, body: createUserBody, response: { 201: userRecord, ...unmade } },
    handler: async (request, reply) => {
      const about = { action: 'admin.user.create', target: request.body.username };
      const user = await audited(deps, request, about, () => {
        refuseUnknown(request.body);
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
      params,
      body: updateUserBody,
      response: { 200: userRecord, ...unchanged },
    },
    handler: async (request) => {
      const { version, ...change } = request.body;
      const own = request.principal?.kind === 'user' ? request.principal.sessionId : undefined;
      const { id } = request.params;
      const name = (await store.users.byId(id))?.username ?? id;
      const words = `${name}: ${Object.keys(change).join(', ')}`;
      const user = await audited(deps, request, { action: 'admin.user.update', target: words }, async () => {
        if (change.password !== undefined) await refuseElsewhere(id);
        refuseUnknown(change);
        return auth.accounts.update(id, change, version, own);
      });
      return recordOf(user);
    },
  });

  const { failures: unremoved, ...removing } = describeRoute(
    'admin',
    'Delete a user, with their layout; what they did stays in the audit log',
    tag,
    [404, 409],
  );
  app.delete('/api/v1/admin/users/:id', {
    config,
    schema: { ...removing, params, response: { 200: done, ...unremoved } },
    handler: async (request) => {
      const { id } = request.params;
      const target = (await store.users.byId(id))?.username ?? id;
      await audited(deps, request, { action: 'admin.user.delete', target }, () => {
        if (request.principal?.kind === 'user' && request.principal.user.id === id) {
          throw new RequestError('conflict', 'You cannot delete yourself: another administrator can.', 'id');
        }
        return auth.accounts.remove(id);
      });
      return { ok: true as const };
    },
  });

  const { failures: unreset, ...resetting } = describeRoute(
    'admin',
    'Take a user’s second factor away, such as after a lost phone',
    tag,
    [404],
  );
  app.delete('/api/v1/admin/users/:id/second-factor', {
    config,
    schema: { ...resetting, params, response: { 200: userRecord, ...unreset } },
    handler: async (request) => {
      const { id } = request.params;
      const target = (await store.users.byId(id))?.username ?? id;
      await audited(deps, request, { action: 'admin.user.resetSecondFactor', target }, async () => {
        if (!(await auth.secondFactor.remove(id))) throw new NotFoundError('this user has no second factor');
      });
      const user = await store.users.byId(id);
      if (!user) throw new NotFoundError('there is no such user');
      return recordOf(user);
    },
  });

  async function refuseElsewhere(id: string): Promise<void> {
    const user = await store.users.byId(id);
    if (user && user.origin !== 'local') {
      throw new RequestError('conflict', 'This user signs in with the company account.', 'password');
    }
  }

  async function recordOf(user: StoredUser): Promise<UserRecord> {
    return toRecord(user, (await store.invitations.openUntil(new Date(deps.now()), user.id)).get(user.id));
  }

  function refuseUnknown({ role, grants, sees }: Partial<Pick<CreateUserBody, 'role' | 'grants' | 'sees'>>): void {
    if (role !== undefined && !auth.access.hasRole(role)) {
      throw new RequestError('invalid', `There is no role ${role}.`, 'role');
    }
    const unseen = auth.access.unknownSeen(sees ?? []);
    if (unseen !== null) throw new RequestError('invalid', `There is no group called ${unseen}.`, 'sees');
    const unknown = auth.access.unknownGroup(grants ?? []);
    if (unknown !== null) throw new RequestError('invalid', `There is no group called ${unknown.name}.`, unknown.field);
  }
}
