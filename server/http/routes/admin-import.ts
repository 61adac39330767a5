import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../../auth/principal';
import {
  type ImportPlan,
  type ImportRow,
  importApplyBody,
  importExport,
  importInvitations,
  importPlan,
  importPlanBody,
  importRun,
} from '../../protocol/fop2-import';
import { principalOf } from '../access';
import type { App } from '../app';
import { audited, noteInAudit } from '../audit-note';
import { type CsvColumn, csvFile, csvName, csvOf } from '../csv';
import type { HttpDeps } from '../deps';
import { failureOf } from '../errors';
import type { ImportAsking } from '../import-port';
import { describeRoute } from '../openapi';

const config = { access: 'admin' } as const;
/** What reads files, or makes a thousand links. */
const heavy = { ...config, rateLimit: { max: 60, timeWindow: 60_000 } };
const tag = 'admin';
const path = '/api/v1/admin/import/fop2';
const byId = z.object({ id: z.string().max(64) });
/** 16 MB of files as Base64, and what is around them. */
const bodyLimit = 24 * 1024 * 1024;

/** The import of FOP2's files, and the export in its formats. */
export function adminImport(app: App, deps: HttpDeps): void {
  beginning(app, deps);
  runs(app, deps);
  report(app, deps);
  exporting(app, deps);
}

function askingOf(deps: HttpDeps, request: FastifyRequest): ImportAsking {
  return {
    by: actorOf(principalOf(request), request.ip).name,
    note: (about, result) => noteInAudit(deps, request, { ...about, result }),
  };
}

/** What is begun is written down when it is over; what is refused, at once. */
async function begun<T>(
  deps: HttpDeps,
  request: FastifyRequest,
  about: { readonly action: string; readonly target: string },
  work: (asking: ImportAsking) => Promise<T>,
): Promise<T> {
  try {
    return await work(askingOf(deps, request));
  } catch (error) {
    noteInAudit(deps, request, { ...about, result: failureOf(error)?.error ?? 'internal' });
    throw error;
  }
}

function beginning(app: App, deps: HttpDeps): void {
  const { imports } = deps;
  const planning = describeRoute('admin', 'What an import of these files would do; changes nothing', tag, [400, 429]);
  const { failures: unplanned, ...plan } = planning;
  app.post(`${path}/plan`, {
    bodyLimit,
    config: heavy,
    schema: { ...plan, body: importPlanBody, response: { 200: importPlan, ...unplanned } },
    // Text already, made where the files were looked at; the schema above is for the description.
    handler: async (request, reply) => {
      const text = await imports.plan(request.body);
      reply.type('application/json; charset=utf-8');
      return text as unknown as ImportPlan;
    },
  });

  const applying = describeRoute('admin', 'Begin the import whose plan was looked at', tag, [400, 409, 429]);
  const { failures: unapplied, ...apply } = applying;
  app.post(path, {
    bodyLimit,
    config: heavy,
    schema: { ...apply, body: importApplyBody, response: { 202: importRun, ...unapplied } },
    handler: async (request, reply) => {
      const target = request.body.files
        .map(({ name }) => name)
        .join(', ')
        .slice(0, 200);
      const run = await begun(deps, request, { action: 'admin.import.apply', target }, (asking) =>
        imports.apply(request.body, asking),
      );
      return reply.code(202).send(run);
    },
  });
}

function runs(app: App, deps: HttpDeps): void {
  const { imports } = deps;
  const { failures, ...listing } = describeRoute('admin', 'The newest imports', tag);
  app.get(`${path}/runs`, {
    config,
    schema: { ...listing, response: { 200: z.array(importRun), ...failures } },
    handler: () => imports.runs(),
  });

  const { failures: unknown, ...reading } = describeRoute('admin', 'How far an import is', tag, [404]);
  app.get(`${path}/runs/:id`, {
    config,
    schema: { ...reading, params: byId, response: { 200: importRun, ...unknown } },
    handler: (request) => imports.run(request.params.id),
  });

  const { failures: kept, ...undoing } = describeRoute('admin', 'Begin to take an import back', tag, [404, 409]);
  app.post(`${path}/runs/:id/undo`, {
    config,
    schema: { ...undoing, params: byId, response: { 202: importRun, ...kept } },
    handler: async (request, reply) => {
      const { id } = request.params;
      const about = { action: 'admin.import.undo', target: id };
      const run = await begun(deps, request, about, (asking) => imports.undo(id, asking));
      return reply.code(202).send(run);
    },
  });

  const inviting = describeRoute('admin', 'Links for those it added who never signed in; earlier ones end', tag, [404]);
  const { failures: uninvited, ...invite } = inviting;
  app.post(`${path}/runs/:id/invitations`, {
    config: heavy,
    schema: { ...invite, params: byId, response: { 200: importInvitations, ...uninvited } },
    handler: (request) => imports.invite(request.params.id, askingOf(deps, request)),
  });
}

function report(app: App, { imports, now }: HttpDeps): void {
  const { failures: unread, ...described } = describeRoute('admin', 'What became of every line', tag, [404, 429]);
  app.get(`${path}/runs/:id/report.csv`, {
    config: heavy,
    schema: { ...described, params: byId, response: { 200: csvFile, ...unread } },
    handler: async (request, reply) => {
      const rows = await imports.rows(request.params.id);
      reply.type('text/csv; charset=utf-8');
      reply.header('Content-Disposition', `attachment; filename="${csvName(['fop2-import'], now())}"`);
      const csv = csvOf(columns, each(rows), (error) => request.log.warn({ err: error }, 'a report was not sent'));
      // A stream of the text that the schema describes.
      return reply.send(csv as unknown as string);
    },
  });
}

function exporting(app: App, deps: HttpDeps): void {
  const { failures: unexported, ...described } = describeRoute('admin', 'Users and buttons in FOP2’s formats', tag);
  app.get(`${path}/export`, {
    config,
    schema: { ...described, response: { 200: importExport, ...unexported } },
    handler: (request) =>
      audited(deps, request, { action: 'admin.import.export', target: '' }, () => deps.imports.export()),
  });
}

async function* each(rows: readonly ImportRow[]): AsyncGenerator<ImportRow> {
  yield* rows;
}

const columns: CsvColumn<ImportRow>[] = [
  { key: 'file', header: 'File' },
  { key: 'line', header: 'Line' },
  { key: 'to', header: 'To line' },
  { key: 'key', header: 'What' },
  { key: 'outcome', header: 'Outcome' },
  { key: 'words', header: 'Why' },
];
