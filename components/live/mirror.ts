import type { CommandName, CommandParams, CommandResult } from '@/server/protocol/commands';
import type { Domain } from '@/server/protocol/domains';
import type { Failure } from '@/server/protocol/errors';
import type { Layout } from '@/server/protocol/layout';
import type { Me } from '@/server/protocol/session';
import { type HelloAnswer, protocolVersion, type SessionEnd } from '@/server/protocol/socket';
import type { Frame, RecordOf } from '@/server/protocol/state';
import { Availability } from './availability';
import { ServerClock } from './clock';
import { LayoutKeeper } from './layout-keeper';
import { Overlay } from './overlay';
import { RecordStore } from './records';
import { Topics } from './topics';
import { type Wire, WireLost } from './wire';

/**
 * connecting → live ⇄ reconnecting; from any of them → ended (no session any more) or versionMismatch (the page is older
 * than the server), which only a new page leaves.
 */
export type Connection = 'connecting' | 'live' | 'reconnecting' | 'ended' | 'versionMismatch';

export interface Notice {
  readonly kind: 'error' | 'success' | 'info';
  readonly text: string;
}

export interface MirrorOptions {
  readonly wire: Wire;
  /** Monotonic ms. */
  readonly now: () => number;
  /** Epoch ms, believed until the server has told its own. */
  readonly wall: () => number;
  readonly later: (run: () => void, ms: number) => () => void;
}

/** The server's state in the browser: snapshot, then ordered ops, with subscriptions per record. Knows no framework. */
export class Mirror {
  readonly topics = new Topics();
  readonly clock: ServerClock;
  readonly records: RecordStore;
  readonly layouts: LayoutKeeper;
  readonly overlay: Overlay;
  readonly availability: Availability;
  #wire: Wire;
  #connection: Connection = 'connecting';
  #endReason: SessionEnd | null = null;
  #me: Me | null = null;
  #have: { epoch: string; seq: number } | null = null;
  /** Counts the hellos: the answer to an older one is of no use. */
  #hello = 0;
  #waiting = false;
  #lostAt: number | null = null;
  #later: MirrorOptions['later'];
  #now: () => number;
  #noticeListeners = new Set<(notice: Notice) => void>();

  constructor(options: MirrorOptions) {
    this.#wire = options.wire;
    this.#later = options.later;
    this.#now = options.now;
    this.clock = new ServerClock(options.now, options.wall());
    this.records = new RecordStore(this.topics);
    this.layouts = new LayoutKeeper(options.wire, this.topics, options.later, (notice) => this.#notify(notice));
    this.overlay = new Overlay(this.records, this.topics, options.later);
    this.availability = new Availability({
      overlay: this.overlay,
      records: this.records,
      wisher: () => ({ by: this.#me?.username ?? null, at: new Date(this.clock.read()).toISOString() }),
      command: (name, params) => this.command(name, params),
      notify: (notice) => this.#notify(notice),
    });
    this.#wire.listen({
      connected: () => void this.#sayHello(),
      disconnected: (refused) => (refused ? this.#end('signedOut') : this.#lost()),
      on: {
        frame: (frame) => this.#frame(frame),
        resync: () => void this.#sayHello(),
        ended: (reason) => this.#end(reason),
        me: (me) => this.#setMe(me),
        layout: (saved) => this.layouts.take(saved),
        appearance: () => this.#tell('appearance'),
      },
    });
  }

  start(): void {
    this.#wire.open();
  }

  stop(): void {
    this.#wire.close();
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Why the session ended; null while it has not. */
  get endReason(): SessionEnd | null {
    return this.#endReason;
  }

  get me(): Me | null {
    return this.#me;
  }

  /** True once a first snapshot is there. */
  get loaded(): boolean {
    return this.#have !== null;
  }

  /** Server time when the panel server was last heard, while it cannot be reached; null while it can. */
  get lostAt(): number | null {
    return this.#lostAt;
  }

  get<D extends Domain>(domain: D, key: string): RecordOf<D> | undefined {
    if (domain === 'extensions') return this.overlay.extension(key) as RecordOf<D> | undefined;
    return this.records.get(domain, key);
  }

  /** One record changed. */
  subscribe(domain: Domain, key: string, listener: () => void): () => void {
    return this.topics.subscribe(`${domain}/${key}`, listener);
  }

  /** Records came or went, or what orders and groups them changed. */
  subscribeKeys(domain: Domain, listener: () => void): () => void {
    return this.topics.subscribe(`${domain}#`, listener);
  }

  /** Anything of the domain changed. */
  subscribeDomain(domain: Domain, listener: () => void): () => void {
    return this.topics.subscribe(domain, listener);
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    this.#noticeListeners.add(listener);
    return () => this.#noticeListeners.delete(listener);
  }

  /** Run a command of the catalogue. Nothing is queued: without a connection it fails at once. */
  async command<N extends CommandName>(name: N, params: CommandParams<N>): Promise<CommandResult> {
    if (this.#connection !== 'live') return away('The panel server cannot be reached.');
    try {
      return await this.#wire.request('command', { name, params });
    } catch (error) {
      if (error instanceof WireLost) return away('The panel server did not answer.');
      throw error;
    }
  }

  saveLayout(change: Partial<Layout>): void {
    this.layouts.change(change);
  }

  async #sayHello(): Promise<void> {
    this.#hello += 1;
    const turn = this.#hello;
    this.#waiting = true;
    const askedAt = this.#now();
    const hello = this.#have ? { version: protocolVersion, have: this.#have } : { version: protocolVersion };
    try {
      const answer = await this.#wire.request('hello', hello);
      if (turn === this.#hello) this.#welcome(answer, askedAt);
    } catch (error) {
      if (!(error instanceof WireLost)) throw error;
      if (turn === this.#hello)
        this.#later(() => turn === this.#hello && this.#waiting && void this.#sayHello(), 1_000);
    }
  }

  #welcome(answer: HelloAnswer, askedAt: number): void {
    if (!answer.ok) {
      this.#refused(answer);
      return;
    }
    this.#waiting = false;
    this.clock.answered(answer.serverTime, askedAt);
    this.#me = answer.me;
    this.layouts.take(answer.layout, true);
    if ('snapshot' in answer) {
      this.records.load(answer.snapshot);
      this.#have = { epoch: answer.snapshot.epoch, seq: answer.snapshot.seq };
    } else if (!answer.frames.every((frame) => this.#applies(frame))) {
      this.#have = null;
      void this.#sayHello();
      return;
    }
    this.overlay.settle();
    this.#connection = 'live';
    this.#lostAt = null;
    this.topics.touchAll();
    this.topics.flush();
  }

  #refused(failure: Failure): void {
    if (failure.error === 'unauthenticated' || failure.error === 'forbidden') this.#end('signedOut');
    else if (failure.error === 'conflict' || failure.field === 'version') this.#setConnection('versionMismatch');
    else {
      const turn = this.#hello;
      this.#later(() => turn === this.#hello && void this.#sayHello(), 2_000);
    }
  }

  #frame(frame: Frame): void {
    // While an answer to hello is awaited it holds, or precedes, whatever comes in between.
    if (this.#waiting || this.#have === null) return;
    this.clock.heard(frame.at);
    if (!this.#applies(frame)) void this.#sayHello();
    this.topics.flush();
  }

  /** False: there is a gap before this frame. */
  #applies(frame: Frame): boolean {
    if (this.#have === null || frame.epoch !== this.#have.epoch) return false;
    if (frame.seq <= this.#have.seq) return true;
    if (frame.prev !== this.#have.seq) return false;
    for (const op of frame.ops) {
      this.records.apply(op);
      if (op[0] === 'extensions') this.overlay.changed(op[1]);
    }
    this.#have = { epoch: frame.epoch, seq: frame.seq };
    return true;
  }

  #setMe(me: Me): void {
    this.#me = me;
    this.topics.touch('me');
    this.topics.flush();
  }

  #tell(topic: string): void {
    this.topics.touch(topic);
    this.topics.flush();
  }

  #lost(): void {
    this.#waiting = false;
    this.#hello += 1;
    if (this.#connection === 'ended' || this.#connection === 'versionMismatch') return;
    if (this.#connection === 'live') this.#lostAt = this.clock.read();
    this.#setConnection(this.#have ? 'reconnecting' : 'connecting');
  }

  #end(reason: SessionEnd): void {
    this.#endReason ??= reason;
    this.#wire.close();
    this.#setConnection('ended');
  }

  #setConnection(connection: Connection): void {
    this.#connection = connection;
    this.topics.touch('connection');
    this.topics.flush();
  }

  #notify(notice: Notice): void {
    for (const listener of this.#noticeListeners) listener(notice);
  }
}

function away(message: string): Failure {
  return { ok: false, error: 'pbxAway', message };
}
