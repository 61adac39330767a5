import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../../auth/principal';
import { type FeatureChange, historyPage, historyQuery } from '../../protocol/availability';
import { hideNumber } from '../../protocol/hidden-numbers';
import { forwardKind } from '../../protocol/records';
import { principalOf } from '../access';
import type { App } from '../app';
import { noteInAudit } from '../audit-note';
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
      authorise(request, request.query.extension, deps);
      await history.flush();
      const { rows, next } = await history.page({ ...request.query, pbx: deps.pbxKey() });
      return { rows: rows.map(maskFor(request, deps)), next };
    },
  });
  const { failures: csvFailures, ...all } = describeRoute('state:read', 'The same as a CSV file', tag, [400, 429]);
  app.get('/api/v1/history.csv', {
    config: { access: 'state:read', rateLimit: { max: 60, timeWindow: 60_000 } },
    schema: { ...all, querystring: wholeHistory, response: { 200: csvFile, ...csvFailures } },
    handler: async (request, reply) => {
      const { query, log } = request;
      authorise(request, query.extension, deps);
      await history.flush();
      const rows = masked(history.all({ ...query, pbx: deps.pbxKey() }), maskFor(request, deps));
      noteInAudit(deps, request, { action: 'history.export', target: query.extension ?? '', result: 'ok' });
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
function authorise(request: FastifyRequest, extension: string | undefined, { reach }: HttpDeps): void {
  const actor = actorOf(principalOf(request), request.ip);
  if (actor.kind === 'token' || (extension !== undefined && extension === actor.extension)) return;
  const held = able.filter((name) => actor.permissions.includes(name));
  if (actor.sees === undefined && held.some((name) => actor.limits[name] === undefined)) return;
  if (extension !== undefined && held.some((name) => reach.mayTouch(actor, name, extension))) return;
  const whose = held.length === 0 ? 'its own history only' : 'the history of some people only, one at a time';
  throw new RequestError('forbidden', `Your account may read ${whose}.`, 'extension');
}

/** Who may set it for somebody may read how it was. */
const able = ['dnd', 'presence'] as const;

const forwards: readonly string[] = forwardKind.options;

/** Targets outside are shown to those who may know such numbers. */
function maskFor(request: FastifyRequest, { reach }: HttpDeps): (row: FeatureChange) => FeatureChange {
  const actor = actorOf(principalOf(request), request.ip);
  const hide = (target: string): string => hideNumber(target, reach.isInside);
  return (row) => {
    if (!forwards.includes(row.feature) || reach.seesNumbers(actor, row.number)) return row;
    return { ...row, from: hide(row.from), to: hide(row.to) };
  };
}

async function* masked<T>(rows: AsyncIterable<T>, mask: (row: T) => T): AsyncGenerator<T> {
  for await (const row of rows) yield mask(row);
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
