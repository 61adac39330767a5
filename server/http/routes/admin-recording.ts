import type { FastifyRequest } from 'fastify';
import { savedRecording } from '../../protocol/recording';
import type { App } from '../app';
import { noteInAudit } from '../audit-note';
import type { HttpDeps } from '../deps';
import { failureOf } from '../errors';
import { describeRoute } from '../openapi';

const config = { access: 'admin' } as const;
const tag = 'admin';
const path = '/api/v1/admin/recording';

/** How the recordings of `call.record` are named. */
export function adminRecording(app: App, deps: HttpDeps): void {
  const { failures, ...reading } = describeRoute('admin', 'How recordings are named', tag);
  app.get(path, {
    config,
    schema: { ...reading, response: { 200: savedRecording, ...failures } },
    handler: () => deps.recordingSettings.get(),
  });

  const saving = describeRoute('admin', 'Name recordings otherwise; in force at once', tag, [400, 409]);
  const { failures: refusals, ...saved } = saving;
  app.put(path, {
    config,
    schema: { ...saved, body: savedRecording, response: { 200: savedRecording, ...refusals } },
    handler: async (request) => {
      try {
        const now = await deps.recordingSettings.save(request.body);
        note(request, now.settings.template, 'ok');
        return now;
      } catch (error) {
        note(request, '', failureOf(error)?.error ?? 'internal');
        throw error;
      }
    },
  });

  function note(request: FastifyRequest, target: string, result: string): void {
    noteInAudit(deps, request, { action: 'admin.recording.save', target, result });
  }
}
