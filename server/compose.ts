import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { version } from '../package.json';
import { previewAccess } from './access-preview';
import type { parseAmiUrl } from './ami/url';
import { Auth } from './auth/auth';
import { actorOf } from './auth/principal';
import { SignIn } from './auth/sign-in';
import { ButtonBook } from './buttons/book';
import { buttonsPort } from './buttons/port';
import type { Actor } from './commands/actor';
import { whyNotForward } from './commands/availability';
import { Transfers } from './commands/calls/transfers';
import { TokenBucket } from './commands/limiter';
import { modelPortOf } from './commands/model-port';
import { OutsideDoor } from './commands/outside';
import { mayTouch, seesNumbers } from './commands/reach';
import { type AvailabilityParts, composeAvailability } from './compose-availability';
import { composeCallLog } from './compose-call-log';
import { composeCommands } from './compose-commands';
import { composeFop2Import } from './compose-fop2-import';
import { composeHealth } from './compose-health';
import { composeSetup } from './compose-setup';
import { composeViews } from './compose-views';
import type { Config } from './config';
import { type DemoPbx, startDemoPbx } from './demo/demo';
import { DfksPort } from './features/dfks/port';
import type { LogRing } from './health/log-ring';
import { createHttpApp } from './http/app';
import type { createLogger } from './http/log';
import { createOriginCheck } from './http/origin';
import { createAddressOf, createTrust } from './http/trust';
import { clock, PbxLink, pbxKeyOf } from './link';
import { everyone } from './live/audiences';
import { createGateway, type Gateway } from './live/gateway';
import { Hub } from './live/hub';
import { boardIdentity, identityOf } from './live/identity';
import { audienceOf, viewerOf } from './live/privacy';
import { sessionEvents } from './live/session-events';
import { createMetrics } from './metrics';
import { PanicSwitch } from './panic-switch';
import type { PbxEvent } from './pbx/events';
import { PbxModel } from './pbx/model';
import { PbxConnection } from './pbx-settings';
import type { RestoreOutcome } from './protocol/backups';
import { insideOf } from './protocol/hidden-numbers';
import { RecordingSettingsKeeper } from './recording-settings';
import type { Restartable, Running } from './restart';
import { RingGroups } from './ring-groups';
import { SecretKeyError } from './store/errors';
import { swapDatabase } from './store/restore';
import { openStore, type Store } from './store/store';
import { testConnection } from './try-connection';
import { testMi } from './try-mi';

const keepAliveMs = 60 * 60_000;
/** How often the model hears the time on a PBX that says nothing. */
const tickMs = 1_000;

/** What stays while the panel is started anew within the process. */
export interface Frame {
  readonly config: Config;
  readonly fromEnvironment: ReturnType<typeof parseAmiUrl> | null;
  readonly log: ReturnType<typeof createLogger>;
  /** The newest lines of the log. */
  readonly ring: LogRing;
  readonly root: string;
  /** Where it listens: the same one again, also where any was good. */
  port: number;
  readonly restart: Restartable['restart'];
}

/** Null: the key comes from the environment. */
export function keyFileOf({ databaseFile, key }: Config): string | null {
  return key === undefined ? path.join(path.dirname(databaseFile), 'secret.key') : null;
}

/** Opens the database and serves the panel on it. `restored`: how the restore before this start went. */
export async function serve(frame: Frame, restored: RestoreOutcome | null): Promise<Running> {
  const { config, log, root } = frame;
  const store = await openStore({
    file: config.databaseFile,
    migrations: path.join(root, 'prisma/migrations'),
    key: config.key,
    now: () => Date.now(),
    log,
    auditHead: (head) => log.info({ ...head }, 'newest line of the audit log'),
  });
  try {
    return await compose(frame, store, restored);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function compose(frame: Frame, store: Store, restored: RestoreOutcome | null): Promise<Running> {
  const { config, fromEnvironment, log, root } = frame;
  const now = (): number => Date.now();
  const auth = new Auth({ store, now, tlsOnly: config.publicUrl?.startsWith('https:') ?? false, log });
  const code = await auth.prepare(config.adminPassword);
  const signIn = new SignIn({ store, auth, publicUrl: config.publicUrl, now, log });
  await signIn.load();
  auth.elsewhere = signIn;

  const pbxId = 'pbx';
  const model = new PbxModel({ pbxId });
  const pbx = () => model.maps.pbx.get(pbxId);
  const live: { gateway: Gateway | null; demo: DemoPbx | null } = { gateway: null, demo: null };
  const link: PbxLink = new PbxLink({
    emit: (event) => emit(event),
    // At once both: what the former PBX lost must not be told of this one.
    prepare: async (target) => {
      const key = pbxKeyOf(target);
      await Promise.all([buttons.follow(key), availability.follow(key)]);
    },
    tamper: (incident) => health.tamper(incident),
    log,
  });
  const pbxKey = (): string => (link.target === null ? '' : pbxKeyOf(link.target));
  const recordings = new RecordingSettingsKeeper({ store, log });
  await recordings.load();
  const health = await composeHealth({
    ...{ store, config, auth, model, pbxKey, version, ring: frame.ring, restored, now, log },
    link: () => link,
    gateway: () => live.gateway,
    recording: () => recordings.current(),
    migrations: path.join(root, 'prisma/migrations'),
    restart: (prepared, about) => {
      void frame.restart(about, () => swapDatabase(prepared, config.databaseFile, keyFileOf(config)));
    },
  });
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
  const knownPbx = {
    maps: model.maps,
    findExtensionByDevice: (device: string) => model.findExtensionByDevice(device),
    discreet: () => model.discreet,
  };
  /** Who does not see everything, or not the numbers of callers outside, gets a view of their own. */
  const audienceFor = (actor: Actor) => audienceOf(viewerOf(actor), knownPbx);
  // Keeps the sequence moving and a tail at hand though no browser is there: programs that poll compare it.
  hub.attach(everyone, () => {});
  const faultLines = new TokenBucket({ burst: 10, perSecond: 0.1 });
  const modelPort = modelPortOf(model);
  const callLog = composeCallLog({ store, model, modelPort, pbxKey, log });
  const show = (event: PbxEvent): void => {
    const { ops, repairs, fault } = model.reduce(event);
    callLog.observe(event, ops);
    health.observe(event, { ops, repairs, fault });
    if (fault !== undefined) {
      metrics.faults.inc();
      if (faultLines.take(now()))
        log.error({ err: fault, event: event.type }, 'the model failed: reading the PBX again');
      link.resync('model fault');
    }
    if (repairs > 0) {
      metrics.repairs.inc(repairs);
      log.warn(
        { repairs, list: event.type, keys: ops.slice(0, 20).map(([domain, key]) => `${domain}/${key}`) },
        'drift repaired',
      );
    }
    if (ops.length > 0) {
      metrics.ops.inc(ops.length);
      hub.publish(ops);
    }
    // Who is discreet may be others now.
    if (event.type === 'configured') live.gateway?.review();
  };
  const buttons = new ButtonBook({ store: store.buttons, model, emit: show, clock, log });
  const panic = new PanicSwitch({
    settings: store.settings,
    changed: (stopped) => show({ type: 'outside', at: now(), stopped }),
    now,
    log,
  });
  await panic.load();
  const door = new OutsideDoor({
    rules: () => parts.settings.current().numbers,
    isInternal: modelPort.isInternal,
    stopped: () => panic.current(),
    now,
  });
  const forwardObjection = (number: string, to: string): string | null =>
    whyNotForward(number, to, modelPort, parts.settings.current().numbers) ?? door.closed(to, 'forward');
  const parts: AvailabilityParts = await composeAvailability({
    store,
    ami: () => link.ami,
    pbxKey,
    queues: () => model.maps.queues.values(),
    emit: show,
    resync: (reason) => link.resync(reason),
    whyNotForward: forwardObjection,
    log,
  });
  const { availability, settings } = parts;
  const transfers = new Transfers({
    model: modelPort,
    ami: () => link.ami,
    note: show,
    pause: (ms) => wait(ms),
    now,
    log,
  });
  const ringGroups = new RingGroups({ ami: () => link.ami, emit: (event) => emit(event), now, log });
  const emit = (event: PbxEvent): void => {
    show(event);
    parts.observe(event);
    buttons.observe(event);
    ringGroups.observe(event);
    transfers.observe(event);
  };

  const setup = await composeSetup({ store, model, ami: () => link.ami, now });

  const { layouts, appearance, boards } = await composeViews({ store, auth, gateway: () => live.gateway, now, log });

  const connection = new PbxConnection({
    store,
    fromEnvironment,
    connect: async (target) => {
      await link.connect(target);
      if (!target.demo) await closeDemo();
    },
    demo: async () => {
      live.demo ??= await startDemoPbx({ attended: () => live.gateway?.ownExtensions() ?? new Set() });
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

  /** What to tell of the PBX that is followed now; null: the demo. The panel serves without one, to be set right there. */
  const follow = async (): Promise<string | null> => {
    try {
      const target = await connection.target();
      await link.connect(target);
      return target.demo ? null : target.name;
    } catch (error) {
      if (!(error instanceof SecretKeyError)) throw error;
      log.error({ err: error }, 'the saved PBX secret cannot be read');
      emit({ type: 'link', at: now(), link: 'down', problem: `Not connected: ${error.message}` });
      return `not connected: ${error.message}`;
    }
  };

  const runCommand = composeCommands({
    ...{ store, model: modelPort, parts, panic, door, callLog, recordings, transfers, metrics, note: show, now, log },
    ami: () => link.ami,
  });

  const app = await createHttpApp({
    config,
    store,
    auth,
    signIn,
    state: (principal) => hub.snapshotText(audienceFor(actorOf(principal, ''))),
    outsideStopped: () => panic.current(),
    previewAccess: (rights, extension) => previewAccess(rights, extension, model),
    reach: {
      mayTouch: (actor, permission, extension) =>
        mayTouch(actor, permission, { extensions: [extension], queues: [] }, modelPort),
      seesNumbers: (actor, extension) => seesNumbers(actor, { extensions: [extension], queues: [] }, modelPort),
      isInside: insideOf(model.maps),
    },
    runCommand,
    pbxStatus: () => ({ link: pbx()?.link ?? 'down', demo: pbx()?.demo ?? false }),
    pbxSettings: connection,
    imports: composeFop2Import({ store, auth, model, buttons, recordings, connection, pbxKey, now, log }),
    buttons: buttonsPort(buttons),
    recordingSettings: recordings,
    setup,
    availabilitySettings: {
      get: () => settings.get(),
      save: (body) => settings.save(body),
      testDfks: (target) => testMi(parts.mi, target),
      isInternal: modelPort.isInternal,
    },
    dfks: new DfksPort({
      settings: () => settings.current().dfks,
      // Phones ask before the PBX was read, and would not ask again.
      isExtension: (number) => model.extension(number) !== undefined || availability.isKnown(number),
      availability,
      whyNotForward: forwardObjection,
    }),
    calls: callLog.calls,
    pbxKey,
    health: health.health,
    data: health.data,
    layouts,
    boards,
    appearance,
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
      const board = token === undefined ? null : boards.authenticate(token, address);
      if (board !== null) return boardIdentity(board);
      const credentials = token === undefined ? { cookieHeader: cookie } : { authorization: `Bearer ${token}` };
      const principal = await auth.authenticate(credentials);
      return principal && identityOf(principal, actorOf(principal, address));
    },
    originAllowed: createOriginCheck({ publicUrl: config.publicUrl }),
    audienceOf: ({ actor }) => audienceFor(actor),
    sessions: sessionEvents(auth.events, (id) => auth.user(id), log),
    layouts,
    addressOf: createAddressOf(createTrust(config.trustProxy)),
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
  health.start();
  signIn.start();

  if (config.dev) await (await import('./http/dev-ui')).serveDevUi(app, root);
  await app.listen({ port: frame.port, host: config.host });
  frame.port = address(app.server.address());
  const followed = await follow();
  greet(config, address(app.server.address()), code, followed);

  const stop = async (): Promise<void> => {
    for (const timer of [keepAlive, ticking]) clearInterval(timer);
    auth.watch.stop();
    signIn.stop();
    boards.stop();
    gateway.close();
    hub.close();
    await link.close();
    await closeDemo();
    await app.close();
    // After the last phone was answered: what it told is kept.
    await availability.close();
    await buttons.flush();
    await health.stop();
    await store.close();
  };
  return { stop };
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
    pbxName === null
      ? 'PBX: the embedded demo (set AMI_URL, or Administration > PBX, to connect yours)'
      : `PBX: ${pbxName}`,
  );
  if (code !== null) lines.push('', 'Sign in with this link; it works once:', `  ${url}/setup/#code=${code}`);
  process.stdout.write(`\n${lines.map((line) => `  ${line}`).join('\n')}\n\n`);
}
