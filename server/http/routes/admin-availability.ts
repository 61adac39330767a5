import type { FastifyRequest } from 'fastify';
import {
  classifyBody,
  classifyResult,
  dfksTestBody,
  dfksTestResult,
  savedAvailability,
} from '../../protocol/availability';
import { mayForward } from '../../protocol/number-rules';
import type { App } from '../app';
import { noteInAudit } from '../audit-note';
import type { HttpDeps } from '../deps';
import { failureOf } from '../errors';
import { describeRoute } from '../openapi';

const config = { access: 'admin' } as const;
const tag = 'admin';
const path = '/api/v1/admin/availability';

/** How do-not-disturb, forwarding and presence are kept, and where calls may be forwarded to. */
export function adminAvailability(app: App, deps: HttpDeps): void {
  const { failures, ...reading } = describeRoute('admin', 'The settings of availability', tag);
  app.get(path, {
    config,
    schema: { ...reading, response: { 200: savedAvailability, ...failures } },
    handler: () => deps.availabilitySettings.get(),
  });

  const saving = describeRoute('admin', 'Save the settings of availability; in force at once', tag, [400, 409]);
  const { failures: refusals, ...saved } = saving;
  app.put(path, {
    config,
    schema: { ...saved, body: savedAvailability, response: { 200: savedAvailability, ...refusals } },
    handler: async (request) => {
      try {
        const now = await deps.availabilitySettings.save(request.body);
        note(request, 'admin.availability.save', '', 'ok');
        return now;
      } catch (error) {
        note(request, 'admin.availability.save', '', failureOf(error)?.error ?? 'internal');
        throw error;
      }
    },
  });

  const { failures: untested, ...testing } = describeRoute('admin', 'Ask OpenSIPS whether it answers', tag, [400, 429]);
  app.post(`${path}/test-dfks`, {
    config: { ...config, rateLimit: { max: 30, timeWindow: 60_000 } },
    schema: { ...testing, body: dfksTestBody, response: { 200: dfksTestResult, ...untested } },
    handler: async (request) => {
      const result = await deps.availabilitySettings.testDfks(request.body);
      const words = result.ok ? 'ok' : `failed: ${result.message}`;
      note(request, 'admin.availability.test', request.body.url, words);
      return result;
    },
  });

  const judging = describeRoute('admin', 'What number rules make of a number', tag, [400]);
  const { failures: unjudged, ...judged } = judging;
  app.post(`${path}/classify`, {
    config,
    schema: { ...judged, body: classifyBody, response: { 200: classifyResult, ...unjudged } },
    handler: ({ body: { number, numbers } }) => {
      const verdict = mayForward(number, numbers, deps.availabilitySettings.isInternal);
      const message = verdict.ok ? null : verdict.message;
      return { class: verdict.class, forwardAllowed: verdict.ok, message };
    },
  });

  function note(request: FastifyRequest, action: string, target: string, result: string): void {
    noteInAudit(deps, request, { action, target, result });
  }
}
