import { z } from 'zod';
import { auditRecord } from '../../protocol/admin';
import type { App } from '../app';
import type { HttpDeps } from '../deps';
import { describeRoute } from '../openapi';

const query = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** Only entries with a smaller id: the last one of the page before. */
  before: z.coerce.number().int().positive().optional(),
});

/** Newest first; fewer rows than `limit` mean that those were the oldest. */
export function adminAudit(app: App, deps: HttpDeps): void {
  const { failures, ...described } = describeRoute('admin', 'The audit log, newest first', 'admin', [400]);
  app.get('/api/v1/admin/audit', {
    config: { access: 'admin' },
    schema: { ...described, querystring: query, response: { 200: z.array(auditRecord), ...failures } },
    handler: async (request) => {
      await deps.store.audit.flush();
      return (await deps.store.audit.page(request.query.limit, request.query.before)).entries;
    },
  });
}
