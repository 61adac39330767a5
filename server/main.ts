import 'dotenv/config';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { version } from '../package.json';
import { parseAmiUrl } from './ami/url';
import { Auth } from './auth/auth';
import { actorOf } from './auth/principal';
import { createCommands } from './commands/executor';
import { dndHandler } from './commands/extension-dnd';
import { KeyedLimiter } from './commands/limiter';
import { type Config, ConfigError, readConfig } from './config';
import { type DemoPbx, startDemoPbx } from './demo/demo';
import { AstDbDnd } from './features/astdb';
import { createHttpApp } from './http/app';
import { createLogger } from './http/log';
import { createOriginCheck } from './http/origin';
import { PbxLink } from './link';
import { everyone } from './live/audiences';
import { createGateway, type Gateway } from './live/gateway';
import { Hub } from './live/hub';
import { identityOf } from './live/identity';
import { sessionEvents } from './live/session-events';
import { createMetrics } from './metrics';
import type { PbxEvent } from './pbx/events';
import { PbxModel } from './pbx/model';
import { PbxConnection } from './pbx-settings';
import { openStore } from './store/store';
import { testConnection } from './try-connection';

const keepAliveMs = 60 * 60_000;
/** How often the model hears the time on a PBX that says nothing. */
const tickMs = 1_000;

/** Composition root: builds every part, connects them, and takes them down again. Nothing imports it. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const fromEnvironment = config.amiUrl === undefined ? null : parseAmiUrl(config.amiUrl);
  const log = createLogger({
    level: config.logLevel,
    secrets: [fromEnvironment?.secret, config.adminPassword, config.key],
  });
  const now = (): number => Date.now();
  const root = process.env.CORDBOARD_ROOT ?? process.cwd();
  const store = await openStore({
    file: config.databaseFile,
    migrations: path.join(root, 'prisma/migrations'),
    key: config.key,
    now,
    log,
  });
  const auth = new Auth({ store, now, tlsOnly: config.publicUrl?.startsWith('https:') ?? false, log });
  const code = await auth.prepare(config.adminPassword);

  const pbxId = 'pbx';
  const model = new PbxModel({ pbxId });
  const pbx = () => model.maps.pbx.get(pbxId);
  const live: { gateway: Gateway | null; demo: DemoPbx | null } = { gateway: null, demo: null };
  const link = new PbxLink({ emit: (event) => emit(event), log });
  const metrics = createMetrics({
    link: () => link.stats(),
    linkUp: () => pbx()?.link === 'up',
    gateway: () => live.gateway,
    calls: () => model.maps.calls.size,
  });
  const schedule = (run: () => void, ms: number): (() => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  };
  const hub = new Hub({
    epoch: randomUUID(),
    now,
    schedule,
    lists: () => model.lists(),
    find: (domain, key) => model.maps[domain].get(key),
  });
  const emit = (event: PbxEvent): void => {
    const { ops, repairs } = model.reduce(event);
    if (repairs > 0) {
      metrics.repairs.inc(repairs);
      log.warn(
        { repairs, list: event.type, keys: ops.slice(0, 20).map(([domain, key]) => `${domain}/${key}`) },
        'drift repaired',
      );
    }
    if (ops.length === 0) return;
    metrics.ops.inc(ops.length);
    hub.publish(ops);
  };

  const connection = new PbxConnection({
    store,
    fromEnvironment,
    connect: async (target) => {
      await link.connect(target);
      if (!target.demo) await closeDemo();
    },
    demo: async () => {
      live.demo ??= await startDemoPbx();
      const { port, username, secret } = live.demo;
      return { host: '127.0.0.1', port, username, secret };
    },
    test: testConnection,
  });
  const closeDemo = async (): Promise<void> => {
    const { demo } = live;
    live.demo = null;
    await demo?.close();
  };

  const execute = createCommands({
    model: { extension: (number) => model.extension(number), link: () => pbx()?.link ?? 'down' },
    ami: () => link.ami,
    handlers: { 'extension.dnd': dndHandler(new AstDbDnd({ emit, now })) },
    audit: (line) => store.audit.append(line),
    now,
    log,
    limiter: new KeyedLimiter({ burst: 20, perSecond: 5, now }),
  });
  const runCommand: typeof execute = async (name, params, actor) => {
    const stop = metrics.commandSeconds.startTimer();
    const result = await execute(name, params, actor);
    stop();
    const known = result.ok || result.error !== 'notFound' ? name.slice(0, 40) : 'unknown';
    metrics.commands.inc({ command: known, result: result.ok ? 'ok' : result.error });
    return result;
  };

  const app = await createHttpApp({
    config,
    store,
    auth,
    state: () => hub.snapshot(everyone),
    runCommand,
    pbxStatus: () => ({ link: pbx()?.link ?? 'down', demo: pbx()?.demo ?? false }),
    pbxSettings: connection,
    layoutSaved: (userId, saved) => live.gateway?.layoutSaved(userId, saved),
    version,
    log,
    metrics: metrics.registry,
    staticDir: config.dev ? null : uiDirectory(root),
    now,
  });
  const gateway = createGateway({
    httpServer: app.server,
    hub,
    authenticate: async ({ cookie, token, address }) => {
      const credentials = token === undefined ? { cookieHeader: cookie } : { authorization: `Bearer ${token}` };
      const principal = await auth.authenticate(credentials);
      return principal && identityOf(principal, actorOf(principal, address));
    },
    originAllowed: createOriginCheck({ publicUrl: config.publicUrl }),
    sessions: sessionEvents(auth.events, (id) => auth.user(id), log),
    layouts: store.layouts,
    run: runCommand,
    now,
    schedule,
    log,
  });
  live.gateway = gateway;
  const keepAlive = setInterval(() => {
    for (const id of gateway.openSessions())
      void auth.keepAlive(id).catch((error: unknown) => log.error({ err: error }, 'session not kept'));
  }, keepAliveMs).unref();
  const ticking = setInterval(() => emit({ type: 'tick', at: now() }), tickMs).unref();
  auth.watch.start();

  if (config.dev) await (await import('./http/dev-ui')).serveDevUi(app, root);
  await app.listen({ port: config.port, host: config.host });
  const target = await connection.target();
  await link.connect(target);
  greet(config, address(app.server.address()), code, target.demo ? null : target.name);

  const stop = async (signal: string): Promise<void> => {
    log.info({ signal }, 'stopping');
    clearInterval(keepAlive);
    clearInterval(ticking);
    auth.watch.stop();
    gateway.close();
    hub.close();
    await link.close();
    await closeDemo();
    await app.close();
    await store.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, (name) => void stop(name));
}

function uiDirectory(root: string): string | null {
  const directory = path.join(root, 'out');
  return existsSync(directory) ? directory : null;
}

function address(bound: ReturnType<import('node:net').Server['address']>): number {
  return bound !== null && typeof bound === 'object' ? bound.port : 0;
}

/** What the person who started it reads; logs go on below. */
function greet({ host, publicUrl }: Config, port: number, code: string | null, pbxName: string | null): void {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const url = publicUrl ?? `http://${shown}:${port}`;
  const lines = [`Cordboard ${version} is on ${url}`];
  lines.push(
    pbxName === null ? 'PBX: the embedded demo (set AMI_URL, or Settings > PBX, to connect yours)' : `PBX: ${pbxName}`,
  );
  if (code !== null) lines.push('', 'Sign in with this link; it works once:', `  ${url}/setup/#code=${code}`);
  process.stdout.write(`\n${lines.map((line) => `  ${line}`).join('\n')}\n\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`Cordboard cannot start: ${whyNot(error)}\n`);
  process.exit(1);
});

/** One sentence for what a person can mend, the stack for a fault of ours. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `port ${port} is taken by another program; choose one with PORT=3001 npm start`;
  if (code === 'EACCES' && port !== undefined) return `port ${port} needs more rights; choose one above 1024 with PORT`;
  const known =
    error instanceof ConfigError || /^(Ami|Migration|UnknownDatabase|DatabaseFile|SecretKey)/.test(error.name);
  return known ? error.message : (error.stack ?? error.message);
}
