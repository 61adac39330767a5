import type { Socket } from 'socket.io';
import type { RunCommand } from '../commands/executor';
import { fail } from '../commands/failures';
import { TokenBucket } from '../commands/limiter';
import type { CommandResult } from '../protocol/commands';
import type { Failure } from '../protocol/errors';
import type { SavedLayout } from '../protocol/layout';
import { defaultLayout } from '../protocol/layout-default';
import type { Me } from '../protocol/session';
import {
  type ClientEvents,
  type HelloAnswer,
  type LayoutAnswer,
  protocolVersion,
  type ServerEvents,
  type SessionEnd,
} from '../protocol/socket';
import type { Frame } from '../protocol/state';
import type { Audience } from './audiences';
import { backlogOf, dropFrames, type EngineConnection, terminate } from './backlog';
import { asValue } from './encoding';
import type { Schedule, Sync } from './hub';
import { type Identity, type LayoutPort, userActor } from './identity';
import { commandMessage, helloMessage, layoutMessage } from './messages';
import type { Have, Reader, Rooms } from './rooms';
import type { SlowReader, SlowReaders } from './slow';

export interface SocketData {
  identity: Identity;
  /** Of the logs of ended sessions and of changed users, from before the handshake. */
  mark: number;
  changeMark: number;
}

export type NoEvents = Record<string, never>;
export type PanelSocket = Socket<ClientEvents, ServerEvents, NoEvents, SocketData>;

export interface Limits {
  /** More than this waiting for a browser, and it is taken out of the stream. */
  readonly backlogBytes: number;
  readonly backlogPackets: number;
  /** How long it may take to drain, ms; 1 s more for each 64 KB that waits. */
  readonly drainMs: number;
}

export interface PeerLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What all sockets share. */
export interface PeerContext {
  readonly rooms: Rooms<Peer>;
  readonly slow: SlowReaders;
  readonly layouts: LayoutPort;
  readonly run: RunCommand;
  readonly audienceOf: (identity: Identity) => Audience;
  /** So much waits for all browsers together that newcomers must come again later. */
  readonly crowded: () => boolean;
  readonly shareLayout: (userId: string, saved: SavedLayout, except: Peer) => void;
  readonly now: () => number;
  readonly schedule: Schedule;
  readonly log: PeerLog;
  readonly limits: Limits;
}

type Reply<A> = (answer: A | Failure) => void;

export function roomName(audienceKey: string): string {
  return `audience:${audienceKey}`;
}

/** One browser or program on the wire. */
export class Peer implements Reader, SlowReader {
  private audience: Audience | null = null;
  /** Size of the snapshot that may still be on its way: it alone does not make a reader slow. */
  private allowance = 0;
  private readonly messages = new TokenBucket({ burst: 40, perSecond: 10 });
  private readonly hellos = new TokenBucket({ burst: 8, perSecond: 0.5 });
  private readonly flood = new TokenBucket({ burst: 400, perSecond: 50 });

  constructor(
    private readonly socket: PanelSocket,
    private readonly context: PeerContext,
  ) {
    socket.use((_event, next) => {
      if (this.flood.take(context.now())) next();
      else {
        context.log.warn({ address: this.identity.actor.address }, 'socket closed: it floods');
        terminate(this.conn);
      }
    });
    socket.on('hello', (hello: unknown, answer: unknown) => {
      this.handle<HelloAnswer>(this.hellos, answer, (reply) => this.hello(hello, reply));
    });
    socket.on('command', (request: unknown, answer: unknown) => {
      this.handle<CommandResult>(this.messages, answer, (reply) => this.command(request, reply));
    });
    socket.on('layout', (saved: unknown, answer: unknown) => {
      this.handle<LayoutAnswer>(this.messages, answer, (reply) => this.saveLayout(saved, reply));
    });
  }

  get identity(): Identity {
    return this.socket.data.identity;
  }

  get connection() {
    const { actor, me, sessionId } = this.identity;
    const { issued, headers } = this.socket.handshake;
    const userAgent = headers['user-agent'] ?? '';
    const slow = this.waitingBytes > this.context.limits.backlogBytes;
    return {
      kind: actor.kind,
      userId: actor.id,
      sessionId,
      me,
      address: actor.address,
      userAgent,
      since: issued,
      slow,
    };
  }

  get following(): boolean {
    return this.audience !== null;
  }

  get waitingBytes(): number {
    return backlogOf(this.conn).bytes;
  }

  beforeFrame(): void {
    const { bytes } = backlogOf(this.conn);
    if (bytes <= this.context.limits.backlogBytes) this.allowance = 0;
    if (!this.overloaded(this.allowance)) return;
    this.leave();
    const dropped = dropFrames(this.conn);
    const { limits, log, slow } = this.context;
    slow.add(this, limits.drainMs + bytes / 64);
    log.info({ address: this.identity.actor.address, bytes, dropped }, 'browser reads too slowly: frames dropped');
  }

  drained(): boolean {
    const { packets, bytes } = backlogOf(this.conn);
    return packets === 0 && bytes === 0;
  }

  resume(): void {
    this.socket.emit('resync');
  }

  giveUp(): void {
    this.context.log.info({ address: this.identity.actor.address }, 'browser did not drain: closed');
    terminate(this.conn);
  }

  /** The session is over: say so and close, at once for those who do not read. */
  end(reason: SessionEnd): void {
    this.leave();
    this.socket.emit('ended', reason);
    this.socket.disconnect(true);
  }

  /** The user's profile or permissions changed; with them, maybe, what the user may see. */
  changed(me: Me): void {
    const { identity } = this;
    this.socket.data.identity = { ...identity, me, actor: userActor(me, identity.sessionId, identity.actor.address) };
    this.socket.emit('me', me);
    this.review();
  }

  /** What the user may see may be something else now. */
  review(): void {
    if (this.audience === null || this.audience.key === this.context.audienceOf(this.identity).key) return;
    this.leave();
    this.socket.emit('resync');
  }

  showLayout(saved: SavedLayout): void {
    this.socket.emit('layout', saved);
  }

  /** Off the wire. Its connection may still be open, full of what nobody reads: it gets a moment to say goodbye. */
  gone(): void {
    this.leave();
    this.context.slow.remove(this);
    this.context.schedule(() => terminate(this.conn), 1_000);
  }

  private get conn(): EngineConnection {
    return this.socket.conn as unknown as EngineConnection;
  }

  private overloaded(allowance: number): boolean {
    const { packets, bytes } = backlogOf(this.conn);
    return packets > this.context.limits.backlogPackets || bytes > this.context.limits.backlogBytes + allowance;
  }

  private leave(): void {
    if (this.audience === null) return;
    this.context.rooms.leave(this, this.audience);
    void this.socket.leave(roomName(this.audience.key));
    this.audience = null;
  }

  /** Every message is answered exactly once, whatever it holds; a browser may also send none to answer to. */
  private handle<A>(bucket: TokenBucket, answer: unknown, work: (reply: Reply<A>) => Promise<void>): void {
    const reply: Reply<A> = typeof answer === 'function' ? (result) => answer(result) : () => undefined;
    if (!bucket.take(this.context.now())) {
      reply(fail('rateLimited', 'Too many messages at once; wait a moment.'));
      return;
    }
    work(reply).catch((error: unknown) => {
      this.context.log.error({ err: error }, 'message failed');
      reply(fail('internal', 'The panel failed to do this; see its log.'));
    });
  }

  private async hello(raw: unknown, reply: Reply<HelloAnswer>): Promise<void> {
    const parsed = helloMessage.safeParse(raw);
    if (!parsed.success) return reply(invalid(parsed.error.issues));
    if (parsed.data.version !== protocolVersion) {
      return reply(fail('invalid', 'This page is of another version of the panel; reload it.', 'version'));
    }
    const { actor } = this.identity;
    const layout =
      actor.kind === 'user' ? await this.context.layouts.get(actor.id) : { version: 0, layout: defaultLayout };
    if (!this.socket.connected) return;
    if (this.overloaded(0)) return reply(fail('rateLimited', 'Too much is still on its way to this browser.'));
    if (this.context.crowded()) return reply(fail('rateLimited', 'The panel is busy with other browsers; ask again.'));
    this.follow(parsed.data.have, layout, reply);
  }

  private follow(have: Have | undefined, layout: SavedLayout, reply: Reply<HelloAnswer>): void {
    const { rooms, slow, audienceOf, now } = this.context;
    const audience = audienceOf(this.identity);
    if (this.audience?.key !== audience.key) this.leave();
    slow.remove(this);
    rooms.join(this, audience, have, (sync) => {
      const text = welcome(this.identity.me, layout, now(), sync);
      this.allowance = Buffer.byteLength(text);
      reply(asValue<HelloAnswer>(text));
      if (sync.snapshot !== null) {
        for (const { text } of sync.frames) this.socket.emit('frame', asValue<Frame>(text));
      }
      void this.socket.join(roomName(audience.key));
    });
    this.audience = audience;
  }

  private async command(raw: unknown, reply: Reply<CommandResult>): Promise<void> {
    if (this.identity.actor.kind === 'board') return reply(fail('forbidden', 'A wallboard only looks.'));
    const parsed = commandMessage.safeParse(raw);
    if (!parsed.success) return reply(invalid(parsed.error.issues));
    reply(await this.context.run(parsed.data.name, parsed.data.params, this.identity.actor));
  }

  private async saveLayout(raw: unknown, reply: Reply<LayoutAnswer>): Promise<void> {
    const { actor } = this.identity;
    if (actor.kind !== 'user') return reply(fail('forbidden', 'Only people have a layout.'));
    const parsed = layoutMessage.safeParse(raw);
    if (!parsed.success) return reply(invalid(parsed.error.issues));
    const result = await this.context.layouts.put(actor.id, parsed.data);
    if (!result.ok) {
      return reply({ ...fail('conflict', 'The layout was changed in another window.'), current: result.current });
    }
    const { version } = result;
    reply({ ok: true, version });
    this.context.shareLayout(actor.id, { version, layout: parsed.data.layout }, this);
  }
}

function invalid(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): Failure {
  const [issue] = issues;
  const field = issue?.path.map(String).join('.');
  return fail('invalid', issue?.message ?? 'The message is not valid.', field === '' ? undefined : field);
}

/** A HelloAnswer as JSON; snapshot and frames are texts made once for everybody. */
function welcome(me: Me, layout: SavedLayout, serverTime: number, { snapshot, frames }: Sync): string {
  const head = JSON.stringify({ ok: true, me, layout, serverTime }).slice(0, -1);
  if (snapshot !== null) return `${head},"snapshot":${snapshot}}`;
  return `${head},"frames":[${frames.map(({ text }) => text).join(',')}]}`;
}
