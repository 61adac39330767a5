import { boardView } from '../../protocol/boards';
import { failure } from '../../protocol/errors';
import type { App } from '../app';
import type { HttpDeps } from '../deps';
import { RequestError } from '../errors';
import { describeRoute } from '../openapi';

/** What a wallboard shows, for its own token: the one thing that a board may ask over HTTP. */
export function boardRoutes(app: App, { boards }: HttpDeps): void {
  const { failures, ...reading } = describeRoute('public', 'What a wallboard shows, with its own token', 'board');
  app.get('/api/v1/board', {
    config: { access: 'public' },
    schema: {
      ...reading,
      security: [{ token: [] }],
      response: { 200: boardView, ...failures, 401: failure.describe('This link is of no use any more.') },
    },
    handler: (request) => {
      const token = /^Bearer ([\w-]{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
      const view = token === undefined ? null : boards.view(token);
      if (view === null) throw new RequestError('unauthenticated', 'This link is of no use any more.');
      return view;
    },
  });
}
