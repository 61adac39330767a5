import { me } from '../../protocol/session';
import { savedSetup, setupAddress, setupAddressBody, setupFound, setupUsernameBody } from '../../protocol/setup';
import { personOf } from '../access';
import type { App } from '../app';
import { audited } from '../audit-note';
import type { HttpDeps } from '../deps';
import { RequestError } from '../errors';
import { describeRoute } from '../openapi';

const config = { access: 'admin' } as const;
const tag = 'admin';

/** The set-up assistant: how far it came, what was found, and what it suggests. */
export function setupRoutes(app: App, deps: HttpDeps): void {
  const { setup, store, auth } = deps;
  const { failures, ...reading } = describeRoute('admin', 'How far the set-up assistant came', tag);
  app.get('/api/v1/admin/setup', {
    config,
    schema: { ...reading, response: { 200: savedSetup, ...failures } },
    handler: () => setup.get(),
  });

  const { failures: refusals, ...saving } = describeRoute('admin', 'Save how far it came', tag, [400, 409]);
  app.put('/api/v1/admin/setup', {
    config,
    schema: { ...saving, body: savedSetup, response: { 200: savedSetup, ...refusals } },
    handler: (request) =>
      audited(deps, request, { action: 'admin.setup.save', target: request.body.settings.passed.join(' ') }, () =>
        setup.save(request.body),
      ),
  });

  const { failures: unfound, ...finding } = describeRoute(
    'admin',
    'What was found on the PBX, with departments and users it suggests',
    tag,
  );
  app.get('/api/v1/admin/setup/found', {
    config,
    schema: { ...finding, response: { 200: setupFound, ...unfound } },
    handler: () => setup.found(),
  });

  const { failures: lost, ...locating } = describeRoute(
    'admin',
    'The address the panel comes from on its way to a host: for the permit line of manager.conf',
    tag,
    [400, 429],
  );
  app.post('/api/v1/admin/setup/address', {
    config: { ...config, rateLimit: { max: 60, timeWindow: 60_000 } },
    schema: { ...locating, body: setupAddressBody, response: { 200: setupAddress, ...lost } },
    handler: async (request) => ({ address: await setup.addressTowards(request.body.host) }),
  });

  const { failures: kept, ...renaming } = describeRoute(
    'admin',
    'Choose one’s user name, as long as one has no password yet',
    tag,
    [400, 409],
  );
  app.put('/api/v1/admin/setup/username', {
    config,
    schema: { ...renaming, body: setupUsernameBody, response: { 200: me, ...kept } },
    handler: async (request) => {
      const { user } = personOf(request);
      const { username } = request.body;
      return audited(deps, request, { action: 'admin.setup.username', target: username }, async () => {
        // Who comes from elsewhere is called as they are there.
        if (user.hasPassword || user.elsewhere)
          throw new RequestError('conflict', 'Your user name is fixed once you have a password.', 'username');
        return auth.me(await store.users.rename(user.id, username));
      });
    },
  });
}
