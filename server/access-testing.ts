/** Support of the tests of rights: the whole panel on a port, the office of the command tests behind it. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { io as connect, type Socket } from 'socket.io-client';
import { actorOf } from './auth/principal';
import { TestOffice } from './commands/calls/testing';
import { goodPassword, type Panel, startPanel } from './http/testing';
import { createGateway } from './live/gateway';
import { Hub } from './live/hub';
import { identityOf } from './live/identity';
import { audienceOf, viewerOf } from './live/privacy';
import { sessionEvents } from './live/session-events';
import type { Grant } from './protocol/access';
import type { CommandResult } from './protocol/commands';
import type { AccessGroup } from './protocol/groups';
import { defaultLayout } from './protocol/layout-default';
import type { Role } from './protocol/permissions';
import type { Me } from './protocol/session';
import type { ClientEvents, ServerEvents } from './protocol/socket';
import { silentLog } from './store/temporary';

export type Browser = Socket<ServerEvents, ClientEvents>;

/** Somebody signed in: over HTTP by cookie, and with an open socket. */
export interface Person {
  readonly id: string;
  readonly cookie: string;
  readonly socket: Browser;
  /** As the browser was told last. */
  me: Me;
  /** How often the browser was told. */
  told: number;
}

/** 106 is in conference 800 with the guests. */
export function busyOffice(): TestOffice {
  const office = new TestOffice();
  const { exchange: pbx, model } = office;
  const extension = { number: '106', devices: ['PJSIP/106'], context: 'from-internal' };
  model.reduce({ type: 'extension', at: office.now, extension });
  model.reduce({ type: 'extension', at: office.now, extension: { number: '102', group: 'Ops' } });
  const line = pbx.channel('PJSIP/106', 'up', '800');
  const flags = { muted: false, talking: false, admin: false, marked: false, joinedAt: office.now };
  const participant = { uniqueid: line.id, number: '106', name: '', ...flags };
  pbx.say({ type: 'conference.join', name: '800', kind: 'confbridge', participant });
  office.tell();
  return office;
}

/** Whatever a command did, on the PBX or in the panel. */
export function effects({ ami, written, wishes, stopped }: TestOffice): number {
  return ami.changes.length + written.size + wishes.length + (stopped === null ? 0 : 1);
}

export async function accessPanel() {
  const world = { office: busyOffice(), clock: Date.now() };
  const live: { hub: Hub | null } = { hub: null };
  const audienceFor = (actor: Parameters<typeof viewerOf>[0]) =>
    audienceOf(viewerOf(actor), {
      maps: world.office.model.maps,
      findExtensionByDevice: (device) => world.office.model.findExtensionByDevice(device),
    });
  const panel: Panel = await startPanel({
    state: (principal) => live.hub?.snapshotText(audienceFor(actorOf(principal, ''))) ?? '',
    runCommand: (name, params, actor) => world.office.run(name, params, actor),
    outsideStopped: () => world.office.stopped,
  });
  const { app, auth } = panel;
  const schedule = (run: () => void, ms: number): (() => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  };
  const hub = new Hub({
    epoch: 'test',
    now: Date.now,
    schedule,
    lists: () => world.office.model.lists(),
    find: (domain, key) => world.office.model.maps[domain].get(key),
  });
  live.hub = hub;
  const gateway = createGateway({
    httpServer: app.server,
    hub,
    authenticate: async ({ cookie, token, address }) => {
      const credentials = token === undefined ? { cookieHeader: cookie } : { authorization: `Bearer ${token}` };
      const principal = await auth.authenticate(credentials);
      return principal && identityOf(principal, actorOf(principal, address));
    },
    originAllowed: () => true,
    sessions: sessionEvents(auth.events, (id) => auth.user(id), silentLog),
    layouts: {
      get: async () => ({ version: 0, layout: defaultLayout }),
      put: async () => ({ ok: true, version: 1 }),
    },
    run: (name, params, actor) => world.office.run(name, params, actor),
    audienceOf: ({ actor }) => audienceFor(actor),
    // So many commands at once are no flood here.
    now: () => (world.clock += 1_000),
    schedule,
    log: silentLog,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  let requests = 0;

  const person = async (
    username: string,
    role: Role,
    grants: readonly Grant[] | null = null,
    sees: readonly string[] | null = null,
  ): Promise<Person> => {
    const made = { username, name: username, role, extension: null, password: goodPassword };
    const { id } = await auth.accounts.create({ ...made, grants: grants && [...grants], sees });
    const result = await auth.login(username, goodPassword, { address: '127.0.0.1', userAgent: 'test' });
    if (!result.ok) throw new Error(result.reason);
    const cookie = `cordboard=${result.token}`;
    const socket: Browser = connect(`http://127.0.0.1:${port}`, {
      path: '/socket.io',
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie },
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const one: Person = { id, cookie, socket, me: result.me, told: 0 };
    socket.on('me', (me) => {
      one.me = me;
      one.told += 1;
    });
    return one;
  };

  /** Any request; each comes from an address of its own, so that none is one too many. */
  const request = async (method: 'GET' | 'PUT' | 'PATCH' | 'POST', url: string, headers: object, body?: object) => {
    requests += 1;
    const remoteAddress = `10.${(requests >> 16) & 255}.${(requests >> 8) & 255}.${requests & 255}`;
    return app.inject({ method, url: `/api/v1/${url}`, headers: { ...headers }, remoteAddress, ...(body && { body }) });
  };

  return {
    ...{ world, panel, hub, gateway, person, request },
    async overRest(headers: object, name: string, params: object): Promise<CommandResult> {
      return (await request('POST', `commands/${name}`, headers, params)).json();
    },
    overSocket({ socket }: Pick<Person, 'socket'>, name: string, params: object): Promise<CommandResult> {
      return socket.emitWithAck('command', { name: name as never, params });
    },
    /** As an administrator saves it over REST. */
    async saveGroups(admin: Person, groups: readonly AccessGroup[]): Promise<void> {
      const { version, settings } = auth.access.get();
      const body = { version, settings: { ...settings, groups: [...groups] } };
      const answer = await request('PUT', 'admin/access', { cookie: admin.cookie }, body);
      if (answer.statusCode !== 200) throw new Error(answer.payload);
    },
    async change(admin: Person, id: string, change: object): Promise<void> {
      const version = (await panel.temporary.store.users.byId(id))?.version;
      const answer = await request('PATCH', `admin/users/${id}`, { cookie: admin.cookie }, { ...change, version });
      if (answer.statusCode !== 200) throw new Error(answer.payload);
    },
    async token(): Promise<object> {
      const wanted = { name: 'machine', scopes: ['commands', 'state:read'] as const, expiresAt: null };
      const { token } = await panel.temporary.store.tokens.create(wanted);
      return { authorization: `Bearer ${token}` };
    },
    async close(): Promise<void> {
      gateway.close();
      hub.close();
      await panel.close();
    },
  };
}

export type AccessPanel = Awaited<ReturnType<typeof accessPanel>>;

/** One row of the table of commands in docs/permissions.md. */
export interface Row {
  readonly command: string;
  readonly permission: string;
  readonly own: string | null;
  readonly reaches: readonly string[];
}

export function documented(): readonly Row[] {
  const page = readFileSync(path.resolve(import.meta.dirname, '../docs/permissions.md'), 'utf8');
  const code = (cell: string) => /`([a-z]+)`/.exec(cell)?.[1] ?? null;
  return page.split('\n').flatMap((line) => {
    const [, command, permission = '', own = '', reaches = ''] = line.split('|').map((cell) => cell.trim());
    const name = /^`([a-z]+\.[a-z.]+)`$/.exec(command ?? '')?.[1];
    if (name === undefined) return [];
    const whom = reaches.replaceAll('every ', '').split(', ').filter(Boolean);
    return [{ command: name, permission: code(permission) ?? '', own: code(own), reaches: whom }];
  });
}
