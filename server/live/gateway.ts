import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server } from 'socket.io';
import type { RunCommand } from '../commands/executor';
import { fail } from '../commands/failures';
import type { Failure } from '../protocol/errors';
import type { SavedLayout } from '../protocol/layout';
import type { ClientEvents, ServerEvents } from '../protocol/socket';
import type { Frame } from '../protocol/state';
import { type Audience, everyone } from './audiences';
import { type EngineConnection, terminate } from './backlog';
import { ChangedLog } from './changed-log';
import { asValue, wireParser } from './encoding';
import { EndedLog } from './ended-log';
import type { Hub, Schedule } from './hub';
import { type Authenticate, concerns, type Identity, type LayoutPort, type SessionEvents } from './identity';
import {
  type Limits,
  type NoEvents,
  type PanelSocket,
  Peer,
  type PeerContext,
  type PeerLog,
  roomName,
  type SocketData,
} from './peer';
import { Rooms } from './rooms';
import { SlowReaders } from './slow';
import { Strangers } from './strangers';

export interface GatewayOptions {
  readonly httpServer: HttpServer;
  readonly hub: Hub;
  readonly authenticate: Authenticate;
  /** `origin`: undefined when the client sent none, which no browser does. `host`: the Host header. */
  readonly originAllowed: (origin: string | undefined, host: string | undefined) => boolean;
  readonly sessions: SessionEvents;
  readonly layouts: LayoutPort;
  readonly run: RunCommand;
  readonly now: () => number;
  readonly schedule: Schedule;
  readonly log: PeerLog;
  /** Who the peer is, behind a proxy that is trusted; default: the address of the TCP connection. */
  readonly addressOf?: (request: IncomingMessage) => string;
  readonly audienceOf?: (identity: Identity) => Audience;
  readonly limits?: Partial<GatewayLimits>;
}

export interface GatewayLimits extends Limits {
  readonly sockets: number;
  readonly socketsPerActor: number;
  /** Connections that have not shown who they are; beyond it the one that has waited longest is cut off. */
  readonly strangers: number;
  /** While more than this waits for all browsers together, nobody else is given a snapshot. */
  readonly waitingBytes: number;
}

export interface GatewayStats {
  readonly sockets: number;
  /** Those that said hello and get frames. */
  readonly following: number;
  /** Those that are waited for because they read too slowly. */
  readonly slow: number;
  /** What waits in this process to be sent to all of them. */
  readonly waitingBytes: number;
}

/** One open window, or one program that listens. */
export interface OpenConnection {
  readonly kind: Identity['actor']['kind'];
  readonly userId: string;
  readonly sessionId: string;
  readonly me: Identity['me'];
  readonly address: string;
  readonly userAgent: string;
  /** Epoch ms. */
  readonly since: number;
  readonly slow: boolean;
}

export interface Gateway {
  stats(): GatewayStats;
  /** Everybody who is connected. */
  connections(): readonly OpenConnection[];
  /** Ids of the users' sessions that look at the panel now: to be kept alive, for looking is use. */
  openSessions(): ReadonlySet<string>;
  /** The panel looks different: tell everybody. */
  appearanceChanged(): void;
  /** Ids of the users who look at the panel now. */
  openUsers(): ReadonlySet<string>;
  /** Addresses of those who look at it with this session, token or board. */
  addressesOf(sessionId: string): readonly string[];
  /** The own extensions of those users. */
  ownExtensions(): ReadonlySet<string>;
  /** A layout was saved elsewhere (REST): show it to the user's browsers. */
  layoutSaved(userId: string, saved: SavedLayout): void;
  /** What some may see may be something else now. */
  review(): void;
  /** Closes all sockets; the HTTP server is its owner's to close, after this. */
  close(): void;
}

type PanelServer = Server<ClientEvents, ServerEvents, NoEvents, SocketData>;

const defaultLimits: GatewayLimits = {
  backlogBytes: 1024 * 1024,
  backlogPackets: 400,
  drainMs: 30_000,
  sockets: 5_000,
  socketsPerActor: 64,
  strangers: 1_000,
  waitingBytes: 64 * 1024 * 1024,
};

const slowLookMs = 250;
const maxTokenLength = 512;

class HandshakeRefusedError extends Error {
  constructor(readonly data: Failure) {
    super(data.error);
    this.name = 'HandshakeRefusedError';
  }
}

/**
 * The Socket.IO server on `/socket.io`. WebSocket only: polling would cost a second way through cookies and origins, and
 * every browser and proxy of today lets WebSocket through. Compression is off (7 times the CPU, 250 KB per browser),
 * and so is Socket.IO's own recovery: it skips authentication, and frames have a sequence of their own.
 */
export function createGateway(options: GatewayOptions): Gateway {
  const limits = { ...defaultLimits, ...options.limits };
  const io: PanelServer = new Server({
    path: '/socket.io',
    serveClient: false,
    transports: ['websocket'],
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 256 * 1024,
    connectTimeout: 10_000,
    pingInterval: 15_000,
    pingTimeout: 20_000,
    parser: wireParser,
    allowRequest: (request, answer) => {
      const { origin, host } = request.headers;
      const room = io.engine.clientsCount < limits.sockets;
      answer(null, room && options.originAllowed(origin, host));
    },
  });
  const peers = new Set<Peer>();
  const ended = new EndedLog();
  const changed = new ChangedLog();
  const strangers = new Strangers(limits.strangers, terminate);
  const slow = new SlowReaders(options.schedule, slowLookMs);
  const rooms = new Rooms<Peer>(options.hub, (key, { text }) => {
    io.to(roomName(key)).emit('frame', asValue<Frame>(text));
  });
  const shareLayout = (userId: string, saved: SavedLayout, except: Peer | null): void => {
    for (const peer of peers) {
      const { actor } = peer.identity;
      if (peer !== except && actor.kind === 'user' && actor.id === userId) peer.showLayout(saved);
    }
  };
  const waitingBytes = (): number => [...peers].reduce((sum, peer) => sum + peer.waitingBytes, 0);
  const context: PeerContext = {
    ...options,
    limits,
    rooms,
    slow,
    shareLayout,
    audienceOf: options.audienceOf ?? (() => everyone),
    crowded: () => waitingBytes() > limits.waitingBytes,
  };

  io.use((socket, next) => {
    socket.data.mark = ended.mark;
    socket.data.changeMark = changed.mark;
    const connection = connectionOf(socket);
    strangers.remove(connection);
    authenticate(socket, options).then(
      (identity) => {
        socket.data.identity = identity;
        next();
      },
      (error: unknown) => {
        if (socket.conn.readyState === 'open') strangers.add(connection);
        next(handshakeError(error, options.log));
      },
    );
  });

  io.on('connection', (socket) => {
    const peer = new Peer(socket, context);
    const over = ended.since(socket.data.mark, peer.identity);
    const crowded = countOf(peers, peer.identity) >= limits.socketsPerActor;
    peers.add(peer);
    socket.on('disconnect', () => {
      peers.delete(peer);
      peer.gone();
    });
    const newer = changed.since(socket.data.changeMark, peer.identity);
    if (over !== null) peer.end(over.reason);
    else if (crowded) socket.disconnect(true);
    else if (newer !== null) peer.changed(newer);
  });

  const unsubscribe = [
    options.sessions.onEnded((end) => {
      ended.add(end);
      for (const peer of [...peers]) if (concerns(end, peer.identity)) peer.end(end.reason);
    }),
    options.sessions.onChanged((me) => {
      changed.add(me);
      for (const peer of peers) {
        const { actor } = peer.identity;
        if (actor.kind === 'user' && actor.id === me.id) peer.changed(me);
      }
    }),
  ];

  io.attach(options.httpServer);
  io.engine.on('connection', (raw: EngineConnection & { once(event: 'close', listener: () => void): void }) => {
    strangers.add(raw);
    raw.once('close', () => strangers.remove(raw));
  });
  return {
    stats: () => ({
      sockets: peers.size,
      following: [...peers].filter((peer) => peer.following).length,
      slow: slow.size,
      waitingBytes: waitingBytes(),
    }),
    connections: () => [...peers].map((peer) => peer.connection),
    openSessions: () =>
      new Set([...peers].flatMap(({ identity }) => (identity.actor.kind === 'user' ? [identity.sessionId] : []))),
    appearanceChanged: () => void io.emit('appearance'),
    openUsers: () =>
      new Set([...peers].flatMap(({ identity: { actor } }) => (actor.kind === 'user' ? [actor.id] : []))),
    addressesOf: (sessionId) =>
      [...peers].flatMap(({ identity }) => (identity.sessionId === sessionId ? [identity.actor.address] : [])),
    ownExtensions: () => new Set([...peers].flatMap(({ identity }) => identity.actor.extension ?? [])),
    layoutSaved: (userId, saved) => shareLayout(userId, saved, null),
    review: () => {
      for (const peer of peers) peer.review();
    },
    close: () => {
      for (const stop of unsubscribe) stop();
      slow.close();
      rooms.close();
      const connections = Object.values(engineOf(io).clients);
      io.engine.close();
      // Those that do not read would hold the HTTP server open.
      for (const connection of connections) terminate(connection);
    },
  };
}

function connectionOf(socket: PanelSocket): EngineConnection {
  return socket.conn as unknown as EngineConnection;
}

/** Socket.IO leaves its engine untyped. */
function engineOf(io: PanelServer): { readonly clients: Readonly<Record<string, EngineConnection>> } {
  return io.engine as unknown as { readonly clients: Readonly<Record<string, EngineConnection>> };
}

function countOf(peers: ReadonlySet<Peer>, { actor }: Identity): number {
  let count = 0;
  for (const { identity } of peers)
    if (identity.actor.kind === actor.kind && identity.actor.id === actor.id) count += 1;
  return count;
}

async function authenticate(socket: PanelSocket, options: GatewayOptions): Promise<Identity> {
  const { handshake, request } = socket;
  const token: unknown = handshake.auth.token;
  const identity = await options.authenticate({
    cookie: handshake.headers.cookie,
    token: typeof token === 'string' && token.length <= maxTokenLength ? token : undefined,
    address: options.addressOf?.(request) ?? handshake.address,
  });
  if (identity === null) throw new HandshakeRefusedError(fail('unauthenticated', 'Not signed in.'));
  if (!identity.mayRead) {
    throw new HandshakeRefusedError(fail('forbidden', 'This token lacks the scope state:read.'));
  }
  return identity;
}

function handshakeError(error: unknown, log: PeerLog): HandshakeRefusedError {
  if (error instanceof HandshakeRefusedError) return error;
  log.error({ err: error }, 'handshake failed');
  return new HandshakeRefusedError(fail('internal', 'The panel failed; see its log.'));
}
