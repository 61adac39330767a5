import type { FastifyRequest } from 'fastify';
import QRCode from 'qrcode';
import type { CodeVerdict } from '../../auth/auth';
import { enableBody, enrolBody, enrolment, provedBody, recoveryCodes, secondFactorState } from '../../protocol/account';
import type { StoredUser } from '../../store/users';
import { anyPersonOf } from '../access';
import type { App } from '../app';
import type { HttpDeps } from '../deps';
import { failureOf, RequestError } from '../errors';
import { describeRoute, done } from '../openapi';
import { noteSignIn, visitorOf } from './session';

const tag = 'me';
/** Also for one who cannot be served before it is set up. */
const config = { access: 'user', waiting: true } as const;
const quiet = 4;

/** One's own second factor: setting it up, new recovery codes, turning it off. */
export function secondFactorRoutes(app: App, deps: HttpDeps): void {
  const { auth } = deps;
  const path = '/api/v1/me/second-factor';
  const { failures: _, ...reading } = describeRoute('user', 'One’s own second factor', tag);
  app.get(path, {
    config,
    schema: { ...reading, response: { 200: secondFactorState, ..._ } },
    handler: async (request) => {
      const { user } = anyPersonOf(request);
      const { since, recoveryLeft } = await auth.secondFactor.state(user.id);
      const required = auth.needsSecondFactor(user);
      return { since: since?.toISOString() ?? null, recoveryLeft, required, hasPassword: user.hasPassword };
    },
  });

  const { failures: unbegun, ...beginning } = describeRoute(
    'user',
    'Begin to set up a second factor: a new key, which counts once a code of it was shown',
    tag,
    [400, 409, 429],
  );
  app.post(path, {
    config,
    schema: { ...beginning, body: enrolBody, response: { 200: enrolment, ...unbegun } },
    handler: (request) =>
      changing(request, 'me.secondFactor.begin', async (user) => {
        // Who waits has shown the password a moment ago, and can do nothing else.
        if (request.waiting === null) await provePassword(request, user, request.body.password);
        const begun = await auth.secondFactor.begin(user, deps.appearance.get().settings.name);
        if (!begun) throw new RequestError('conflict', 'A second factor is on already. Turn it off first.');
        return { ...begun, qr: qrOf(begun.uri) };
      }),
  });

  const { failures: unset, ...enabling } = describeRoute(
    'user',
    'Turn the second factor on with the first code; answers the recovery codes',
    tag,
    [400, 429],
  );
  app.post(`${path}/enable`, {
    config,
    schema: { ...enabling, body: enableBody, response: { 200: recoveryCodes, ...unset } },
    handler: (request) =>
      changing(request, 'me.secondFactor.enable', async (user) => {
        let codes: readonly string[] | null = null;
        const verdict = await auth.guarded(user, visitorOf(request), request.headers.cookie, async () => {
          codes = await auth.secondFactor.enable(user.id, request.body.code);
          return codes !== null;
        });
        refuse(verdict);
        return { codes: [...(codes ?? [])] };
      }),
  });

  const { failures: unrenewed, ...renewing } = describeRoute(
    'user',
    'New recovery codes in place of all before',
    tag,
    [400, 429],
  );
  app.post(`${path}/recovery`, {
    config: { access: 'user' },
    schema: { ...renewing, body: provedBody, response: { 200: recoveryCodes, ...unrenewed } },
    handler: (request) =>
      changing(request, 'me.secondFactor.recovery', async (user) => {
        await prove(request, user, request.body);
        return { codes: [...((await auth.secondFactor.renewRecovery(user.id)) ?? [])] };
      }),
  });

  const { failures: unoff, ...turningOff } = describeRoute('user', 'Turn the second factor off', tag, [400, 429]);
  app.post(`${path}/off`, {
    config: { access: 'user' },
    schema: { ...turningOff, body: provedBody, response: { 200: done, ...unoff } },
    handler: (request) =>
      changing(request, 'me.secondFactor.off', async (user) => {
        await prove(request, user, request.body);
        await auth.secondFactor.remove(user.id);
        return { ok: true as const };
      }),
  });

  /** `audited` cannot name one who waits. */
  async function changing<T>(request: FastifyRequest, action: string, work: (user: StoredUser) => Promise<T>) {
    const { user: me, sessionId } = anyPersonOf(request);
    const about = { action, target: me.username };
    try {
      const user = await deps.store.users.byId(me.id);
      if (!user) throw new RequestError('unauthenticated', 'Sign in first.');
      const answer = await work(user);
      noteSignIn(deps, request, about, { ok: true, sessionId });
      return answer;
    } catch (error) {
      noteSignIn(deps, request, about, { ok: false, sessionId, reason: failureOf(error)?.error ?? 'internal' });
      throw error;
    }
  }

  async function prove(
    request: FastifyRequest,
    user: StoredUser,
    body: { password?: string | undefined; code: string },
  ) {
    await provePassword(request, user, body.password);
    refuse(await auth.tryCode(user, body.code, visitorOf(request), request.headers.cookie));
  }

  async function provePassword(request: FastifyRequest, user: StoredUser, password = ''): Promise<void> {
    if (user.passwordHash === null) return;
    const verdict = await auth.confirm(user.id, password, visitorOf(request));
    if (verdict === 'wait') throw new RequestError('rateLimited', 'Too many tries: wait a moment.');
    if (verdict === 'wrong') throw new RequestError('invalid', 'This is not your current password.', 'password');
  }
}

function refuse(verdict: CodeVerdict): void {
  if (verdict === 'right') return;
  if (verdict.reason === 'wait') {
    throw new RequestError('rateLimited', `Too many tries: wait ${verdict.retryAfterSeconds} s and try again.`);
  }
  const words =
    'This code is not right. A code counts once and for half a minute; the clock of the phone must be right.';
  throw new RequestError('invalid', words, 'code');
}

/** Dark modules as runs along each row, to be drawn on white. */
function qrOf(uri: string): { size: number; path: string } {
  const { modules } = QRCode.create(uri, { errorCorrectionLevel: 'M' });
  const parts: string[] = [];
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      let run = 0;
      while (x + run < modules.size && modules.get(y, x + run)) run += 1;
      if (run > 0) parts.push(`M${x + quiet} ${y + quiet}h${run}v1h-${run}z`);
      x += run;
    }
  }
  return { size: modules.size + 2 * quiet, path: parts.join('') };
}
