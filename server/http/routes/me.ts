import { z } from 'zod';
import type { Auth } from '../../auth/auth';
import { WeakPasswordError } from '../../auth/password-rules';
import { failure } from '../../protocol/errors';
import { savedLayout } from '../../protocol/layout';
import { type Permission, wholeOf } from '../../protocol/permissions';
import { type Me, me, passwordBody, profileBody } from '../../protocol/session';
import { personOf } from '../access';
import type { App } from '../app';
import { audited, noteInAudit } from '../audit-note';
import type { HttpDeps } from '../deps';
import { failed, RequestError } from '../errors';
import { describeRoute, done } from '../openapi';
import { visitorOf } from './session';

const tag = 'me';
const config = { access: 'user' } as const;

/** One's own profile, password and layout. */
export function meRoutes(app: App, deps: HttpDeps): void {
  const { auth } = deps;
  const { failures, ...reading } = describeRoute('user', 'Who is signed in', tag);
  app.get('/api/v1/me', {
    config,
    schema: { ...reading, response: { 200: me, ...failures } },
    handler: async (request) => personOf(request).user,
  });

  const { failures: badProfile, ...profile } = describeRoute('user', 'Change one’s own name and extension', tag, [400]);
  app.patch('/api/v1/me', {
    config,
    schema: { ...profile, body: profileBody, response: { 200: me, ...badProfile } },
    handler: async (request) => {
      const { body } = request;
      const { user } = personOf(request);
      const target = `${user.username}: ${Object.keys(body).join(', ')}`;
      return audited(deps, request, { action: 'me.profile', target }, async () => {
        mayTake(user, body.extension);
        return auth.me(await auth.accounts.update(user.id, body));
      });
    },
  });

  const { failures: badPassword, ...password } = describeRoute('user', 'Set one’s own password', tag, [400, 429]);
  app.post('/api/v1/me/password', {
    config,
    schema: { ...password, body: passwordBody, response: { 200: done, ...badPassword } },
    handler: async (request) => {
      const { user, sessionId } = personOf(request);
      const { current, next } = request.body;
      const line = { action: 'me.password', target: user.username };
      if (user.elsewhere) throw new RequestError('forbidden', 'Your company account keeps your password.', 'next');
      if (user.hasPassword) {
        const verdict = await auth.confirm(user.id, current ?? '', visitorOf(request));
        if (verdict === 'wait') throw new RequestError('rateLimited', 'Too many tries: wait a moment.');
        // A guess at a password from an open panel is a failed sign-in by another name.
        if (verdict === 'wrong') noteInAudit(deps, request, { ...line, result: 'wrong' });
        if (verdict === 'wrong') throw new RequestError('invalid', 'This is not your current password.', 'current');
      }
      await setPassword(auth, user.id, next, sessionId);
      noteInAudit(deps, request, { ...line, result: 'ok' });
      return { ok: true as const };
    },
  });

  layoutRoutes(app, deps);
}

/** The field of a password is called `next` here. */
async function setPassword(auth: Auth, userId: string, password: string, keepSession: string): Promise<void> {
  try {
    await auth.accounts.update(userId, { password }, undefined, keepSession);
  } catch (error) {
    throw error instanceof WeakPasswordError ? new RequestError('invalid', error.message, 'next') : error;
  }
}

/** What may be done to one's own extension alone may not be done to another one by calling it one's own. */
function mayTake(user: Me, extension: string | null | undefined): void {
  if (extension === undefined || extension === user.extension) return;
  if (mayDoAnyway(user)) return;
  throw new RequestError('forbidden', 'Ask an administrator to change your extension.', 'extension');
}

/** Whether nothing that this user may do or see depends on which extension is theirs. */
function mayDoAnyway({ permissions, limits, sees }: Me): boolean {
  if (sees !== undefined) return false;
  const forAll = permissions.filter((name) => limits[name] === undefined);
  const needed: readonly Permission[] = ['dnd', 'forward', 'callernumbers'];
  const wholes = permissions.map((name) => wholeOf[name] ?? name);
  return [...needed, ...wholes].every((name) => forAll.includes(name));
}

const layoutConflict = failure.extend({ current: savedLayout }).describe('Saved elsewhere; `current` is the newest.');

function layoutRoutes(app: App, { layouts, layoutSaved }: HttpDeps): void {
  const { failures, ...reading } = describeRoute('user', 'One’s own layout', tag);
  app.get('/api/v1/me/layout', {
    config,
    schema: { ...reading, response: { 200: savedLayout, ...failures } },
    handler: (request) => layouts.get(personOf(request).user.id),
  });

  const { failures: refusals, ...saving } = describeRoute(
    'user',
    'Save one’s own layout over the version read',
    tag,
    [400],
  );
  const saved = z.object({ ok: z.literal(true), version: z.number().int() });
  app.put('/api/v1/me/layout', {
    config,
    schema: { ...saving, body: savedLayout, response: { 200: saved, ...refusals, 409: layoutConflict } },
    handler: async (request, reply) => {
      const { user } = personOf(request);
      const result = await layouts.put(user.id, request.body);
      if (!result.ok) {
        const words = failed('conflict', 'Your layout was changed in another window.');
        return reply.code(409).send({ ...words, current: result.current });
      }
      layoutSaved(user.id, { version: result.version, layout: request.body.layout });
      return result;
    },
  });

  const { failures: unreset, ...resetting } = describeRoute('user', 'Take back what one arranged oneself', tag);
  app.post('/api/v1/me/layout/reset', {
    config,
    schema: { ...resetting, response: { 200: savedLayout, ...unreset } },
    handler: (request) => layouts.reset(personOf(request).user.id),
  });
}
