import { z } from 'zod';
import { commandData } from '../protocol/commands';
import { failure } from '../protocol/errors';
import { tokenScope } from '../protocol/permissions';
import type { Access } from './access';

/** What a route belongs to. */
const tags = {
  session: 'Signing in and out, invitations, the first set-up',
  me: 'Oneself: profile, layout, password, second factor, sessions',
  state: 'The PBX as it is now',
  commands: 'What can be done with calls, queues, conferences and availability',
  calls: 'Calls that are over, and notes',
  history: 'Changes of availability',
  dfks: 'Feature keys of phones behind OpenSIPS',
  board: 'What a wallboard shows',
  appearance: 'How the panel calls itself and looks',
  admin: 'Administration',
  health: 'For machines that watch the panel',
  meta: 'This description',
} as const;

export function describeApi(version: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cordboard',
      version,
      description:
        'The operator panel over HTTP: the same state and commands that a browser gets over Socket.IO. ' +
        'Failures have one shape: `{ok: false, error, message, field?}`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    components: {
      securitySchemes: {
        token: {
          type: 'http' as const,
          scheme: 'bearer',
          description: `An API token with the scopes it needs: ${tokenScope.options.join(', ')}.`,
        },
        session: {
          type: 'apiKey' as const,
          in: 'cookie' as const,
          name: 'cordboard',
          description: 'A signed-in browser.',
        },
      },
    },
  };
}

export const done = z.object({ ok: z.literal(true) });

/** What a command of the catalogue answers. */
export const commandDone = done.extend(commandData.shape);

const meanings = {
  400: 'A parameter is wrong; `field` says which.',
  401: 'Nobody is signed in, or the token is not valid.',
  403: 'Not permitted.',
  404: 'There is no such thing.',
  409: 'Somebody else was faster, or the PBX refused.',
  429: 'Too many requests.',
  503: 'The PBX is not connected; nothing was changed.',
} as const;

type Status = keyof typeof meanings;

/** The part of a route's schema that every route has. */
export function describeRoute(
  access: Access,
  summary: string,
  tag: keyof typeof tags,
  statuses: readonly Status[] = [],
) {
  const all: readonly Status[] = access === 'public' ? statuses : [401, 403, ...statuses];
  const failures = Object.fromEntries(all.map((status) => [status, failure.describe(meanings[status])]));
  return { summary, tags: [tag], security: securityOf(access), failures };
}

function securityOf(access: Access): Record<string, string[]>[] {
  if (access === 'public') return [];
  if (access === 'user') return [{ session: [] }];
  return access === 'dfks' ? [{ token: [access] }] : [{ token: [access] }, { session: [] }];
}
