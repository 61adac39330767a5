import { z } from 'zod';
import { createdToken, createTokenBody, type TokenRecord, tokenRecord } from '../../protocol/account';
import { NotFoundError } from '../../store/errors';
import type { StoredToken } from '../../store/tokens';
import type { App } from '../app';
import { audited } from '../audit-note';
import type { HttpDeps } from '../deps';
import { RequestError } from '../errors';
import { describeRoute, done } from '../openapi';

const config = { access: 'admin' } as const;
const tag = 'admin';

/** Credentials of programs. */
export function adminTokens(app: App, deps: HttpDeps): void {
  const { auth, store, now } = deps;
  const path = '/api/v1/admin/tokens';
  const { failures: none, ...listing } = describeRoute('admin', 'All API tokens, revoked ones too', tag);
  app.get(path, {
    config,
    schema: { ...listing, response: { 200: z.array(tokenRecord), ...none } },
    handler: async () => (await store.tokens.list()).map(toRecord),
  });

  const { failures: unmade, ...making } = describeRoute('admin', 'Make an API token, shown only now', tag, [400]);
  app.post(path, {
    config,
    schema: { ...making, body: createTokenBody, response: { 201: createdToken, ...unmade } },
    handler: async (request, reply) => {
      const { name, scopes } = request.body;
      const expiresAt = request.body.expiresAt === null ? null : new Date(request.body.expiresAt);
      const about = { action: 'admin.token.create', target: `${name}: ${scopes.join(' ')}` };
      const { stored, token } = await audited(deps, request, about, () => {
        if (expiresAt !== null && expiresAt.getTime() <= now()) {
          throw new RequestError('invalid', 'Choose a day that is still to come.', 'expiresAt');
        }
        return store.tokens.create({ name, scopes, expiresAt });
      });
      return reply.code(201).send({ token, record: toRecord(stored) });
    },
  });

  const { failures: unrevoked, ...revoking } = describeRoute(
    'admin',
    'Revoke an API token: it works no more, and what it has open is closed',
    tag,
    [404],
  );
  app.delete(`${path}/:id`, {
    config,
    schema: { ...revoking, params: z.object({ id: z.string().max(64) }), response: { 200: done, ...unrevoked } },
    handler: async (request) => {
      const { id } = request.params;
      const found = (await store.tokens.list()).find((token) => token.id === id);
      await audited(deps, request, { action: 'admin.token.revoke', target: found?.name ?? id }, async () => {
        if (!found) throw new NotFoundError('there is no such token');
        await store.tokens.revokeOne(id, new Date(now()));
        await auth.events.tokenEnded.tell(id);
      });
      return { ok: true as const };
    },
  });
}

function toRecord({ id, name, scopes, createdAt, expiresAt, lastUsedAt, revokedAt }: StoredToken): TokenRecord {
  return {
    id,
    name,
    scopes: [...scopes],
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
