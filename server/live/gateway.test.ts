import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { io as connect, type Socket } from 'socket.io-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Actor } from '../commands/actor';
import { applyOp, emptyMaps, loadSnapshot } from '../protocol/apply';
import type { CommandResult } from '../protocol/commands';
import { domains } from '../protocol/domains';
import { defaultLayout } from '../protocol/layout-default';
import type { Me } from '../protocol/session';
import type { ClientEvents, HelloAnswer, LayoutAnswer, ServerEvents } from '../protocol/socket';
import type { Frame, Op, RecordOf, SnapshotLists } from '../protocol/state';
import { type Audience, everyone } from './audiences';
import { FrameEncoder } from './encoding';
import { createGateway, type Gateway, type GatewayOptions } from './gateway';
import { Hub } from './hub';
import type { Credentials, EndedSessions, Identity } from './identity';
import { boardIdentity, userActor } from './identity';

type Browser = Socket<ServerEvents, ClientEvents>;

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  vi.restoreAllMocks();
});

const realSchedule = (run: () => void, ms: number): (() => void) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

function person(id: string): Identity {
  const me: Me = {
    id,
    username: id,
    name: id,
    role: 'supervisor',
    roleName: 'Supervisor',
    permissions: ['dnd'],
    limits: {},
    extension: null,
    hasPassword: true,
  };
  return { actor: userActor(me, `session-${id}`, '127.0.0.1'), me, sessionId: `session-${id}`, mayRead: true };
}

function machine(scopes: string): Identity {
  const { me } = person('robot');
  const none = { permissions: [], limits: {}, extension: null, address: '' };
  const actor: Actor = { kind: 'token', id: 'robot', name: 'robot', session: 'token-robot', ...none };
  return { actor, me: { ...me, permissions: [] }, sessionId: 'token-robot', mayRead: scopes.includes('state:read') };
}

function wallboard(): Identity {
  const none = { permissions: [], limits: {}, extension: null, address: '10.0.0.5' };
  return boardIdentity({ kind: 'board', id: 'b1', name: 'wallboard Sales', session: 'board:b1', ...none });
}

async function whoIs({ cookie, token }: Credentials): Promise<Identity | null> {
  if (token === 'board') return wallboard();
  if (token !== undefined) return machine(token);
  const id = /user=(\w+)/.exec(cookie ?? '')?.[1];
  return id === undefined ? null : person(id);
}

/** A PBX with as many extensions as wanted, a hub and a gateway on a port of its own. */
async function panel(options: Partial<GatewayOptions> = {}, extensions = 3) {
  const maps = emptyMaps();
  const lists = () => Object.fromEntries(domains.map((d) => [d, [...maps[d].values()]])) as unknown as SnapshotLists;
  const hub = new Hub({
    epoch: 'test',
    now: Date.now,
    schedule: realSchedule,
    lists,
    find: (domain, key) => maps[domain].get(key) as RecordOf<typeof domain> | undefined as never,
    frameIntervalMs: 5,
    tailFrames: 50_000,
    tailChars: 256 * 1024 * 1024,
  });
  const change = (key: string, fields: object): void => {
    const known = maps.extensions.has(key);
    const op: Op = ['extensions', key, known ? { ...fields } : { number: key, name: '', ...fields }];
    applyOp(maps, op);
    hub.publish([op]);
  };
  for (let i = 0; i < extensions; i += 1) change(String(100 + i), { name: `Person ${i}` });
  const heard = { ended: new Set<(e: EndedSessions) => void>(), changed: new Set<(me: Me) => void>() };
  const httpServer: HttpServer = createServer();
  const run = vi.fn(async (): Promise<CommandResult> => ({ ok: true }));
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  let stored = { version: 3, layout: defaultLayout };
  const gateway: Gateway = createGateway({
    httpServer,
    hub,
    authenticate: whoIs,
    originAllowed: (origin) => origin === undefined || origin === 'http://panel.test',
    sessions: {
      onEnded: (listener) => {
        heard.ended.add(listener);
        return () => heard.ended.delete(listener);
      },
      onChanged: (listener) => {
        heard.changed.add(listener);
        return () => heard.changed.delete(listener);
      },
    },
    layouts: {
      get: async () => stored,
      put: async (_user, saved) => {
        if (saved.version !== stored.version) return { ok: false, current: stored };
        stored = { version: saved.version + 1, layout: saved.layout };
        return { ok: true, version: stored.version };
      },
    },
    run,
    now: Date.now,
    schedule: realSchedule,
    log,
    ...options,
  });
  await new Promise<void>((done) => httpServer.listen(0, '127.0.0.1', done));
  const { port } = httpServer.address() as AddressInfo;
  closers.push(async () => {
    gateway.close();
    hub.close();
    httpServer.closeAllConnections();
    await new Promise((done) => httpServer.close(done));
  });
  const browser = (user: string | null, more: object = {}): Browser => {
    const socket: Browser = connect(`http://127.0.0.1:${port}`, {
      path: '/socket.io',
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...(user === null ? {} : { extraHeaders: { cookie: `user=${user}` } }),
      ...more,
    });
    closers.push(() => void socket.disconnect());
    return socket;
  };
  const end = (ended: EndedSessions) => {
    for (const listener of heard.ended) listener(ended);
  };
  const changed = (me: Me) => {
    for (const listener of heard.changed) listener(me);
  };
  /** Does something and waits until its frame has gone out. */
  const nextFrame = (act: () => void): Promise<void> =>
    new Promise((resolve) => {
      const detach = hub.attach(everyone, () => {
        detach();
        resolve();
      });
      act();
    });
  return { port, httpServer, hub, gateway, maps, change, browser, end, changed, run, log, nextFrame };
}

function once<E extends keyof ServerEvents | 'connect' | 'disconnect' | 'connect_error'>(
  socket: Browser,
  event: E,
): Promise<unknown> {
  return new Promise((resolve) => socket.once(event as 'connect', resolve as () => void));
}

function ask(socket: Browser, event: string, ...body: unknown[]): Promise<unknown> {
  return new Promise((resolve) =>
    (socket as unknown as { emit(...args: unknown[]): void }).emit(event, ...body, resolve),
  );
}

/** Follows the stream as a browser does. */
function follow(socket: Browser) {
  const mirror = { maps: emptyMaps(), epoch: '', seq: -1, gaps: 0, frames: 0, snapshots: 0 };
  const apply = (frame: Frame) => {
    mirror.frames += 1;
    if (frame.epoch !== mirror.epoch || frame.prev !== mirror.seq) mirror.gaps += 1;
    for (const op of frame.ops) applyOp(mirror.maps, op);
    mirror.seq = frame.seq;
  };
  const hello = () =>
    new Promise<HelloAnswer>((resolve) => {
      const have = mirror.seq < 0 ? undefined : { epoch: mirror.epoch, seq: mirror.seq };
      socket.emit('hello', { version: 1, have }, (answer) => {
        if (answer.ok && 'snapshot' in answer) {
          mirror.snapshots += 1;
          loadSnapshot(mirror.maps, answer.snapshot);
          mirror.epoch = answer.snapshot.epoch;
          mirror.seq = answer.snapshot.seq;
        } else if (answer.ok) for (const frame of answer.frames) apply(frame);
        resolve(answer);
      });
    });
  socket.on('frame', apply);
  return { mirror, hello };
}

describe('gateway', () => {
  it('gives no more snapshots while too much waits for all browsers together', async () => {
    const { browser, change, gateway } = await panel({ limits: { waitingBytes: 100_000 } });
    change('100', { name: 'x'.repeat(20_000_000) });
    const stalled = browser('slow');
    await once(stalled, 'connect');
    const answered = vi.fn();
    (
      stalled.io.engine as unknown as { transport: { ws: { _socket: { pause(): void } } } }
    ).transport.ws._socket.pause();
    stalled.emit('hello', { version: 1 }, answered);
    await vi.waitFor(() => expect(gateway.stats().waitingBytes).toBeGreaterThan(100_000));
    const other = browser('anna');
    expect(await ask(other, 'hello', { version: 1 })).toMatchObject({ ok: false, error: 'rateLimited' });
    stalled.disconnect();
    await vi.waitFor(() => expect(gateway.stats().sockets).toBe(1));
    expect(await ask(other, 'hello', { version: 1 })).toMatchObject({ ok: true });
  });

  it('does not take a browser for slow because its snapshot is large', async () => {
    const { browser, change, gateway, nextFrame } = await panel({ limits: { backlogBytes: 50_000 } });
    change('100', { name: 'x'.repeat(20_000_000) });
    const socket = browser('far');
    await once(socket, 'connect');
    const { mirror, hello } = follow(socket);
    const tcp = (socket.io.engine as unknown as { transport: { ws: { _socket: { pause(): void; resume(): void } } } })
      .transport.ws._socket;
    tcp.pause();
    const answer = hello();
    await vi.waitFor(() => expect(gateway.stats().following).toBe(1));
    for (let i = 0; i < 10; i += 1) await nextFrame(() => change('101', { name: String(i) }));
    expect(gateway.stats()).toMatchObject({ following: 1, slow: 0 });
    expect(gateway.stats().waitingBytes).toBeGreaterThan(50_000);
    tcp.resume();
    await answer;
    await vi.waitFor(() => expect(mirror.maps.extensions.get('101')?.name).toBe('9'));
    expect(mirror.gaps).toBe(0);
  });

  it('knows the sessions that look at the panel, tokens left out', async () => {
    const { browser, gateway } = await panel();
    await Promise.all([
      ask(browser('anna'), 'hello', { version: 1 }),
      ask(browser('anna'), 'hello', { version: 1 }),
      ask(browser(null, { auth: { token: 'state:read' } }), 'hello', { version: 1 }),
    ]);
    expect([...gateway.openSessions()]).toEqual(['session-anna']);
    expect(gateway.stats()).toMatchObject({ sockets: 3, following: 3 });
  });

  it('answers hello with me, layout and snapshot, and every frame after it without gap or repeat', async () => {
    const { browser, change, maps } = await panel();
    const { mirror, hello } = follow(browser('anna'));
    const storm = setInterval(() => change('100', { name: `n${Math.random()}` }), 1);
    closers.push(() => clearInterval(storm));
    const answer = await hello();
    expect(answer).toMatchObject({ ok: true, me: { id: 'anna' }, layout: { version: 3 } });
    await vi.waitFor(() => expect(mirror.frames).toBeGreaterThan(10));
    await hello();
    clearInterval(storm);
    change('102', { name: 'last' });
    await vi.waitFor(() => expect(mirror.maps.extensions.get('102')?.name).toBe('last'));
    expect(mirror.maps).toEqual(maps);
    expect(mirror.snapshots).toBe(1);
  });

  it('gives one who was away the frames since, and a snapshot when they are of another epoch', async () => {
    const { browser, change, maps } = await panel();
    const socket = browser('anna');
    const { mirror, hello } = follow(socket);
    await hello();
    socket.disconnect();
    change('101', { name: 'while away' });
    change('109', { name: 'new' });
    socket.connect();
    const answer = await hello();
    expect(answer).toHaveProperty('frames');
    await vi.waitFor(() => expect(mirror.maps).toEqual(maps));
    expect(mirror.gaps).toBe(0);
    mirror.epoch = 'of an earlier process';
    expect(await hello()).toHaveProperty('snapshot');
  });

  it('tells a page of another version to reload', async () => {
    const { browser } = await panel();
    expect(await ask(browser('anna'), 'hello', { version: 2 })).toMatchObject({
      ok: false,
      error: 'invalid',
      field: 'version',
    });
  });

  it('refuses a foreign origin before anything else', async () => {
    const { browser } = await panel();
    const stranger = browser('anna', { extraHeaders: { cookie: 'user=anna', origin: 'http://evil.test' } });
    await once(stranger, 'connect_error');
    expect(stranger.connected).toBe(false);
    const friend = browser('anna', { extraHeaders: { cookie: 'user=anna', origin: 'http://panel.test' } });
    await once(friend, 'connect');
  });

  it('refuses one who is not signed in, and a token that may not read', async () => {
    const { browser } = await panel();
    const nobody = await once(browser(null), 'connect_error');
    expect(nobody).toMatchObject({ message: 'unauthenticated', data: { ok: false, error: 'unauthenticated' } });
    const token = await once(browser(null, { auth: { token: 'commands' } }), 'connect_error');
    expect(token).toMatchObject({ data: { error: 'forbidden' } });
    const forged = await once(browser(null, { auth: { token: { $gt: '' } } }), 'connect_error');
    expect(forged).toMatchObject({ data: { error: 'unauthenticated' } });
  });

  it('lets a token read, but not keep a layout', async () => {
    const { browser } = await panel();
    const socket = browser(null, { auth: { token: 'state:read' } });
    expect(await ask(socket, 'hello', { version: 1 })).toMatchObject({ ok: true, layout: { version: 0 } });
    expect(await ask(socket, 'layout', { version: 0, layout: defaultLayout })).toMatchObject({ error: 'forbidden' });
  });

  it('lets a wallboard look and do nothing, counts its screens, and closes them when its link is revoked', async () => {
    const { browser, gateway, run, end } = await panel();
    const socket = browser(null, { auth: { token: 'board' } });
    expect(await ask(socket, 'hello', { version: 1 })).toMatchObject({ ok: true, me: { permissions: [] } });
    expect(gateway.addressesOf('board:b1')).toEqual(['10.0.0.5']);
    expect([gateway.openSessions().size, gateway.openUsers().size]).toEqual([0, 0]);
    const params = { extension: '101', on: true };
    expect(await ask(socket, 'command', { name: 'extension.dnd', params })).toMatchObject({ error: 'forbidden' });
    expect(await ask(socket, 'layout', { version: 0, layout: defaultLayout })).toMatchObject({ error: 'forbidden' });
    expect(run).not.toHaveBeenCalled();
    const ended = once(socket, 'ended');
    end({ sessionId: 'board:b1', reason: 'revoked' });
    expect(await ended).toBe('revoked');
    await expect.poll(() => gateway.addressesOf('board:b1')).toEqual([]);
  });

  it('passes commands on as the one who is signed in', async () => {
    const { browser, run } = await panel();
    const socket = browser('anna');
    const params = { extension: '101', on: true };
    expect(await ask(socket, 'command', { name: 'extension.dnd', params })).toEqual({ ok: true });
    expect(run).toHaveBeenCalledWith('extension.dnd', params, expect.objectContaining({ kind: 'user', id: 'anna' }));
  });

  it('saves a layout over the version it was read at and shows it to the same user alone', async () => {
    const { browser, gateway } = await panel();
    const [here, there, other] = [browser('anna'), browser('anna'), browser('bert')];
    await Promise.all([here, there, other].map((socket) => ask(socket, 'hello', { version: 1 })));
    const shown: unknown[] = [];
    here.on('layout', () => shown.push('here'));
    other.on('layout', () => shown.push('other'));
    const heard = once(there, 'layout');
    const layout = { ...defaultLayout, density: 'compact' as const };
    expect(await ask(here, 'layout', { version: 3, layout })).toEqual({ ok: true, version: 4 });
    expect(await heard).toEqual({ version: 4, layout });
    const late = (await ask(there, 'layout', { version: 3, layout })) as LayoutAnswer;
    expect(late).toMatchObject({ ok: false, error: 'conflict', current: { version: 4, layout } });
    expect(shown).toEqual([]);
    const again = once(other, 'layout');
    gateway.layoutSaved('bert', { version: 9, layout });
    expect(await again).toEqual({ version: 9, layout });
  });

  it('closes the socket when its session ends, and that one alone', async () => {
    const { browser, end, gateway } = await panel();
    const [anna, bert] = [browser('anna'), browser('bert')];
    await Promise.all([anna, bert].map((socket) => ask(socket, 'hello', { version: 1 })));
    const reason = once(anna, 'ended');
    const closed = once(anna, 'disconnect');
    end({ sessionId: 'session-anna', reason: 'disabled' });
    expect(gateway.stats()).toMatchObject({ sockets: 1, following: 1 });
    expect(await reason).toBe('disabled');
    await closed;
    expect(bert.connected).toBe(true);
    end({ userId: 'bert', except: 'session-bert', reason: 'passwordChanged' });
    expect(await ask(bert, 'hello', { version: 1 })).toMatchObject({ ok: true });
  });

  it('closes a socket whose session ended while it was being authenticated', async () => {
    let let_in: (identity: Identity) => void = () => undefined;
    const asked = vi.fn();
    const { browser, end } = await panel({
      authenticate: () =>
        new Promise((resolve) => {
          let_in = resolve;
          asked();
        }),
    });
    const socket = browser('anna');
    const reason = once(socket, 'ended');
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    end({ userId: 'anna', reason: 'signedOut' });
    let_in(person('anna'));
    expect(await reason).toBe('signedOut');
  });

  it('gives a socket the permissions its user was left with while it was being authenticated', async () => {
    const asked = vi.fn();
    let answer: () => void = () => undefined;
    const slowly = async (credentials: Credentials) => {
      const identity = await whoIs(credentials);
      await new Promise<void>((resolve) => {
        answer = resolve;
        asked();
      });
      return identity;
    };
    const { browser, changed, run } = await panel({ authenticate: slowly });
    const socket = browser('anna');
    const told = once(socket, 'me');
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    changed({ ...person('anna').me, role: 'viewer', permissions: [] });
    answer();
    expect(await told).toMatchObject({ role: 'viewer', permissions: [] });
    await ask(socket, 'command', { name: 'extension.dnd', params: {} });
    expect(run).toHaveBeenCalledWith('extension.dnd', {}, expect.objectContaining({ permissions: [] }));
  });

  it('lets nobody without a name take the room of those who have one', async () => {
    const { browser, port, gateway } = await panel({ limits: { strangers: 3 } });
    const anna = browser('anna');
    await once(anna, 'connect');
    const closed: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      const raw = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
      closers.push(() => raw.terminate());
      raw.once('close', () => closed.push(index));
      await new Promise((resolve) => raw.once('message', resolve));
    }
    await expect.poll(() => closed).toEqual([0, 1]);
    const refused = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
    closers.push(() => refused.terminate());
    await new Promise((resolve) => refused.once('message', resolve));
    refused.send('40{"token":7}');
    await expect.poll(() => closed).toEqual([0, 1, 2]);
    expect(anna.connected).toBe(true);
    expect(gateway.stats().sockets).toBe(1);
  });

  it('tells a user of new permissions and moves to the audience that goes with them', async () => {
    const masked: Audience = {
      key: 'masked',
      open: () => ({ view: (domain, record) => (domain === 'extensions' ? null : record) }),
    };
    const { browser, changed, change, run } = await panel({
      audienceOf: ({ me }) => (me.role === 'viewer' ? masked : everyone),
    });
    const socket = browser('anna');
    const { mirror, hello } = follow(socket);
    await hello();
    expect(mirror.maps.extensions.size).toBe(3);
    const news = once(socket, 'me');
    const resync = once(socket, 'resync');
    changed({ ...person('anna').me, role: 'viewer', permissions: [] });
    expect(await news).toMatchObject({ role: 'viewer' });
    await resync;
    change('100', { name: 'unseen' });
    expect(await hello()).toHaveProperty('snapshot');
    expect(mirror.maps.extensions.size).toBe(0);
    await ask(socket, 'command', { name: 'extension.dnd', params: {} });
    expect(run).toHaveBeenCalledWith('extension.dnd', {}, expect.objectContaining({ permissions: [] }));
  });

  it('encodes a frame once for fifty browsers', async () => {
    const { browser, change } = await panel();
    const sockets = Array.from({ length: 50 }, (_, i) => browser(`user${i}`));
    await Promise.all(sockets.map((socket) => ask(socket, 'hello', { version: 1 })));
    const encode = vi.spyOn(FrameEncoder.prototype, 'encode');
    const frames = Promise.all(sockets.map((socket) => once(socket, 'frame')));
    change('100', { name: 'once' });
    const heard = (await frames) as Frame[];
    expect(heard).toHaveLength(50);
    expect(heard[0]).toEqual(heard[49]);
    expect(encode).toHaveBeenCalledTimes(1);
  });

  it('answers forged messages with a failure and never falls over', async () => {
    const { browser, run, log } = await panel();
    const socket = browser('anna');
    await ask(socket, 'hello', { version: 1 });
    const raw = socket as unknown as { emit(...args: unknown[]): void };
    const forged = [
      JSON.parse('{"__proto__":{"version":1,"polluted":true}}'),
      JSON.parse('{"version":1,"have":{"__proto__":{"epoch":"e"}}}'),
      JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
      null,
      [],
      'hello',
      { version: 'x' },
      { version: 1, have: { epoch: 'e'.repeat(1_000), seq: 1 } },
      { version: 1, have: { epoch: 'e', seq: -1 } },
    ];
    for (const message of forged.slice(0, 7)) {
      expect(await ask(socket, 'hello', message)).toMatchObject({ ok: false });
    }
    for (const event of ['command', 'layout']) {
      for (const message of forged) expect(await ask(socket, event, message)).toMatchObject({ ok: false });
    }
    raw.emit('command');
    raw.emit('command', 'no answer wanted', 'no function');
    raw.emit('error', new Error('x'));
    raw.emit('frame', { ops: [] });
    raw.emit('__proto__', {});
    raw.emit('toString');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(run).not.toHaveBeenCalled();
    expect(log.error).not.toHaveBeenCalled();
    const alive = browser('bert');
    expect(await ask(alive, 'hello', { version: 1 })).toMatchObject({ ok: true });
  });

  it('answers whatever JSON it is sent', async () => {
    const { browser, log } = await panel({ limits: { sockets: 1_000, socketsPerActor: 1_000 } });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('hello', 'command', 'layout'),
        fc.array(fc.jsonValue(), { minLength: 1, maxLength: 20 }),
        async (event, messages) => {
          const socket = browser('anna');
          for (const message of messages) expect(await ask(socket, event, message)).toMatchObject({ ok: false });
          socket.disconnect();
        },
      ),
      { numRuns: 60 },
    );
    expect(log.error).not.toHaveBeenCalled();
  });

  it('survives packets that are no Socket.IO at all', async () => {
    const { browser, port } = await panel();
    const junk = [
      '4',
      '42',
      '42{}',
      '42["hello"',
      '451-["hello",{"_placeholder":true,"num":0}]',
      '9',
      '40/other,',
      '4099',
      Buffer.from([1, 2]),
    ];
    for (const text of junk) {
      const raw = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
        headers: { cookie: 'user=anna' },
      });
      const closed = new Promise((resolve) => raw.once('close', resolve));
      await new Promise((resolve) => raw.once('message', resolve));
      raw.send('40');
      raw.send(text);
      raw.send('3');
      raw.close();
      await closed;
    }
    expect(await ask(browser('bert'), 'hello', { version: 1 })).toMatchObject({ ok: true });
  });

  it('limits the messages of a socket, and closes one that floods', async () => {
    const { browser, run, log } = await panel();
    const socket = browser('anna');
    const command = { name: 'extension.dnd', params: {} };
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask(socket, 'command', command)));
    expect(run.mock.calls.length).toBeGreaterThanOrEqual(40);
    expect(run.mock.calls.length).toBeLessThan(60);
    expect(answers.at(-1)).toMatchObject({ ok: false, error: 'rateLimited' });
    const closed = once(socket, 'disconnect');
    for (let i = 0; i < 1_000; i += 1) socket.emit('command', command as never, () => undefined);
    await closed;
    expect(log.warn).toHaveBeenCalled();
  });

  it('closes a connection that sends more than a layout can be', async () => {
    const { browser } = await panel();
    const socket = browser('anna');
    await ask(socket, 'hello', { version: 1 });
    const closed = once(socket, 'disconnect');
    socket.emit('layout', { version: 0, layout: 'x'.repeat(300 * 1024) } as never, () => undefined);
    await closed;
  });

  it('cuts a slow browser off at a bounded backlog and resumes it when it has drained', async () => {
    const backlogBytes = 256 * 1024;
    const { browser, change, maps, gateway, log, nextFrame } = await panel({ limits: { backlogBytes } });
    const socket = browser('slow');
    const { mirror, hello } = follow(socket);
    await hello();
    const resync = once(socket, 'resync');
    const tcp = (socket.io.engine as unknown as { transport: { ws: { _socket: { pause(): void; resume(): void } } } })
      .transport.ws._socket;
    tcp.pause();
    const padding = 'x'.repeat(100_000);
    let sent = 0;
    while (gateway.stats().slow === 0) {
      await nextFrame(() => change('100', { name: `${sent} ${padding}` }));
      sent += 1;
      if (sent > 5_000) throw new Error('never cut off');
    }
    expect(gateway.stats()).toMatchObject({ sockets: 1, following: 0, slow: 1 });
    expect(log.info).toHaveBeenCalledOnce();
    expect(log.info.mock.calls[0]?.[0].dropped).toBeGreaterThan(0);
    // A ping may wait; the frames that could still be taken back do not.
    expect(gateway.stats().waitingBytes).toBeLessThan(log.info.mock.calls[0]?.[0].bytes);
    const { waitingBytes } = gateway.stats();
    expect(waitingBytes).toBeLessThan(backlogBytes + 2 * padding.length);
    const cut = mirror.frames;
    // 10 MB of frames that this browser is not sent.
    for (let i = 0; i < 100; i += 1) await nextFrame(() => change('101', { name: `${i} ${padding}` }));
    expect(gateway.stats().waitingBytes).toBeLessThanOrEqual(waitingBytes);
    expect(mirror.frames).toBe(cut);
    tcp.resume();
    await resync;
    await hello();
    change('102', { name: 'after' });
    await vi.waitFor(() => expect(mirror.maps.extensions.get('102')?.name).toBe('after'));
    expect(mirror.maps).toEqual(maps);
    expect(gateway.stats()).toMatchObject({ following: 1, slow: 0 });
  });

  it('closes a slow browser that does not drain in time, at once when its session ends', async () => {
    const { browser, change, gateway, end, httpServer, nextFrame } = await panel({
      limits: { backlogBytes: 64 * 1024, drainMs: -1e9 },
    });
    const stall = async (user: string) => {
      const socket = browser(user);
      await ask(socket, 'hello', { version: 1 });
      (
        socket.io.engine as unknown as { transport: { ws: { _socket: { pause(): void } } } }
      ).transport.ws._socket.pause();
    };
    const padding = 'x'.repeat(100_000);
    await stall('one');
    let sent = 0;
    while (gateway.stats().sockets > 0) {
      sent += 1;
      change('100', { name: `${sent} ${padding}` });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await stall('two');
    end({ userId: 'two', reason: 'disabled' });
    expect(gateway.stats().sockets).toBe(0);
    const connections = () => new Promise((resolve) => httpServer.getConnections((_error, count) => resolve(count)));
    await vi.waitFor(async () => expect(await connections()).toBe(0), { timeout: 10_000 });
    await stall('three');
    await nextFrame(() => change('100', { name: 'x'.repeat(20_000_000) }));
    gateway.close();
    await vi.waitFor(async () => expect(await connections()).toBe(0), { timeout: 5_000 });
  });
});
