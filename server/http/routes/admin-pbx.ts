import type { FastifyRequest } from 'fastify';
import {
  type PbxSettingsBody,
  pbxCertificateAnswer,
  pbxCertificateBody,
  pbxSettings,
  pbxSettingsBody,
  pbxTestResult,
} from '../../protocol/admin';
import type { App } from '../app';
import { noteInAudit } from '../audit-note';
import type { HttpDeps } from '../deps';
import { failureOf } from '../errors';
import { describeRoute } from '../openapi';

const config = { access: 'admin' } as const;
const tag = 'admin';

/** The connection to the PBX. Its secret goes in and never comes out. */
export function adminPbx(app: App, deps: HttpDeps): void {
  const { failures, ...reading } = describeRoute('admin', 'The PBX connection', tag);
  app.get('/api/v1/admin/pbx', {
    config,
    schema: { ...reading, response: { 200: pbxSettings, ...failures } },
    handler: () => deps.pbxSettings.get(),
  });

  const { failures: refusals, ...saving } = describeRoute(
    'admin',
    'Save the PBX connection and connect',
    tag,
    [400, 409],
  );
  app.put('/api/v1/admin/pbx', {
    config,
    schema: { ...saving, body: pbxSettingsBody, response: { 200: pbxSettings, ...refusals } },
    handler: async (request) => {
      try {
        const saved = await deps.pbxSettings.save(request.body);
        note(request, 'admin.pbx.save', 'ok');
        return saved;
      } catch (error) {
        note(request, 'admin.pbx.save', failureOf(error)?.error ?? 'internal');
        throw error;
      }
    },
  });

  const { failures: untested, ...testing } = describeRoute('admin', 'Try a PBX connection out', tag, [400, 429]);
  app.post('/api/v1/admin/pbx/test', {
    config: { ...config, rateLimit: { max: 30, timeWindow: 60_000 } },
    schema: { ...testing, body: pbxSettingsBody, response: { 200: pbxTestResult, ...untested } },
    handler: async (request) => {
      const result = await deps.pbxSettings.test(request.body);
      note(request, 'admin.pbx.test', result.ok ? 'ok' : `failed: ${result.message}`);
      return result;
    },
  });

  const { failures: unseen, ...looking } = describeRoute('admin', 'The TLS certificate shown there', tag, [400, 429]);
  app.post('/api/v1/admin/pbx/certificate', {
    config: { ...config, rateLimit: { max: 30, timeWindow: 60_000 } },
    schema: { ...looking, body: pbxCertificateBody, response: { 200: pbxCertificateAnswer, ...unseen } },
    handler: async (request) => {
      const { host, port } = request.body;
      const certificate = await deps.pbxSettings.certificate(host, port);
      noteInAudit(deps, request, { action: 'admin.pbx.certificate', target: `${host}:${port}`, result: 'ok' });
      return { certificate };
    },
  });

  function note(request: FastifyRequest & { body: PbxSettingsBody }, action: string, result: string): void {
    const target = `${request.body.username}@${request.body.host}:${request.body.port}`;
    noteInAudit(deps, request, { action, target, result });
  }
}
