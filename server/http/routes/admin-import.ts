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
  const { imports } = deps;
  const asking = (request: FastifyRequest): ImportAsking => ({
    by: actorOf(principalOf(request), request.ip).name,
    note: (about, result) => noteInAudit(deps, request, { ...about, result }),
  });
  /** What is begun is written down when it is over; what is refused, at once. */
  const begun = async <T>(
    request: FastifyRequest,
    action: string,
    target: string,
    work: () => Promise<T>,
  ): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      noteInAudit(deps, request, { action, target, result: failureOf(error)?.error ?? 'internal' });
      throw error;
    }
  };

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
      const names = request.body.files.map(({ name }) => name).join(', ');
      const run = await begun(request, 'admin.import.apply', names.slice(0, 200), () =>
        imports.apply(request.body, asking(request)),
      );
      return reply.code(202).send(run);
    },
  });

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
      const run = await begun(request, 'admin.import.undo', id, () => imports.undo(id, asking(request)));
      return reply.code(202).send(run);
    },
  });

  const inviting = describeRoute('admin', 'Links for those it added who never signed in; earlier ones end', tag, [404]);
  const { failures: uninvited, ...invite } = inviting;
  app.post(`${path}/runs/:id/invitations`, {
    config: heavy,
    schema: { ...invite, params: byId, response: { 200: importInvitations, ...uninvited } },
    handler: (request) => imports.invite(request.params.id, asking(request)),
  });

  const { failures: unread, ...report } = describeRoute('admin', 'What became of every line', tag, [404, 429]);
  app.get(`${path}/runs/:id/report.csv`, {
    config: heavy,
    schema: { ...report, params: byId, response: { 200: csvFile, ...unread } },
    handler: async (request, reply) => {
      const rows = await imports.rows(request.params.id);
      reply.type('text/csv; charset=utf-8');
      reply.header('Content-Disposition', `attachment; filename="${csvName(['fop2-import'], deps.now())}"`);
      const csv = csvOf(columns, each(rows), (error) => request.log.warn({ err: error }, 'a report was not sent'));
      // A stream of the text that the schema describes.
      return reply.send(csv as unknown as string);
    },
  });

  const { failures: unexported, ...exporting } = describeRoute('admin', 'Users and buttons in FOP2’s formats', tag);
  app.get(`${path}/export`, {
    config,
    schema: { ...exporting, response: { 200: importExport, ...unexported } },
    handler: (request) => audited(deps, request, { action: 'admin.import.export', target: '' }, () => imports.export()),
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
