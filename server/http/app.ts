import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { guardRoutes } from './access';
import { refusalNotes } from './audit-note';
import { closedPolicy } from './csp';
import type { HttpDeps } from './deps';
import { handleErrors, refuseAddress } from './errors';
import { describeApi } from './openapi';
import { createOriginCheck } from './origin';
import { adminAccess } from './routes/admin-access';
import { adminAudit } from './routes/admin-audit';
import { adminAvailability } from './routes/admin-availability';
import { adminBoards } from './routes/admin-boards';
import { adminButtons } from './routes/admin-buttons';
import { adminData } from './routes/admin-data';
import { adminHealth } from './routes/admin-health';
import { adminImport } from './routes/admin-import';
import { adminLayouts } from './routes/admin-layouts';
import { adminPasswords } from './routes/admin-passwords';
import { adminPbx } from './routes/admin-pbx';
import { adminRecording } from './routes/admin-recording';
import { adminSignIn } from './routes/admin-sign-in';
import { adminTokens } from './routes/admin-tokens';
import { adminUsers } from './routes/admin-users';
import { appearanceRoutes } from './routes/appearance';
import { boardRoutes } from './routes/board';
import { callsRoutes } from './routes/calls';
import { commandRoutes } from './routes/commands';
import { dfksRoutes } from './routes/dfks';
import { healthRoutes } from './routes/health';
import { historyRoutes } from './routes/history';
import { invitationRoutes } from './routes/invitations';
import { meRoutes } from './routes/me';
import { secondFactorRoutes } from './routes/second-factor';
import { sessionRoutes } from './routes/session';
import { sessionsRoutes } from './routes/sessions';
import { setupRoutes } from './routes/setup';
import { signInRoutes } from './routes/sign-in';
import { stateRoutes } from './routes/state';
import { nothingHere, serveStaticUi } from './static-ui';
import { createTrust } from './trust';

/** A Fastify instance whose routes know the types of their zod schemas. */
export type App = FastifyInstance<
  import('node:http').Server,
  import('node:http').IncomingMessage,
  import('node:http').ServerResponse,
  HttpDeps['log'],
  ZodTypeProvider
>;

const bodyLimit = 1024 * 1024;

/** The REST API and the pages. Not listening yet: `app.server` is the HTTP server to share with Socket.IO. */
export async function createHttpApp(deps: HttpDeps): Promise<App> {
  const app = Fastify({
    loggerInstance: deps.log,
    trustProxy: createTrust(deps.config.trustProxy),
    bodyLimit,
    // A backup that is sent takes its time; headers have to be there sooner (below).
    requestTimeout: 600_000,
    connectionTimeout: 0,
    forceCloseConnections: true,
    frameworkErrors: refuseAddress,
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>();
  app.server.headersTimeout = 30_000;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // A form of another site can send these without asking first.
  app.removeContentTypeParser('text/plain');
  handleErrors(app);
  await secure(app, deps);
  await app.register(swagger, { openapi: describeApi(deps.version), transform: jsonSchemaTransform });
  for (const routes of [
    sessionRoutes,
    signInRoutes,
    meRoutes,
    invitationRoutes,
    secondFactorRoutes,
    sessionsRoutes,
    stateRoutes,
    historyRoutes,
    callsRoutes,
    commandRoutes,
    dfksRoutes,
    adminPbx,
    adminImport,
    adminAvailability,
    adminRecording,
    adminUsers,
    adminTokens,
    adminPasswords,
    adminSignIn,
    adminAccess,
    adminLayouts,
    adminBoards,
    adminButtons,
    boardRoutes,
    appearanceRoutes,
    adminAudit,
    adminHealth,
    adminData,
    setupRoutes,
    healthRoutes,
  ]) {
    await app.register(async (scope) => routes(scope.withTypeProvider<ZodTypeProvider>(), deps));
  }
  if (deps.staticDir === null) app.setNotFoundHandler((_, reply) => nothingHere(reply));
  else await serveStaticUi(app, deps.staticDir);
  return app;
}

async function secure(app: App, deps: HttpDeps): Promise<void> {
  const tls = deps.config.publicUrl?.startsWith('https:') ?? false;
  await app.register(helmet, {
    contentSecurityPolicy: false,
    strictTransportSecurity: tls ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
  });
  app.addHook('onRequest', async (_, reply) => {
    reply.header('Content-Security-Policy', closedPolicy);
    reply.header('Permissions-Policy', 'camera=(), geolocation=(), payment=()');
    reply.header('Cache-Control', 'no-store');
  });
  await app.register(rateLimit, { global: false });
  guardRoutes(app, {
    auth: deps.auth,
    originAllowed: createOriginCheck({ publicUrl: deps.config.publicUrl }),
    refused: refusalNotes(deps),
  });
}
