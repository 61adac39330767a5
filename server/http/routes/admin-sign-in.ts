import { ldapTestBody, oidcTestBody, savedSignIn, signInBody, signInTest } from '../../protocol/sign-in';
import type { App } from '../app';
import { audited } from '../audit-note';
import type { HttpDeps } from '../deps';
import { describeRoute } from '../openapi';

const config = { access: 'admin' } as const;
const trying = { ...config, rateLimit: { max: 30, timeWindow: 60_000 } } as const;
const tag = 'admin';
const path = '/api/v1/admin/sign-in';

/** Single sign-on and the directory: settings, and a try of each. */
export function adminSignIn(app: App, deps: HttpDeps): void {
  const { signIn } = deps;
  const { failures, ...reading } = describeRoute('admin', 'How people sign in, without its secrets', tag);
  app.get(path, {
    config,
    schema: { ...reading, response: { 200: savedSignIn, ...failures } },
    handler: async () => signIn.get(),
  });

  const saving = describeRoute('admin', 'Let people sign in otherwise; in force at once', tag, [400, 409]);
  const { failures: refusals, ...saved } = saving;
  app.put(path, {
    config,
    schema: { ...saved, body: signInBody, response: { 200: savedSignIn, ...refusals } },
    handler: async (request) => {
      const { oidc, ldap, passwords } = request.body.settings;
      const on = [oidc.enabled && 'oidc', ldap.enabled && 'ldap', passwords.onlySingleSignOn && 'no passwords'];
      const target = on.filter(Boolean).join(', ') || 'passwords alone';
      return audited(deps, request, { action: 'admin.signin.save', target }, () => signIn.save(request.body));
    },
  });

  const tryingOidc = describeRoute('admin', 'Try a provider of single sign-on; nothing is saved', tag, [400, 429]);
  const { failures: badOidc, ...oidcTest } = tryingOidc;
  app.post(`${path}/test-oidc`, {
    config: trying,
    schema: { ...oidcTest, body: oidcTestBody, response: { 200: signInTest, ...badOidc } },
    handler: async (request) => {
      const about = { action: 'admin.signin.test', target: request.body.oidc.issuer };
      return audited(deps, request, about, () => signIn.testOidc(request.body));
    },
  });

  const tryingLdap = describeRoute(
    'admin',
    'Try a directory, and look somebody up in it; nothing is saved',
    tag,
    [400, 429],
  );
  const { failures: badLdap, ...ldapTest } = tryingLdap;
  app.post(`${path}/test-ldap`, {
    config: trying,
    schema: { ...ldapTest, body: ldapTestBody, response: { 200: signInTest, ...badLdap } },
    handler: async (request) => {
      const { ldap, username } = request.body;
      const target = [ldap.urls.join(' '), username].filter(Boolean).join(': ');
      return audited(deps, request, { action: 'admin.signin.test', target }, () => signIn.testLdap(request.body));
    },
  });
}
