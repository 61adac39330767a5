import { z } from 'zod';
import { endedSessions, type SessionRecord, sessionRecord } from '../../protocol/account';
import { NotFoundError } from '../../store/errors';
import type { StoredSession } from '../../store/sessions';
import { personOf } from '../access';
import type { App } from '../app';
import { audited } from '../audit-note';
import type { HttpDeps } from '../deps';
import { describeRoute, done } from '../openapi';

/** 64 bits of the hash tell the sessions of one user apart. */
const idLength = 16;
const sessionId = z.string().regex(/^[0-9a-f]{16}$/, 'is no id of a session');
const userParams = z.object({ id: z.string().max(64) });

/** Signed-in browsers: one's own, and those of others for administrators. */
export function sessionsRoutes(app: App, deps: HttpDeps): void {
  const { auth, store } = deps;
  const own = '/api/v1/me/sessions';
  const { failures: none, ...reading } = describeRoute('user', 'Where one is signed in', 'me');
  app.get(own, {
    config: { access: 'user' },
    schema: { ...reading, response: { 200: z.array(sessionRecord), ...none } },
    handler: (request) => list(personOf(request).user.id, personOf(request).sessionId),
  });

  const { failures: unended, ...ending } = describeRoute(
    'user',
    'Sign one of one’s own browsers out',
    'me',
    [400, 404],
  );
  app.delete(`${own}/:session`, {
    config: { access: 'user' },
    schema: { ...ending, params: z.object({ session: sessionId }), response: { 200: done, ...unended } },
    handler: async (request) => {
      const { user } = personOf(request);
      const { session } = request.params;
      await audited(deps, request, { action: 'me.session.end', target: session }, () => end(user.id, session));
      return { ok: true as const };
    },
  });

  const { failures: kept, ...endingOthers } = describeRoute('user', 'Sign out everywhere else', 'me');
  app.delete(own, {
    config: { access: 'user' },
    schema: { ...endingOthers, response: { 200: endedSessions, ...kept } },
    handler: async (request) => {
      const { user, sessionId: here } = personOf(request);
      const about = { action: 'me.session.endOthers', target: user.username };
      const ended = await audited(deps, request, about, () => auth.accounts.endSessions(user.id, 'signedOut', here));
      return { ok: true as const, ended };
    },
  });

  const others = '/api/v1/admin/users/:id/sessions';
  const { failures: unread, ...readingOthers } = describeRoute('admin', 'Where a user is signed in', 'admin', [404]);
  app.get(others, {
    config: { access: 'admin' },
    schema: { ...readingOthers, params: userParams, response: { 200: z.array(sessionRecord), ...unread } },
    handler: async (request) => {
      const { principal } = request;
      const { id } = await find(request.params.id);
      return list(id, principal?.kind === 'user' ? principal.sessionId : null);
    },
  });

  const { failures: refused, ...signingOut } = describeRoute('admin', 'Sign a user out everywhere', 'admin', [404]);
  app.delete(others, {
    config: { access: 'admin' },
    schema: { ...signingOut, params: userParams, response: { 200: endedSessions, ...refused } },
    handler: async (request) => {
      const { id, username } = await find(request.params.id);
      const about = { action: 'admin.user.signOut', target: username };
      return { ok: true as const, ended: await audited(deps, request, about, () => endAll(id)) };
    },
  });

  const { failures: missing, ...endingOne } = describeRoute(
    'admin',
    'Sign one browser of a user out',
    'admin',
    [400, 404],
  );
  app.delete(`${others}/:session`, {
    config: { access: 'admin' },
    schema: { ...endingOne, params: userParams.extend({ session: sessionId }), response: { 200: done, ...missing } },
    handler: async (request) => {
      const { id, username } = await find(request.params.id);
      const { session } = request.params;
      const about = { action: 'admin.user.signOut', target: `${username}: ${session}` };
      await audited(deps, request, about, () => end(id, session));
      return { ok: true as const };
    },
  });

  async function list(userId: string, here: string | null): Promise<SessionRecord[]> {
    const found = await store.sessions.ofUser(userId, new Date(deps.now()));
    return found.map((session) => toRecord(session, here));
  }

  async function end(userId: string, short: string): Promise<void> {
    const found = await store.sessions.ofUser(userId, new Date(deps.now()));
    const session = found.find(({ id }) => id.startsWith(short));
    if (!session) throw new NotFoundError('this session has ended already');
    await auth.sessions.end(session.id, userId);
  }

  function endAll(userId: string): Promise<number> {
    return auth.accounts.endSessions(userId, 'signedOut');
  }

  async function find(id: string) {
    const user = await store.users.byId(id);
    if (!user) throw new NotFoundError('there is no such user');
    return user;
  }
}

function toRecord(session: StoredSession, here: string | null): SessionRecord {
  const { id, userAgent, address, via, createdAt, lastSeenAt } = session;
  return {
    id: id.slice(0, idLength),
    userAgent,
    address,
    via,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    current: id === here,
  };
}
