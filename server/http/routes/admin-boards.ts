import { z } from 'zod';
import { actorOf } from '../../auth/principal';
import { board, boardBody, boardList, boardWithToken, newBoardBody } from '../../protocol/boards';
import { principalOf } from '../access';
import type { App } from '../app';
import { audited } from '../audit-note';
import type { HttpDeps } from '../deps';
import { RequestError } from '../errors';
import { describeRoute, done } from '../openapi';

const config = { access: 'admin' } as const;
const tag = 'admin';
const path = '/api/v1/admin/boards';
const params = z.object({ id: z.string().max(64) });
const words = {
  list: describeRoute('admin', 'The wallboards', tag),
  create: describeRoute('admin', 'Make a wallboard; its token is told once', tag, [400]),
  save: describeRoute('admin', 'Change a wallboard; open screens show it at once', tag, [400, 404, 409]),
  renew: describeRoute('admin', 'Give a wallboard a new link; the old one is of no use', tag, [404, 409]),
  revoke: describeRoute('admin', 'Make the link of a wallboard useless; open screens close at once', tag, [404, 409]),
  remove: describeRoute('admin', 'Remove a wallboard', tag, [404]),
};

/** The wallboards and their links. */
export function adminBoards(app: App, deps: HttpDeps): void {
  const { boards, auth } = deps;
  const { failures: unlisted, ...listing } = words.list;
  app.get(path, {
    config,
    schema: { ...listing, response: { 200: boardList, ...unlisted } },
    handler: () => ({ boards: boards.list() }),
  });

  const { failures: uncreated, ...creating } = words.create;
  app.post(path, {
    config,
    schema: { ...creating, body: newBoardBody, response: { 201: boardWithToken, ...uncreated } },
    handler: async (request, reply) => {
      const { body } = request;
      const { name: by } = actorOf(principalOf(request), request.ip);
      const made = await audited(deps, request, { action: 'admin.boards.create', target: body.settings.name }, () => {
        mustKnow(body.settings.sees);
        return boards.create(body, by);
      });
      return reply.code(201).send(made);
    },
  });

  const { failures: unsaved, ...saving } = words.save;
  app.put(`${path}/:id`, {
    config,
    schema: { ...saving, params, body: boardBody, response: { 200: board, ...unsaved } },
    handler: (request) => {
      const { version, ...edit } = request.body;
      return audited(deps, request, { action: 'admin.boards.save', target: edit.settings.name }, () => {
        mustKnow(edit.settings.sees);
        return boards.save(request.params.id, version, edit);
      });
    },
  });

  linkRoutes(app, deps);

  function mustKnow(sees: readonly string[] | null): void {
    const known = new Set(auth.access.get().settings.groups.map(({ name }) => name));
    const at = sees?.findIndex((name) => !known.has(name)) ?? -1;
    if (at < 0) return;
    throw new RequestError('invalid', `There is no group called ${sees?.[at]}.`, `settings.sees.${at}`);
  }
}

function linkRoutes(app: App, deps: HttpDeps): void {
  const { boards } = deps;
  /** As the audit log calls it; what is not known is called as it was asked for. */
  const nameOf = (id: string) => boards.list().find((one) => one.id === id)?.settings.name ?? id;
  const { failures: unrenewed, ...renewing } = words.renew;
  app.post(`${path}/:id/renew`, {
    config,
    schema: { ...renewing, params, response: { 200: boardWithToken, ...unrenewed } },
    handler: (request) => {
      const { id } = request.params;
      const { name: by } = actorOf(principalOf(request), request.ip);
      return audited(deps, request, { action: 'admin.boards.renew', target: nameOf(id) }, () => boards.renew(id, by));
    },
  });

  const { failures: unrevoked, ...revoking } = words.revoke;
  app.post(`${path}/:id/revoke`, {
    config,
    schema: { ...revoking, params, response: { 200: board, ...unrevoked } },
    handler: (request) => {
      const { id } = request.params;
      return audited(deps, request, { action: 'admin.boards.revoke', target: nameOf(id) }, () => boards.revoke(id));
    },
  });

  const { failures: unremoved, ...removing } = words.remove;
  app.delete(`${path}/:id`, {
    config,
    schema: { ...removing, params, response: { 200: done, ...unremoved } },
    handler: async (request) => {
      const { id } = request.params;
      await audited(deps, request, { action: 'admin.boards.remove', target: nameOf(id) }, () => boards.remove(id));
      return { ok: true as const };
    },
  });
}
