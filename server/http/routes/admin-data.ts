import { createReadStream, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../../auth/principal';
import {
  backupFile,
  backupReport,
  backupsState,
  makeBackupBody,
  restoreBody,
  saveBackups,
  savedBackups,
} from '../../protocol/backups';
import { purgeResult, retentionPreview, retentionSettings, savedRetention } from '../../protocol/retention';
import { principalOf } from '../access';
import type { App } from '../app';
import { audited, noteInAudit } from '../audit-note';
import type { HttpDeps } from '../deps';
import { RequestError } from '../errors';
import { describeRoute, done } from '../openapi';

const config = { access: 'admin' } as const;
const tag = 'admin';
const largestUpload = 4 * 1024 ** 3;
const named = z.object({ name: z.string().max(120) });
const path = '/api/v1/admin/backups';

/** Backups, restoring one, and how long things are kept. */
export function adminData(app: App, deps: HttpDeps): void {
  listing(app, deps);
  making(app, deps);
  taking(app, deps);
  restoring(app, deps);
  retaining(app, deps);
}

function listing(app: App, deps: HttpDeps): void {
  const { backups } = deps.data;
  const { failures, ...state } = describeRoute('admin', 'All backups, and when the next one is made', tag);
  app.get(path, {
    config,
    schema: { ...state, response: { 200: backupsState, ...failures } },
    handler: async () => backups.state(),
  });

  const { failures: unread, ...reading } = describeRoute('admin', 'When backups are made by themselves', tag);
  app.get(`${path}/settings`, {
    config,
    schema: { ...reading, response: { 200: savedBackups, ...unread } },
    handler: async () => backups.settings(),
  });

  const { failures: unsaved, ...saving } = describeRoute('admin', 'Change that; in force at once', tag, [400, 409]);
  app.put(`${path}/settings`, {
    config,
    schema: { ...saving, body: saveBackups, response: { 200: savedBackups, ...unsaved } },
    handler: (request) => {
      const { settings, passphrase } = request.body;
      const words = passphrase === undefined ? '' : passphrase === null ? ', without the key' : ', with the key';
      const target = `${settings.hour === null ? 'never' : `at ${settings.hour}`}${words}`;
      return audited(deps, request, { action: 'admin.backup.settings', target }, () => backups.save(request.body));
    },
  });
}

function making(app: App, deps: HttpDeps): void {
  const { backups } = deps.data;
  const { failures, ...described } = describeRoute('admin', 'Make a backup now', tag, [400, 409, 429]);
  app.post(path, {
    config: { ...config, rateLimit: { max: 20, timeWindow: 60_000 } },
    schema: { ...described, body: makeBackupBody, response: { 201: backupFile, ...failures } },
    handler: async (request, reply) => {
      const by = actorOf(principalOf(request), request.ip).name;
      const about = {
        action: 'admin.backup.make',
        target: request.body.passphrase === undefined ? '' : 'with the key',
      };
      const file = await audited(deps, request, about, () => backups.make(by, request.body.passphrase));
      return reply.code(201).send(file);
    },
  });

  const { failures: unknown, ...removing } = describeRoute('admin', 'Delete a backup', tag, [404]);
  app.delete(`${path}/:name`, {
    config,
    schema: { ...removing, params: named, response: { 200: done, ...unknown } },
    handler: async (request) => {
      const { name } = request.params;
      await audited(deps, request, { action: 'admin.backup.delete', target: name }, () => backups.remove(name));
      return { ok: true as const };
    },
  });
}

function taking(app: App, deps: HttpDeps): void {
  const { backups } = deps.data;
  const { failures, ...described } = describeRoute(
    'admin',
    'Download a backup: everything but the key file',
    tag,
    [404],
  );
  const file = { description: 'The file', content: { 'application/vnd.sqlite3': { schema: z.string() } } };
  app.get(`${path}/:name/file`, {
    config,
    schema: { ...described, params: named, response: { 200: file, ...failures } },
    handler: async (request, reply) => {
      const { name } = request.params;
      const full = backups.pathOf(name);
      noteInAudit(deps, request, { action: 'admin.backup.download', target: name, result: 'ok' });
      reply.type('application/vnd.sqlite3').header('Content-Length', statSync(full).size);
      reply.header('Content-Disposition', `attachment; filename="cordboard-${name}"`);
      return reply.send(createReadStream(full) as unknown as string);
    },
  });

  // As it comes: a backup does not fit into memory.
  app.addContentTypeParser('application/octet-stream', (_, payload, taken) => taken(null, payload));
  const { failures: refused, ...sending } = describeRoute(
    'admin',
    'Send a backup (application/octet-stream): it is looked through, and kept if it could be restored',
    tag,
    [400, 409],
  );
  app.post(`${path}/upload`, {
    config,
    bodyLimit: largestUpload,
    onRequest: refuseText,
    schema: { ...sending, response: { 201: backupReport, ...refused } },
    handler: async (request, reply) => {
      const about = { action: 'admin.backup.upload', target: request.headers['content-length'] ?? '' };
      const report = await audited(deps, request, about, () => backups.take(request.body as Readable));
      return reply.code(201).send(report);
    },
  });
}

/** JSON as long as a backup may be would be gathered in memory. */
async function refuseText({ headers }: FastifyRequest): Promise<void> {
  if (/^application\/octet-stream\s*(;|$)/i.test(headers['content-type'] ?? '')) return;
  throw new RequestError('invalid', 'Send the file as application/octet-stream.');
}

function restoring(app: App, deps: HttpDeps): void {
  const { backups } = deps.data;
  const { failures, ...described } = describeRoute(
    'admin',
    'What is in a backup, and whether it can be restored',
    tag,
    [404, 409],
  );
  app.get(`${path}/:name/report`, {
    config,
    schema: { ...described, params: named, response: { 200: backupReport, ...failures } },
    handler: (request) => backups.report(request.params.name),
  });

  const { failures: refused, ...swapping } = describeRoute(
    'admin',
    'Restore a backup: checked first, the present database kept as a backup, then the panel starts anew within seconds',
    tag,
    [400, 404, 409],
  );
  app.post(`${path}/:name/restore`, {
    config,
    schema: { ...swapping, params: named, body: restoreBody, response: { 202: done, ...refused } },
    handler: async (request, reply) => {
      const { name } = request.params;
      const by = actorOf(principalOf(request), request.ip).name;
      const about = { action: 'admin.backup.restore', target: name };
      const prepared = await audited(deps, request, about, () => backups.prepare(name, by, request.body));
      const restart = () => deps.data.restart(prepared, { by, name });
      // The answer first: the connection it goes out on is closed then. Who asked may have stopped waiting meanwhile.
      if (reply.raw.closed) restart();
      else reply.raw.once('close', restart);
      return reply.code(202).send({ ok: true as const });
    },
  });
}

function retaining(app: App, deps: HttpDeps): void {
  const { retention } = deps.data;
  const where = '/api/v1/admin/retention';
  const { failures, ...reading } = describeRoute('admin', 'How long things are kept', tag);
  app.get(where, {
    config,
    schema: { ...reading, response: { 200: savedRetention, ...failures } },
    handler: async () => retention.get(),
  });

  const { failures: unsaved, ...saving } = describeRoute('admin', 'Keep things longer or shorter', tag, [400, 409]);
  app.put(where, {
    config,
    schema: { ...saving, body: savedRetention, response: { 200: savedRetention, ...unsaved } },
    handler: (request) => {
      const { calls, audit, changes, incidents, recordings } = request.body.settings;
      const target = Object.entries({ calls, audit, changes, incidents, recordings })
        .map(([book, days]) => `${book} ${days ?? 'for ever'}`)
        .join(', ');
      return audited(deps, request, { action: 'admin.retention.save', target }, () => retention.save(request.body));
    },
  });

  const { failures: unseen, ...previewing } = describeRoute(
    'admin',
    'What these settings would remove now',
    tag,
    [400],
  );
  app.post(`${where}/preview`, {
    config,
    schema: { ...previewing, body: retentionSettings, response: { 200: retentionPreview, ...unseen } },
    handler: (request) => retention.preview(request.body),
  });

  const { failures: kept, ...purging } = describeRoute('admin', 'Remove now what is too old', tag);
  app.post(`${where}/purge`, {
    config,
    schema: { ...purging, response: { 200: purgeResult, ...kept } },
    handler: async (request) => {
      const result = await retention.purge();
      const words = result.removed.filter(({ count }) => count > 0).map(({ book, count }) => `${count} ${book}`);
      const target = words.join(', ') || 'nothing was too old';
      noteInAudit(deps, request, { action: 'admin.retention.purge', target, result: 'ok' });
      return result;
    },
  });
}
