import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../../auth/principal';
import type { Actor } from '../../commands/actor';
import { callNotes, callsPage, callsQuery, type LoggedCall } from '../../protocol/call-log';
import { principalOf } from '../access';
import type { App } from '../app';
import { noteInAudit } from '../audit-note';
import { type CsvColumn, csvFile, csvName, csvOf } from '../csv';
import type { HttpDeps } from '../deps';
import { RequestError } from '../errors';
import { describeRoute } from '../openapi';

const tag = 'calls';
const config = { access: 'state:read' } as const;
const allCalls = callsQuery.omit({ limit: true });

/** Calls that are over, with the notes of operators. */
export function callsRoutes(app: App, deps: HttpDeps): void {
  const { calls } = deps;
  const { failures, ...page } = describeRoute(
    'state:read',
    'Calls that are over, newest first; people need callhistory',
    tag,
    [400],
  );
  app.get('/api/v1/calls', {
    config,
    schema: { ...page, querystring: callsQuery, response: { 200: callsPage, ...failures } },
    handler: (request) => calls.page(reader(request), request.query),
  });

  const { failures: csvFailures, ...all } = describeRoute('state:read', 'The same as a CSV file', tag, [400, 429]);
  app.get('/api/v1/calls.csv', {
    config: { ...config, rateLimit: { max: 60, timeWindow: 60_000 } },
    schema: { ...all, querystring: allCalls, response: { 200: csvFile, ...csvFailures } },
    handler: async (request, reply) => {
      const { query, log } = request;
      const rows = calls.all(reader(request), query);
      const about = query.number ?? query.extension ?? '';
      noteInAudit(deps, request, { action: 'calls.export', target: about, result: 'ok' });
      reply.type('text/csv; charset=utf-8');
      reply.header('Content-Disposition', `attachment; filename="${csvName(['calls', about], deps.now())}"`);
      const csv = csvOf(columns, asRows(rows), (error) =>
        log.warn({ err: error }, 'the calls were not sent to their end'),
      );
      // A stream of the text that the schema describes.
      return reply.send(csv as unknown as string);
    },
  });

  const { failures: unknown, ...reading } = describeRoute('state:read', 'Notes on a call, running or over', tag, [404]);
  app.get('/api/v1/calls/:id/notes', {
    config,
    schema: { ...reading, params: z.object({ id: z.string().max(150) }), response: { 200: callNotes, ...unknown } },
    handler: async (request) => {
      const notes = await calls.notes(reader(request), request.params.id);
      if (notes === null) throw new RequestError('notFound', 'There is no such call.');
      return { notes };
    },
  });
}

/** The token's scope was checked before. */
function reader(request: FastifyRequest): Actor {
  const actor = actorOf(principalOf(request), request.ip);
  if (actor.kind === 'token' || actor.permissions.includes('callhistory')) return actor;
  throw new RequestError('forbidden', 'You do not have the permission to read calls that are over.');
}

const columns = [
  { key: 'startedAt', header: 'Started' },
  { key: 'answeredAt', header: 'Answered' },
  { key: 'endedAt', header: 'Ended' },
  { key: 'outcome', header: 'Outcome' },
  { key: 'fromNumber', header: 'From' },
  { key: 'fromName', header: 'From name' },
  { key: 'toNumber', header: 'To' },
  { key: 'toName', header: 'To name' },
  { key: 'queue', header: 'Queue' },
  { key: 'did', header: 'Number dialled' },
  { key: 'extensions', header: 'Extensions' },
  { key: 'notes', header: 'Notes' },
  { key: 'id', header: 'Call' },
] as const satisfies readonly CsvColumn<CallRow>[];

type CallRow = ReturnType<typeof toRow>;

function toRow({ from, to, extensions, notes, ...call }: LoggedCall) {
  return {
    ...call,
    fromNumber: from.number,
    fromName: from.name,
    toNumber: to.number,
    toName: to.name,
    extensions: extensions.join(' '),
    notes: notes.map(({ by, text }) => `${by}: ${text}`).join('\n'),
  };
}

async function* asRows(calls: AsyncIterable<LoggedCall>): AsyncGenerator<CallRow> {
  for await (const call of calls) yield toRow(call);
}
