import { z } from 'zod';
import { dfksFeature } from '../../protocol/availability';
import { dfksChange, dfksRefusal, dfksTruth } from '../../protocol/dfks';
import type { App } from '../app';
import type { HttpDeps } from '../deps';
import { RequestError, sendFailure } from '../errors';
import { describeRoute } from '../openapi';

/** After a restart of the proxy all phones ask at once, for four features each. */
const config = { access: 'dfks', rateLimit: { max: 60_000, timeWindow: 60_000 } } as const;

const path = '/api/dfks/:user/:feature';
const params = z.object({
  user: z.string().describe('Extension number: the user part of the presentity'),
  feature: z.string().describe(dfksFeature.options.join(', ')),
});

/** The feature store of OpenSIPS' presence_dfks: what its script routes dfks_get and dfks_set call (docs/opensips.md). */
export function dfksRoutes(app: App, { dfks }: Pick<HttpDeps, 'dfks'>): void {
  const { failures, ...asking } = describeRoute('dfks', 'What a feature key of a phone shall show', 'dfks', [404, 429]);
  app.get(path, {
    config,
    schema: { ...asking, params, response: { 200: dfksTruth, ...failures } },
    handler: async ({ params: { user, feature } }, reply) =>
      reply.code(200).send(found(dfks.get(user, knownFeature(feature)))),
  });

  const { failures: untold, ...telling } = describeRoute(
    'dfks',
    'A feature key of a phone was pressed: answers what is true after it',
    'dfks',
    [404, 429],
  );
  const refused = {
    400: dfksRefusal.describe('The body is wrong; `field` says where. What is true stands beside it.'),
    403: dfksRefusal.describe('Not permitted, by the token or the forwarding rules. What is true stands beside it.'),
  };
  app.post(path, {
    config,
    schema: { ...telling, params, body: dfksChange, response: { 200: dfksTruth, ...untold, ...refused } },
    // The port parses the body: a refusal carries the truth for the phone.
    validatorCompiler: () => (value: unknown) => ({ value }),
    handler: async ({ params: { user, feature }, body }, reply) => {
      const answer = found(dfks.set(user, knownFeature(feature), body));
      return 'ok' in answer ? sendFailure(reply, answer) : reply.code(200).send(answer);
    },
  });
}

function knownFeature(name: string) {
  const feature = dfksFeature.safeParse(name);
  if (!feature.success) throw new RequestError('notFound', `There is no such feature.`);
  return feature.data;
}

function found<T>(answer: T | null): T {
  if (answer === null) throw new RequestError('notFound', 'There is no such extension.');
  return answer;
}
