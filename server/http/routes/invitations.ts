import { z } from 'zod';
import { actorOf } from '../../auth/principal';
import { inviteBody, issuedInvitation } from '../../protocol/account';
import { acceptBody, invitationBody, invitationShown, signInAnswer } from '../../protocol/session';
import { NotFoundError } from '../../store/errors';
import type { StoredUser } from '../../store/users';
import { principalOf } from '../access';
import type { App } from '../app';
import { audited } from '../audit-note';
import type { HttpDeps } from '../deps';
import { failureOf, RequestError } from '../errors';
import { describeRoute, done } from '../openapi';
import { guessLimit, noteSignIn, refuseWithoutTls, visitorOf, welcome } from './session';

const day = 24 * 60 * 60_000;
const over = 'This link does not work any more: it was used, taken back, or is too old. Ask for a new one.';
const params = z.object({ id: z.string().max(64) });

/** One-time links by which users set their password. */
export function invitationRoutes(app: App, deps: HttpDeps): void {
  const { auth } = deps;
  const guesses = guessLimit(deps);
  // The token travels in the body: addresses end up in the logs of proxies.
  const { failures: none, ...reading } = describeRoute(
    'public',
    'What an invitation is for',
    'session',
    [400, 404, 429],
  );
  app.post('/api/v1/invitation', {
    config: { access: 'public', ...guesses },
    schema: { ...reading, body: invitationBody, response: { 200: invitationShown, ...none } },
    handler: async (request) => {
      const found = await auth.invitations.find(request.body.token);
      if (!found) throw new RequestError('notFound', over);
      const { user, by, expiresAt } = found;
      return {
        username: user.username,
        name: user.name,
        roleName: auth.me(user).roleName,
        by,
        expiresAt: expiresAt.toISOString(),
        hasPassword: user.passwordHash !== null,
        minLength: auth.rules.get().settings.minLength,
      };
    },
  });

  const { failures: unaccepted, ...accepting } = describeRoute(
    'public',
    'Set the password by an invitation, and sign in',
    'session',
    [400, 403, 404, 429],
  );
  app.post('/api/v1/invitation/accept', {
    config: { access: 'public', ...guesses },
    schema: { ...accepting, body: acceptBody, response: { 200: signInAnswer, ...unaccepted } },
    handler: async (request, reply) => {
      refuseWithoutTls(request, deps);
      const action = 'session.invitation';
      try {
        const result = await auth.acceptInvitation(request.body.token, request.body.password, visitorOf(request));
        noteSignIn(deps, request, { action, target: result.username }, result);
        if (!result.ok && result.reason === 'gone') throw new RequestError('notFound', over);
        return welcome(request, reply, deps, result, over);
      } catch (error) {
        const failure = failureOf(error);
        if (failure?.error === 'invalid')
          noteSignIn(deps, request, { action, target: '' }, { ok: false, reason: 'invalid' });
        throw error;
      }
    },
  });

  adminInvitations(app, deps);
}

function adminInvitations(app: App, deps: HttpDeps): void {
  const { auth, store } = deps;
  const config = { access: 'admin' } as const;
  const path = '/api/v1/admin/users/:id/invitation';
  const { failures: unissued, ...issuing } = describeRoute(
    'admin',
    'A link by which this user sets a password, shown once; an earlier one ends',
    'admin',
    [400, 404, 409],
  );
  app.post(path, {
    config,
    schema: { ...issuing, params, body: inviteBody, response: { 201: issuedInvitation, ...unissued } },
    handler: async (request, reply) => {
      const user = await find(request.params.id);
      const { days } = request.body;
      const about = { action: 'admin.user.invite', target: `${user.username}: ${days} days` };
      const issued = await audited(deps, request, about, () => {
        refuseUninvitable(user);
        return auth.invitations.issue(user.id, inviter(request), days * day);
      });
      return reply.code(201).send({ token: issued.token, expiresAt: issued.expiresAt.toISOString() });
    },
  });

  const { failures: unrevoked, ...revoking } = describeRoute('admin', 'Take the open link back', 'admin', [404]);
  app.delete(path, {
    config,
    schema: { ...revoking, params, response: { 200: done, ...unrevoked } },
    handler: async (request) => {
      const user = await find(request.params.id);
      await audited(deps, request, { action: 'admin.user.uninvite', target: user.username }, async () => {
        if (!(await auth.invitations.revoke(user.id))) throw new NotFoundError('no link of this user is open');
      });
      return { ok: true as const };
    },
  });

  function inviter(request: Parameters<typeof principalOf>[0]): string {
    const principal = principalOf(request);
    return principal.kind === 'user' ? principal.user.name : actorOf(principal, '').name;
  }

  async function find(id: string): Promise<StoredUser> {
    const user = await store.users.byId(id);
    if (!user) throw new NotFoundError('there is no such user');
    return user;
  }
}

function refuseUninvitable({ disabled, origin }: StoredUser): void {
  if (disabled) throw new RequestError('conflict', 'This user is disabled: let them sign in again first.');
  if (origin !== 'local') throw new RequestError('conflict', 'This user signs in with the company account.');
}
