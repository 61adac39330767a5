import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Principal } from '../../auth/principal';
import { type FeatureChange, historyPage, historyQuery } from '../../protocol/availability';
import { principalOf } from '../access';
import type { App } from '../app';
import type { HttpDeps } from '../deps';
import { RequestError } from '../errors';
import { describeRoute } from '../openapi';

const tag = 'history';
const wholeHistory = historyQuery.omit({ limit: true });

/** Every change of do-not-disturb, forwarding and presence: of oneself, or of all with permission. */
export function historyRoutes(app: App, deps: HttpDeps): void {
  const { history } = deps.store;
  const { failures, ...page } = describeRoute('state:read', 'Changes of availability, newest first', tag, [400]);
  app.get('/api/v1/history', {
    config: { access: 'state:read' },
    schema: { ...page, querystring: historyQuery, response: { 200: historyPage, ...failures } },
    handler: async (request) => {
      authorise(request, request.query.extension);
      await history.flush();
      return history.page({ ...request.query, pbx: deps.pbxKey() });
    },
  });
  const { failures: csvFailures, ...all } = describeRoute('state:read', 'The same as a CSV file', tag, [400, 429]);
  const file = {
    description: 'UTF-8 with a header row, times ISO 8601 UTC',
    content: { 'text/csv': { schema: z.string() } },
  };
  app.get('/api/v1/history.csv', {
    config: { access: 'state:read', rateLimit: { max: 60, timeWindow: 60_000 } },
    schema: { ...all, querystring: wholeHistory, response: { 200: file, ...csvFailures } },
    handler: async (request, reply) => {
      const { query, log } = request;
      authorise(request, query.extension);
      await history.flush();
      const rows = history.all({ ...query, pbx: deps.pbxKey() });
      reply.type('text/csv; charset=utf-8');
      reply.header('Content-Disposition', `attachment; filename="${fileName(query.extension, deps.now())}"`);
      const csv = asCsv(rows, (error) => log.warn({ err: error }, 'the history was not sent to its end'));
      // A stream of the text that the schema describes.
      return reply.send(csv as unknown as string);
    },
  });
}

/** By the person asked about, undefined: everybody; the token's scope was checked before. */
function authorise(request: FastifyRequest, extension: string | undefined): void {
  if (maySee(principalOf(request), extension)) return;
  throw new RequestError('forbidden', 'Your account may read its own history only.', 'extension');
}

function maySee(principal: Principal, extension: string | undefined): boolean {
  if (principal.kind === 'token') return true;
  const { permissions, extension: own } = principal.user;
  if (permissions.includes('dnd') || permissions.includes('presence')) return true;
  return own !== null && extension === own;
}

const columns: { readonly key: keyof FeatureChange; readonly header: string }[] = [
  { key: 'at', header: 'Time' },
  { key: 'number', header: 'Extension' },
  { key: 'feature', header: 'Feature' },
  { key: 'from', header: 'From' },
  { key: 'to', header: 'To' },
  { key: 'source', header: 'Source' },
  { key: 'by', header: 'By' },
  { key: 'note', header: 'Note' },
  { key: 'until', header: 'Until' },
];

/**
 * RFC 4180 with a byte order mark, by which Excel knows UTF-8; a cell that a spreadsheet would take for a formula begins
 * with an apostrophe. The rows are read as fast as they are taken, and no further once nobody takes them.
 */
export function asCsv(rows: AsyncIterable<FeatureChange>, onError: (error: Error) => void): Readable {
  const text = stringify({ header: true, bom: true, escape_formulas: true, record_delimiter: 'windows', columns });
  pipeline(Readable.from(rows), text, (error) => {
    if (error) onError(error);
  });
  return text;
}

function fileName(extension: string | undefined, now: number): string {
  const whose = extension?.replace(/[^A-Za-z0-9_-]/g, '') ?? '';
  return ['availability', whose, new Date(now).toISOString().slice(0, 10)].filter(Boolean).join('-').concat('.csv');
}
