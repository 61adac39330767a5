import { stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Auth } from './auth/auth';
import { Backups } from './backups';
import type { Config } from './config';
import type { BundleSources } from './health/bundle';
import { supportBundle } from './health/bundle';
import { connectionsOf, sessionLength } from './health/connections';
import { IncidentBook, type Reduced } from './health/incident-book';
import type { LogRing } from './health/log-ring';
import { Monitor } from './health/monitor';
import { Retention } from './health/retention';
import { warningsOf } from './health/warnings';
import type { DataPort, HealthPort } from './http/health-ports';
import type { PbxLink } from './link';
import type { Gateway } from './live/gateway';
import type { PbxEvent } from './pbx/events';
import type { PbxModel } from './pbx/model';
import type { RestoreOutcome } from './protocol/backups';
import type { Health } from './protocol/health';
import type { RecordingSettings } from './protocol/recording';
import { NotFoundError } from './store/errors';
import type { Prepared } from './store/restore';
import { loadKey } from './store/secrets';
import type { Store } from './store/store';

export interface HealthDeps {
  readonly store: Store;
  readonly config: Config;
  readonly auth: Pick<Auth, 'logout'>;
  readonly model: PbxModel;
  readonly link: () => Pick<PbxLink, 'ami' | 'stats'>;
  readonly gateway: () => Pick<Gateway, 'connections'> | null;
  readonly pbxKey: () => string;
  readonly recording: () => RecordingSettings;
  /** prisma/migrations */
  readonly migrations: string;
  readonly version: string;
  readonly ring: LogRing;
  readonly restored: RestoreOutcome | null;
  /** Exchanges the database and starts the panel anew, soon. */
  readonly restart: (prepared: Prepared, about: { by: string; name: string }) => void;
  readonly now: () => number;
  readonly log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
}

export interface HealthParts {
  readonly health: HealthPort;
  readonly data: DataPort;
  /** Every event, with what the model made of it. */
  observe(event: PbxEvent, reduced: Reduced): void;
  /** Forged blocks that were dropped. */
  readonly tamper: IncidentBook['tamper'];
  start(): void;
  stop(): Promise<void>;
}

/** Part of the composition root: health, incidents, backups, retention and the bundle for support. */
export async function composeHealth(deps: HealthDeps): Promise<HealthParts> {
  const { store, config, now, log, restored } = deps;
  const startedAt = now();
  const home = path.dirname(config.databaseFile);
  const keyFile = path.join(home, 'secret.key');
  const book = new IncidentBook({ append: (one) => store.incidents.append(one), pbxKey: deps.pbxKey, now });
  const monitor = new Monitor({
    ami: () => deps.link().ami,
    eventsSeen: () => deps.link().stats()?.ami.eventsSeen ?? 0,
    started: (at) => book.asteriskStarted(at),
    now,
  });
  const backups = new Backups({
    place: {
      database: config.databaseFile,
      folder: path.join(home, 'backups'),
      migrations: deps.migrations,
      key: loadKey(keyFile, config.key),
      keyFile: config.key === undefined ? keyFile : null,
      version: deps.version,
    },
    store,
    flush: async () => {
      for (const waiting of [store.audit, store.history, store.calls, store.incidents]) await waiting.flush();
    },
    startedAt,
    restored,
    now,
    log,
  });
  await backups.load();
  const retention = new Retention({ store, recording: deps.recording, now, log });
  await retention.load();
  if (restored !== null) tellRestored(store, restored, now());
  const look = (): Promise<Health> => healthOf({ ...deps, book, monitor, backups, startedAt });
  const sources: BundleSources = {
    ...{ store, config, model: deps.model, health: look, version: deps.version, now },
    logLines: () => deps.ring.lines(),
  };
  return {
    health: {
      health: look,
      incidents: async (query) => {
        await store.incidents.flush();
        return store.incidents.page(query);
      },
      connections: (own) => connectionsOf(deps.gateway()?.connections() ?? [], own, now()),
      endSession: (session) => endSession(deps, session),
      bundle: (options) => supportBundle(sources, options),
    },
    data: {
      backups,
      retention,
      restart: (prepared, about) => deps.restart(prepared, about),
    },
    observe(event, reduced) {
      book.observe(event, reduced);
      if (event.type === 'link' && event.link === 'up') {
        void monitor.askWhenStarted();
        void monitor.sample();
      }
    },
    tamper: (incident) => book.tamper(incident),
    start() {
      monitor.start();
      backups.start();
      retention.start();
    },
    async stop() {
      monitor.stop();
      book.close();
      await backups.stop();
      await retention.stop();
    },
  };
}

/** In the restored database, where the one who asked for it looks. */
function tellRestored(store: Store, { by, name, ok, message }: RestoreOutcome, at: number): void {
  const result = ok ? 'ok' : `internal: ${message}`;
  store.audit.append({
    at,
    actor: by,
    session: '',
    address: '',
    action: 'admin.backup.restored',
    target: name,
    result,
  });
  store.incidents.append({ at, pbx: '', kind: 'backup', about: { ok, action: 'restore', name, message } });
}

/** The beginning of the id, as it is shown; answers whose it was. Throws NotFoundError. */
async function endSession({ gateway, auth }: HealthDeps, session: string): Promise<string> {
  const open = gateway()?.connections() ?? [];
  const found = open.find(({ kind, sessionId }) => kind === 'user' && sessionId.slice(0, sessionLength) === session);
  if (found === undefined) throw new NotFoundError('nobody is connected with this session any more');
  await auth.logout(found.sessionId, found.userId);
  return found.me.username;
}

interface Looking extends HealthDeps {
  readonly book: IncidentBook;
  readonly monitor: Monitor;
  readonly backups: Backups;
  readonly startedAt: number;
}

async function healthOf(deps: Looking): Promise<Health> {
  const { store, config, now, book, monitor, backups, model } = deps;
  const stats = deps.link().stats();
  const pbx = [...model.maps.pbx.values()][0];
  const { repairs, faults, tampered, firstReadMs } = book.counts;
  const files = backups.folder.list();
  const health: Omit<Health, 'warnings'> = {
    at: new Date(now()).toISOString(),
    panel: {
      version: deps.version,
      node: process.version,
      startedAt: new Date(deps.startedAt).toISOString(),
      memory: process.memoryUsage.rss(),
      heap: process.memoryUsage().heapUsed,
      loop: monitor.loop,
    },
    pbx: {
      name: pbx?.name ?? '',
      demo: pbx?.demo ?? false,
      link: pbx?.link ?? 'down',
      since: pbx?.since ?? new Date(deps.startedAt).toISOString(),
      problem: pbx?.problem ?? null,
      asteriskVersion: pbx?.asteriskVersion ?? null,
      missing: [...(pbx?.missing ?? [])],
      backends: [...(pbx?.features.backends ?? [])],
      reconnects: stats?.ami.reconnects ?? 0,
      pingMs: pbx?.link === 'down' ? null : monitor.pingMs,
      firstReadMs,
      lastReadMs: stats?.feed.lastReadMs ?? null,
      reads: stats?.feed.reads ?? 0,
      failedReads: stats?.feed.failedReads ?? 0,
    },
    events: monitor.events,
    repairs,
    faults,
    tampered,
    writes: {
      audit: store.audit.queue,
      changes: store.history.queue,
      calls: store.calls.queue,
      incidents: store.incidents.queue,
    },
    database: { healthy: await store.healthy(), ...(await sizesOf(config.databaseFile)) },
    backups: {
      count: files.length,
      newestAt: files[0] === undefined ? null : new Date(files[0].at).toISOString(),
      nextAt: backups.nextAt(),
      problem: backups.problem,
    },
  };
  return { ...health, warnings: warningsOf(health) };
}

async function sizesOf(file: string): Promise<{ bytes: number; walBytes: number; freeBytes: number | null }> {
  const size = (name: string): Promise<number> =>
    stat(name).then(
      ({ size: bytes }) => bytes,
      () => 0,
    );
  const free = statfs(file).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
  return { bytes: await size(file), walBytes: await size(`${file}-wal`), freeBytes: await free };
}
