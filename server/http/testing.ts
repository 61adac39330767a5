import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { previewAccess } from '../access-preview';
import { AppearanceKeeper } from '../appearance';
import { Auth } from '../auth/auth';
import { SignIn } from '../auth/sign-in';
import { BoardKeeper } from '../boards';
import { ButtonBook } from '../buttons/book';
import { buttonsPort } from '../buttons/port';
import type { Actor } from '../commands/actor';
import { modelPortOf } from '../commands/model-port';
import { type CallLogParts, composeCallLog } from '../compose-call-log';
import { composeHealth } from '../compose-health';
import { readConfig } from '../config';
import { LogRing } from '../health/log-ring';
import { LayoutKeeper } from '../layouts';
import { clock } from '../link';
import type { OpenConnection } from '../live/gateway';
import { PbxModel } from '../pbx/model';
import type { PbxSettings } from '../protocol/admin';
import { defaultAvailability } from '../protocol/availability-default';
import { nobodyElse } from '../protocol/groups';
import type { SavedLayout } from '../protocol/layout';
import type { Role } from '../protocol/permissions';
import { defaultRecording } from '../protocol/recording-default';
import type { LinkState, PbxRecord } from '../protocol/records';
import { freshSetup } from '../protocol/setup';
import { ConflictError, NotFoundError } from '../store/errors';
import type { Prepared } from '../store/restore';
import { migrationsDirectory, silentLog, type TemporaryStore, temporaryStore } from '../store/temporary';
import { type App, createHttpApp } from './app';
import type { HttpDeps } from './deps';

export const goodPassword = 'correct horse battery';
export const pbx: PbxSettings = {
  source: 'saved',
  host: 'pbx.example.com',
  port: 5038,
  tls: false,
  ca: '',
  fingerprint: '',
  username: 'panel',
  hasSecret: true,
  version: 3,
};

const nothingFound = { extensions: 0, queues: 0, conferences: 0, parking: 0, trunks: 0, channels: 0 };

export interface Panel {
  readonly app: App;
  readonly auth: Auth;
  readonly elsewhere: SignIn;
  readonly temporary: TemporaryStore;
  readonly commands: { name: string; params: unknown; actor: Actor }[];
  readonly layouts: SavedLayout[];
  /** Sessions of boards that were ended, and why. */
  readonly ended: string[];
  readonly model: PbxModel;
  readonly book: ButtonBook;
  readonly callLog: CallLogParts;
  readonly ring: LogRing;
  /** Who is connected over Socket.IO. */
  readonly open: OpenConnection[];
  /** What the panel was told to restart with. */
  readonly restarts: Prepared[];
  link: LinkState;
  stopped: PbxRecord['outsideStopped'];
  /** A user of this role and the Cookie header of one signed-in browser. */
  signIn(username: string, role: Role): Promise<{ id: string; cookie: string }>;
  close(): Promise<void>;
}

export const inlineScript = 'self.__next_f=[["</b>",1]]';

function writePages(directory: string): void {
  mkdirSync(path.join(directory, 'login'), { recursive: true });
  mkdirSync(path.join(directory, '_next/static'), { recursive: true });
  const page = (title: string, script: string) =>
    `<!doctype html><title>${title}</title><script src="/_next/static/a.js" async=""></script><script>${script}</script>`;
  writeFileSync(path.join(directory, 'index.html'), page('Panel', inlineScript));
  writeFileSync(path.join(directory, 'login/index.html'), page('Sign in', 'let login=1'));
  writeFileSync(path.join(directory, '404.html'), page('Not found', 'let lost=1'));
  writeFileSync(path.join(directory, '_next/static/a.js'), 'let a=1');
}

async function notHere(): Promise<never> {
  throw new NotFoundError('there is no such thing in this test');
}

/** The whole HTTP app on a database of its own, the PBX faked. */
export async function startPanel(overrides: Partial<HttpDeps> = {}, now: () => number = Date.now): Promise<Panel> {
  const temporary = await temporaryStore(now);
  const { store } = temporary;
  const auth = new Auth({ store, now, tlsOnly: false, log: silentLog });
  const signIn = new SignIn({ store, auth, publicUrl: overrides.config?.publicUrl, now, log: silentLog });
  auth.elsewhere = signIn;
  const staticDir = path.join(temporary.directory, 'out');
  writePages(staticDir);
  const model = new PbxModel();
  const book = new ButtonBook({
    store: store.buttons,
    model,
    emit: (event) => model.reduce(event),
    clock,
    log: silentLog,
  });
  await book.follow('pbx');
  const callLog = composeCallLog({
    ...{ store, model, modelPort: modelPortOf(model), pbxKey: () => 'pbx', log: silentLog },
  });
  const panel: Omit<Panel, 'app' | 'signIn' | 'close'> = {
    auth,
    elsewhere: signIn,
    temporary,
    commands: [],
    layouts: [],
    ended: [],
    model,
    book,
    callLog,
    ring: new LogRing(),
    open: [],
    restarts: [],
    link: 'up',
    stopped: null,
  };
  const shared = panel as Panel;
  const show = (_: string, saved: SavedLayout) => void panel.layouts.push(saved);
  const boards = new BoardKeeper({
    store,
    limitOf: () => nobodyElse,
    ended: (session, reason) => void panel.ended.push(`${session} ${reason}`),
    screens: () => [],
    now,
    log: silentLog,
  });
  const appearance = new AppearanceKeeper({ settings: store.settings, changed: () => {}, log: silentLog });
  const layouts = new LayoutKeeper({ store, openUsers: () => [], show, log: silentLog });
  const health = await composeHealth({
    ...{ store, auth, model, now, pbxKey: () => 'pbx', version: '1.2.3', restored: null, log: silentLog },
    config: readConfig({ DATABASE_URL: `file:${temporary.file}` }),
    link: () => ({ ami: null, stats: () => null }),
    gateway: () => ({ connections: () => panel.open }),
    recording: () => defaultRecording,
    migrations: migrationsDirectory,
    ring: panel.ring,
    restart: (prepared) => void panel.restarts.push(prepared),
  });
  const app = await createHttpApp({
    config: { publicUrl: undefined, trustProxy: false },
    store,
    auth,
    signIn,
    state: () =>
      JSON.stringify({
        epoch: 'e1',
        seq: 7,
        serverTime: '2026-03-01T12:00:00.000Z',
        pbx: [],
        extensions: [],
        channels: [],
        calls: [],
        queues: [],
        parking: [],
        conferences: [],
        trunks: [],
        transfers: [],
      }),
    runCommand: async (name, params, actor) => {
      panel.commands.push({ name, params, actor });
      if (name === 'nonsense') return { ok: false, error: 'notFound', message: 'There is no such command.' };
      return shared.link === 'up' ? { ok: true } : { ok: false, error: 'pbxAway', message: 'The PBX is away.' };
    },
    reach: {
      mayTouch: ({ permissions, limits, extension: own }, permission, extension) =>
        permissions.includes(permission) && (limits[permission] === undefined || extension === own),
      seesNumbers: ({ kind, permissions, extension: own }, extension) =>
        kind === 'token' || permissions.includes('callernumbers') || extension === own,
      isInside: (number) => number.length < 4,
    },
    previewAccess: (rights, extension) => previewAccess(rights, extension, model),
    outsideStopped: () => shared.stopped,
    pbxStatus: () => ({ link: shared.link, demo: false }),
    buttons: buttonsPort(book),
    pbxSettings: {
      get: async () => pbx,
      save: async (body) => {
        if (body.version !== pbx.version) throw new ConflictError('somebody else changed these settings');
        return { ...pbx, host: body.host, version: body.version + 1 };
      },
      test: async () => ({
        ...{ ok: true, message: 'Connected.', advice: null, cause: null, asteriskVersion: '22.0.0', missing: [] },
        ...{ found: null, certificate: null, ownAddress: null },
      }),
      certificate: async () => null,
    },
    availabilitySettings: {
      get: async () => ({ version: 0, settings: defaultAvailability }),
      save: async ({ version, settings }) => ({ version: version + 1, settings }),
      testDfks: async () => ({ ok: true, message: 'OpenSIPS answers.' }),
      isInternal: () => false,
    },
    recordingSettings: {
      get: async () => ({ version: 0, settings: defaultRecording }),
      save: async ({ version, settings }) => ({ version: version + 1, settings }),
    },
    setup: {
      get: async () => ({ version: 0, settings: freshSetup }),
      save: async ({ version, settings }) => ({ version: version + 1, settings }),
      found: async () => ({ link: 'up', demo: false, found: nothingFound, people: [], departments: [] }),
      addressTowards: async () => '192.0.2.10',
    },
    imports: {
      plan: () => notHere(),
      apply: () => notHere(),
      undo: () => notHere(),
      runs: async () => [],
      run: () => notHere(),
      rows: () => notHere(),
      invite: () => notHere(),
      export: () => notHere(),
    },
    dfks: { get: () => null, set: () => null },
    calls: callLog.calls,
    pbxKey: () => 'pbx',
    layouts,
    boards,
    appearance,
    layoutSaved: (_, saved) => panel.layouts.push(saved),
    health: health.health,
    data: health.data,
    version: '1.2.3',
    log: pino({ level: 'silent' }),
    metrics: new Registry(),
    staticDir,
    now,
    ...overrides,
  });
  return Object.assign(shared, {
    app,
    async signIn(username: string, role: Role) {
      const user = await auth.accounts.create({
        username,
        name: username,
        role,
        extension: null,
        password: goodPassword,
      });
      const result = await auth.login(username, goodPassword, { address: '127.0.0.1', userAgent: 'test' });
      if (!result.ok) throw new Error(result.reason);
      return { id: user.id, cookie: `cordboard=${result.token}` };
    },
    async close() {
      await app.close();
      await temporary.dispose();
    },
  });
}
