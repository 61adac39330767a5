import { savedPasswords } from '../../protocol/passwords';
import type { App } from '../app';
import { audited } from '../audit-note';
import type { HttpDeps } from '../deps';
import { describeRoute } from '../openapi';

const config = { access: 'admin' } as const;
const path = '/api/v1/admin/passwords';

/** The rules of passwords. */
export function adminPasswords(app: App, deps: HttpDeps): void {
  const { rules } = deps.auth;
  const { failures, ...reading } = describeRoute('admin', 'What passwords have to be', 'admin');
  app.get(path, {
    config,
    schema: { ...reading, response: { 200: savedPasswords, ...failures } },
    handler: async () => rules.get(),
  });

  const { failures: unsaved, ...saving } = describeRoute(
    'admin',
    'Change what passwords have to be; it holds for those set from then on',
    'admin',
    [400, 409],
  );
  app.put(path, {
    config,
    schema: { ...saving, body: savedPasswords, response: { 200: savedPasswords, ...unsaved } },
    handler: (request) => {
      const target = `at least ${request.body.settings.minLength} characters`;
      return audited(deps, request, { action: 'admin.passwords.save', target }, () => rules.save(request.body));
    },
  });
}
