import { z } from 'zod';
import { type AuditRecord, auditFilter, auditQuery, auditRecord, auditVerdict } from '../../protocol/admin';
import type { App } from '../app';
import { noteInAudit } from '../audit-note';
import { type CsvColumn, csvFile, csvName, csvOf } from '../csv';
import type { HttpDeps } from '../deps';
import { RequestError } from '../errors';
import { describeRoute } from '../openapi';

const tag = 'admin';
const config = { access: 'admin' } as const;
const verifyQuery = z.object({
  /** Only from this line on, which is taken as right: to see what came after a break. */
  from: z.coerce.number().int().positive().optional(),
});

/** Who did what: to read, to take along, and whether somebody changed it. */
export function adminAudit(app: App, deps: HttpDeps): void {
  const { audit } = deps.store;
  const { failures, ...described } = describeRoute(
    'admin',
    'The audit log, newest first; fewer rows than `limit`: those were the oldest',
    tag,
    [400],
  );
  app.get('/api/v1/admin/audit', {
    config,
    schema: { ...described, querystring: auditQuery, response: { 200: z.array(auditRecord), ...failures } },
    handler: async (request) => {
      const { limit, ...filter } = request.query;
      await audit.flush();
      return (await audit.page(limit, filter)).entries;
    },
  });

  const { failures: csvFailures, ...all } = describeRoute('admin', 'The same as a CSV file', tag, [400, 429]);
  app.get('/api/v1/admin/audit.csv', {
    config: { ...config, rateLimit: { max: 60, timeWindow: 60_000 } },
    schema: { ...all, querystring: auditFilter, response: { 200: csvFile, ...csvFailures } },
    handler: async (request, reply) => {
      const { query, log } = request;
      noteInAudit(deps, request, { action: 'admin.audit.export', target: '', result: 'ok' });
      await audit.flush();
      reply.type('text/csv; charset=utf-8');
      reply.header('Content-Disposition', `attachment; filename="${csvName(['audit'], deps.now())}"`);
      const csv = csvOf(columns, audit.all(query), (error) =>
        log.warn({ err: error }, 'the audit log was not sent to its end'),
      );
      // A stream of the text that the schema describes.
      return reply.send(csv as unknown as string);
    },
  });

  verifyRoute(app, deps);
}

function verifyRoute(app: App, { store, log }: HttpDeps): void {
  let running = false;
  const { failures, ...described } = describeRoute(
    'admin',
    'Whether the audit log is as it was written',
    tag,
    [400, 429],
  );
  app.get('/api/v1/admin/audit/verify', {
    config: { ...config, rateLimit: { max: 30, timeWindow: 60_000 } },
    schema: { ...described, querystring: verifyQuery, response: { 200: auditVerdict, ...failures } },
    handler: async (request) => {
      if (running) throw new RequestError('rateLimited', 'The log is being checked already: wait a moment.');
      running = true;
      try {
        const verdict = await store.audit.verify(request.query.from);
        if (!verdict.ok) log.error({ ...verdict }, 'the audit log is not as it was written');
        return verdict;
      } finally {
        running = false;
      }
    },
  });
}

const columns: readonly CsvColumn<AuditRecord>[] = [
  { key: 'id', header: 'Line' },
  { key: 'at', header: 'Time' },
  { key: 'actor', header: 'Who' },
  { key: 'session', header: 'Session' },
  { key: 'address', header: 'Address' },
  { key: 'action', header: 'What' },
  { key: 'target', header: 'Whom' },
  { key: 'result', header: 'Result' },
];
