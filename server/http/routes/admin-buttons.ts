import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../../auth/principal';
import {
  buttonAddBody,
  buttonConflict,
  buttonList,
  buttonRecord,
  buttonsChanged,
  buttonsForgetBody,
  buttonsImportBody,
  buttonsImported,
  buttonsPatchBody,
} from '../../protocol/buttons';
import { principalOf } from '../access';
import type { App } from '../app';
import { audited, noteInAudit } from '../audit-note';
import { type CsvColumn, csvFile, csvName, csvOf } from '../csv';
import type { HttpDeps } from '../deps';
import { describeRoute } from '../openapi';

const config = { access: 'admin' } as const;
const tag = 'admin';
const path = '/api/v1/admin/buttons';
/** The whole table of a large PBX in one request. */
const bodyLimit = 10 * 1024 * 1024;

/** What stands on the panel: what the PBX says of it, and what an administrator set instead. */
export function adminButtons(app: App, deps: HttpDeps): void {
  readRoutes(app, deps);
  const { buttons } = deps;
  const by = (request: FastifyRequest): string => actorOf(principalOf(request), request.ip).name;

  const { failures: unchanged, ...changing } = describeRoute(
    'admin',
    'Change rows; those that somebody else changed meanwhile are left as they are, and told',
    tag,
    [400],
  );
  app.patch(path, {
    config,
    bodyLimit,
    schema: { ...changing, body: buttonsPatchBody, response: { 200: buttonsChanged, ...unchanged } },
    handler: (request) => {
      const { edits } = request.body;
      const target = named(
        edits,
        edits.flatMap(({ set }) => Object.keys(set)),
      );
      return audited(deps, request, { action: 'admin.buttons.change', target }, () =>
        buttons.change(edits, by(request)),
      );
    },
  });

  const { failures: unmade, ...adding } = describeRoute('admin', 'Add a row by hand', tag, [400, 409]);
  app.post(path, {
    config,
    schema: { ...adding, body: buttonAddBody, response: { 201: buttonRecord, ...unmade } },
    handler: async (request, reply) => {
      const about = { action: 'admin.buttons.add', target: `${request.body.kind} ${request.body.key}` };
      const row = await audited(deps, request, about, () => buttons.add(request.body, by(request)));
      return reply.code(201).send(row);
    },
  });

  const forgotten = z.object({
    digest: z.string(),
    forgotten: z.number().int(),
    conflicts: z.array(buttonConflict),
  });
  const { failures: kept, ...forgetting } = describeRoute(
    'admin',
    'Forget rows that the PBX does not have; what was added by hand goes',
    tag,
    [400],
  );
  app.delete(path, {
    config,
    bodyLimit,
    schema: { ...forgetting, body: buttonsForgetBody, response: { 200: forgotten, ...kept } },
    handler: (request) => {
      const { ids } = request.body;
      return audited(deps, request, { action: 'admin.buttons.forget', target: named(ids, []) }, () =>
        buttons.forget(ids),
      );
    },
  });

  const { failures: refused, ...importing } = describeRoute(
    'admin',
    'Try a file of rows; with the digest of the trial, do it',
    tag,
    [400, 409],
  );
  app.post(`${path}/import`, {
    config,
    bodyLimit,
    schema: { ...importing, body: buttonsImportBody, response: { 200: buttonsImported, ...refused } },
    handler: async (request) => {
      const { digest, mode } = request.body;
      if (digest === undefined) return buttons.import(request.body, by(request));
      const about = { action: 'admin.buttons.import', target: mode };
      return audited(deps, request, about, () => buttons.import(request.body, by(request)));
    },
  });
}

function readRoutes(app: App, deps: HttpDeps): void {
  const { buttons } = deps;
  const { failures, ...listing } = describeRoute('admin', 'Everything on the panel', tag);
  app.get(path, {
    config,
    schema: { ...listing, response: { 200: buttonList, ...failures } },
    // Ten thousand rows: they were made here, checking each again would take as long as everything else together.
    serializerCompiler: () => JSON.stringify,
    handler: () => {
      const rows = buttons.list();
      return { digest: buttons.digest, rows };
    },
  });

  const { failures: unsent, ...exporting } = describeRoute('admin', 'The table as a CSV file', tag);
  app.get(`${path}.csv`, {
    config,
    schema: { ...exporting, response: { 200: csvFile, ...unsent } },
    handler: async (request, reply) => {
      exported(request, reply, 'csv');
      const columns: CsvColumn<Record<string, string>>[] = buttons.columns.map((key) => ({ key, header: key }));
      const failed = (error: Error) => deps.log.warn({ err: error }, 'the table was not sent to its end');
      const csv = csvOf(columns, Readable.from(buttons.cells()), failed, { guarded: true });
      // A stream of the text that the schema describes.
      reply.type('text/csv; charset=utf-8');
      return reply.send(csv as unknown as string);
    },
  });

  const { failures: missing, ...whole } = describeRoute('admin', 'The table as a JSON file', tag);
  app.get(`${path}.json`, {
    config,
    schema: { ...whole, response: { 200: z.string(), ...missing } },
    serializerCompiler: () => (text) => text as string,
    handler: async (request, reply) => {
      exported(request, reply, 'json');
      reply.type('application/json; charset=utf-8');
      return buttons.json();
    },
  });

  function exported(request: FastifyRequest, reply: FastifyReply, format: string): void {
    noteInAudit(deps, request, { action: 'admin.buttons.export', target: format, result: 'ok' });
    const name = csvName(['buttons'], deps.now()).replace(/csv$/, format);
    reply.header('Content-Disposition', `attachment; filename="${name}"`);
  }
}

/** `extension 101, extension 102 and 398 more: group, tags`. */
function named(ids: readonly { kind: string; key: string }[], fields: readonly string[]): string {
  const first = ids.slice(0, 3).map(({ kind, key }) => `${kind} ${key}`);
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : '';
  const what = [...new Set(fields)];
  return `${first.join(', ')}${more}${what.length > 0 ? `: ${what.join(', ')}` : ''}`;
}
