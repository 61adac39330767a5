import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../auth/principal';
import { type FeatureChange, historyPage, historyQuery } from '../../protocol/availability';
import { principalOf } from '../access';
import type { App } from '../app';
import { type CsvColumn, csvFile, csvName, csvOf } from '../csv';
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
  app.get('/api/v1/history.csv', {
    config: { access: 'state:read', rateLimit: { max: 60, timeWindow: 60_000 } },
    schema: { ...all, querystring: wholeHistory, response: { 200: csvFile, ...csvFailures } },
    handler: async (request, reply) => {
      const { query, log } = request;
      authorise(request, query.extension);
      await history.flush();
      const rows = history.all({ ...query, pbx: deps.pbxKey() });
      reply.type('text/csv; charset=utf-8');
      reply.header(
        'Content-Disposition',
        `attachment; filename="${csvName(['availability', query.extension ?? ''], deps.now())}"`,
      );
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

const columns: readonly CsvColumn<FeatureChange>[] = [
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

/** As `csvOf` says. */
export function asCsv(rows: AsyncIterable<FeatureChange>, onError: (error: Error) => void): Readable {
  return csvOf(columns, rows, onError);
}
