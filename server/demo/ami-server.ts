import { createServer, type Server } from 'node:net';
import { callActions } from './ami-calls';
import { conferenceActions } from './ami-conferences';
import { databaseActions } from './ami-database';
import { dialplanActions } from './ami-dialplan';
import { listActions } from './ami-lists';
import { mediaActions } from './ami-media';
import { moveActions } from './ami-moves';
import { queueActions } from './ami-queues';
import type { AmiAction } from './ami-reply';
import { type AmiAccount, AmiSession } from './ami-session';
import { systemActions } from './ami-system';
import type { Engine } from './engine';

export interface AmiServerOptions {
  readonly engine: Engine;
  readonly username: string;
  readonly secret: string;
  /** Further accounts. */
  readonly others?: readonly AmiAccount[];
  /** 0, the default: any free port. */
  readonly port?: number;
  readonly authTimeoutMs?: number;
  readonly maxBacklog?: number;
}

/** Asterisk's `authlimit`: strangers at once. */
const maxUnauthenticated = 50;
const maxSessions = 200;

const actions = new Map<string, AmiAction>(
  [
    listActions,
    systemActions,
    databaseActions,
    dialplanActions,
    callActions,
    moveActions,
    queueActions,
    conferenceActions,
    mediaActions,
  ].flatMap((group) => Object.entries(group).map(([name, action]) => [name.toLowerCase(), action] as const)),
);

/** The demo's AMI on 127.0.0.1: what Asterisk does for the panel's own client, at the other end of a real socket. */
export class AmiServer {
  private readonly sessions = new Set<AmiSession>();
  private readonly stopListening: () => void;

  private constructor(
    private readonly server: Server,
    readonly port: number,
    options: AmiServerOptions,
  ) {
    this.stopListening = options.engine.core.listen((block) => {
      for (const session of this.sessions) session.event(block);
    });
  }

  /** Rejects when the port cannot be had. */
  static async start(options: AmiServerOptions): Promise<AmiServer> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port: options.port ?? 0 }, () => {
        server.off('error', reject);
        resolve();
      });
    });
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const ami = new AmiServer(server, port, options);
    server.on('connection', (socket) => {
      const strangers = [...ami.sessions].filter((session) => !session.loggedIn).length;
      if (strangers >= maxUnauthenticated || ami.sessions.size >= maxSessions) {
        socket.destroy();
        return;
      }
      const { engine, username, secret, others = [], authTimeoutMs = 30_000, maxBacklog = 16 * 1024 * 1024 } = options;
      const accounts = [{ username, secret }, ...others];
      const settings = { engine, actions, accounts, authTimeoutMs, maxBacklog };
      ami.sessions.add(new AmiSession(socket, settings, (session) => ami.sessions.delete(session)));
    });
    return ami;
  }

  /** Drops every connection without a word, as a crash would. */
  cut(): void {
    for (const session of [...this.sessions]) session.destroy();
  }

  /** Says goodbye and stops; resolves when the port is free. */
  async close(): Promise<void> {
    this.stopListening();
    for (const session of [...this.sessions]) session.shutdown();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
