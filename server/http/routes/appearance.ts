import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Appearance, appearance, savedAppearance } from '../../protocol/appearance';
import { inkOn } from '../../protocol/contrast';
import type { App } from '../app';
import { audited } from '../audit-note';
import type { HttpDeps } from '../deps';
import { RequestError } from '../errors';
import { describeRoute } from '../openapi';

const open = { access: 'public' } as const;
const tag = 'appearance';
const path = '/api/v1/appearance';
const adminPath = '/api/v1/admin/appearance';

/** How the panel calls itself and looks, for every page before anybody is signed in, and its settings. */
export function appearanceRoutes(app: App, deps: HttpDeps): void {
  const { appearance: keeper } = deps;
  const { failures, ...reading } = describeRoute('public', 'Name, logo, colours and locale of this panel', tag);
  app.get(path, {
    config: open,
    schema: { ...reading, response: { 200: appearance, ...failures } },
    handler: async (request, reply) => {
      const shown = keeper.shown();
      return isKnown(request, reply, `v${shown.version}`) ? reply : shown;
    },
  });

  // Hidden from the description: parts of the pages, not of the API.
  app.get(`${path}/style.css`, {
    config: open,
    schema: { hide: true },
    handler: (request, reply) => {
      const shown = keeper.shown();
      if (isKnown(request, reply, `c${shown.version}`)) return reply;
      return reply.type('text/css; charset=utf-8').send(styleOf(shown));
    },
  });
  app.get(`${path}/start.js`, {
    config: open,
    schema: { hide: true },
    handler: (request, reply) => {
      const shown = keeper.shown();
      const script = `globalThis.cordboardAppearance=${JSON.stringify(shown)};\n`;
      if (isKnown(request, reply, `j${shown.version}`)) return reply;
      return reply.type('text/javascript; charset=utf-8').send(script);
    },
  });
  pictureRoutes(app, deps);
  adminRoutes(app, deps);
}

/** What is sent may be kept; true: the page has it already and was told so (304). */
function isKnown(request: FastifyRequest, reply: Pick<FastifyReply, 'headers' | 'code'>, mark: string): boolean {
  const tagged = `"${mark}"`;
  reply.headers({ ETag: tagged, 'Cache-Control': 'public, no-cache' });
  if (request.headers['if-none-match'] !== tagged) return false;
  reply.code(304).send();
  return true;
}

/** Above the tokens of the panel's own style sheet, wherever that one is loaded. */
function styleOf({ accent: { light, dark } }: Appearance): string {
  const tokens = (colour: string) => `--c-accent:${colour};--c-accent-ink:${inkOn(colour)};--c-focus:${colour}`;
  return `html:root{${tokens(light)}}\nhtml:root[data-theme="dark"]{${tokens(dark)}}\n`;
}

function pictureRoutes(app: App, { appearance: keeper }: HttpDeps): void {
  const { failures, ...reading } = describeRoute('public', 'The logo, or the picture of the tab', tag, [404]);
  app.get(`${path}/:picture`, {
    config: open,
    schema: { ...reading, params: z.object({ picture: z.enum(['logo', 'icon']) }), response: { ...failures } },
    handler: async (request, reply) => {
      const picture = keeper.picture(request.params.picture);
      if (picture === null) throw new RequestError('notFound', 'This panel has its own picture.');
      const { v } = request.query as { readonly v?: string };
      const forEver = v === String(keeper.shown().version);
      reply.header('Cache-Control', forEver ? 'public, max-age=31536000, immutable' : 'public, no-cache');
      return reply.type(picture.type).send(picture.bytes as never);
    },
  });
}

function adminRoutes(app: App, deps: HttpDeps): void {
  const { appearance: keeper } = deps;
  const config = { access: 'admin' } as const;
  const { failures, ...reading } = describeRoute('admin', 'Name, logo, colours and locale, to be edited', 'admin');
  app.get(adminPath, {
    config,
    schema: { ...reading, response: { 200: savedAppearance, ...failures } },
    handler: () => keeper.get(),
  });

  const words = 'Save name, logo, colours and locale; in force at once';
  const { failures: refusals, ...saving } = describeRoute('admin', words, 'admin', [400, 409]);
  app.put(adminPath, {
    config,
    schema: { ...saving, body: savedAppearance, response: { 200: savedAppearance, ...refusals } },
    handler: (request) =>
      audited(deps, request, { action: 'admin.appearance.save', target: request.body.settings.name }, () => {
        const objection = keeper.objection(request.body.settings);
        if (objection) throw new RequestError('invalid', objection.message, `settings.${objection.field}`);
        return keeper.save(request.body);
      }),
  });
}
