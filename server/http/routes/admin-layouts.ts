import { z } from 'zod';
import { layoutsAnswer, savedLayout, savedLayoutDefaults } from '../../protocol/layout';
import type { App } from '../app';
import { audited } from '../audit-note';
import type { HttpDeps } from '../deps';
import { describeRoute } from '../openapi';

const config = { access: 'admin' } as const;
const tag = 'admin';
const path = '/api/v1/admin/layouts';
const userParams = z.object({ user: z.string().max(64) });

/** The default layouts of the roles, and who arranged what otherwise. */
export function adminLayouts(app: App, deps: HttpDeps): void {
  const { failures, ...reading } = describeRoute('admin', 'The default layout of each role, and who has one', tag);
  app.get(path, {
    config,
    schema: { ...reading, response: { 200: layoutsAnswer, ...failures } },
    handler: () => deps.layouts.overview(),
  });

  const words = 'Save the default layouts; shown at once to everybody who did not arrange that themselves';
  const { failures: refusals, ...saving } = describeRoute('admin', words, tag, [400, 409]);
  app.put(path, {
    config,
    schema: { ...saving, body: savedLayoutDefaults, response: { 200: layoutsAnswer, ...refusals } },
    handler: (request) => {
      const target = Object.keys(request.body.settings.roles).join(', ');
      return audited(deps, request, { action: 'admin.layouts.save', target }, () =>
        deps.layouts.saveDefaults(request.body),
      );
    },
  });

  const { failures: unreset, ...resetting } = describeRoute('admin', 'Take back what a user arranged', tag, [404]);
  app.post(`${path}/users/:user/reset`, {
    config,
    schema: { ...resetting, params: userParams, response: { 200: savedLayout, ...unreset } },
    handler: (request) => {
      const { user } = request.params;
      return audited(deps, request, { action: 'admin.layouts.reset', target: user }, () => deps.layouts.reset(user));
    },
  });
}
