import { Backoff } from './backoff';
import { type Clock, systemClock } from './clock';
import { encodeAction } from './encode';
import { AmiLinkError, AmiNotConnectedError } from './errors';
import { DEFAULT_HEARTBEAT, Heartbeat, type HeartbeatOptions } from './heartbeat';
import { logIn } from './login';
import { AmiParser } from './parser';
import { PendingActions } from './pending';
import type { TamperReason } from './tamper';
import { openSocket, type Transport, type TransportFactory } from './transport';
import type { AmiCallOptions, AmiFields, AmiHandlers, AmiMessage, AmiPort, SessionState, SessionStatus } from './types';
import type { AmiConnect } from './url';

export interface AmiSessionOptions {
  readonly connect: AmiConnect;
  /** Event names the owner's `handlers.event` gets; all others stay undecoded. */
  readonly wants: ReadonlySet<string> | ((name: string) => boolean);
  readonly handlers: AmiHandlers;
  readonly clock?: Clock;
  /** 0 ≤ x < 1, for jitter only. */
  readonly random?: () => number;
  readonly transportFactory?: TransportFactory;
  readonly heartbeat?: HeartbeatOptions;
}

export interface AmiSessionStats {
  readonly bytesIn: number;
  readonly eventsSeen: number;
  readonly eventsParsed: number;
  /** Blocks dropped as forged, or because forged ones might be among them. */
  readonly blocksDropped: number;
  readonly tamperIncidents: number;
  readonly reconnects: number;
  /** Exceptions of the owner's handlers; each was reported as a process warning. */
  readonly handlerErrors: number;
}

/** Greeting, challenge and login together; Asterisk's own `authtimeout` is 30 s. */
const LOGIN_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** FullyBooted comes with the login's answer when the account may see it at all. */
const BOOT_PROBE_MS = 2_000;
/**
 * Classes the panel reads. Without `dialplan`, Asterisk never sends Newexten and VarSet, and without `reporting` no RTCP and
 * no TestEvent (free text, in Debian's builds too): half of a busy stream. Lists answer whatever the mask says.
 */
const EVENT_MASK = 'call,agent,user,system';
/** What Asterisk may leave out where the account has `system`; elsewhere it is skipped here. Extended regex on the text. */
const FILTERED = ['RTCPSent', 'RTCPReceived', 'PresenceStatus', 'Newexten', 'VarSet'] as const;
const GREETING = /^Asterisk Call Manager(?: Proxy)?\/(\d+(?:\.\d+)*)/;

const NEXT: Readonly<Record<SessionState, readonly SessionState[]>> = {
  idle: ['connecting', 'closed'],
  connecting: ['loggingIn', 'waiting', 'closed'],
  loggingIn: ['booting', 'waiting', 'closed'],
  booting: ['ready', 'waiting', 'closed'],
  ready: ['booting', 'waiting', 'closed'],
  waiting: ['connecting', 'closed'],
  closed: [],
};

/** One connection after the other to one PBX; the states are drawn in ./types. Nothing is queued and nothing replayed. */
export class AmiSession implements AmiPort {
  readonly #options: AmiSessionOptions;
  readonly #clock: Clock;
  readonly #pending: PendingActions;
  readonly #backoff: Backoff;
  readonly #heartbeat: Heartbeat;
  readonly #wants: (name: string) => boolean;
  #status: SessionStatus;
  #transport: Transport | null = null;
  #parser: AmiParser | null = null;
  #cancelTimer: () => void = () => {};
  /** Ready was reached without FullyBooted; one that comes later means that all must be read again. */
  #probed = false;
  readonly #past = { bytes: 0, blocks: 0, parsed: 0, dropped: 0, incidents: 0 };
  #connects = 0;
  #handlerErrors = 0;

  constructor(options: AmiSessionOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#pending = new PendingActions(this.#clock);
    this.#backoff = new Backoff(options.random ?? Math.random);
    this.#heartbeat = new Heartbeat(
      this.#clock,
      options.heartbeat ?? DEFAULT_HEARTBEAT,
      () => this.#ping(),
      () => this.#fail(new AmiLinkError('pingOverdue', 'The PBX does not answer any more')),
    );
    const wants = options.wants;
    this.#wants = typeof wants === 'function' ? wants : (name) => wants.has(name);
    this.#status = { state: 'idle', since: this.#clock.now(), failure: null, amiVersion: null };
  }

  get status(): SessionStatus {
    return this.#status;
  }

  /** Connect, and stay connected until `close`. */
  start(): void {
    if (this.#status.state === 'idle') this.#connect();
  }

  /** Log off and end for good; pending actions are rejected. */
  async close(): Promise<void> {
    if (this.#status.state === 'closed') return;
    if (this.#status.state === 'ready') this.#transport?.write(encodeAction('Logoff', this.#pending.nextId()));
    this.#tearDown();
    this.#pending.rejectAll('lost');
    this.#move('closed', { failure: null });
  }

  async action(name: string, fields?: AmiFields, options?: AmiCallOptions): Promise<AmiMessage> {
    if (this.#status.state !== 'ready') throw new AmiNotConnectedError(name);
    return this.#send(name, fields, options);
  }

  async *list(name: string, fields?: AmiFields, options?: AmiCallOptions): AsyncGenerator<AmiMessage, void, void> {
    const transport = this.#transport;
    if (this.#status.state !== 'ready' || transport === null) throw new AmiNotConnectedError(name);
    const id = this.#pending.nextId();
    const bytes = encodeAction(name, id, fields);
    const queue = this.#pending.list(id, name, options);
    if (!queue.finished) transport.write(bytes);
    try {
      for (let item = await queue.next(); item !== undefined; item = await queue.next()) yield item;
    } finally {
      this.#pending.abandon(id);
    }
  }

  stats(): AmiSessionStats {
    const live = this.#parser?.stats;
    const sum = (key: 'bytes' | 'blocks' | 'parsed' | 'dropped' | 'incidents'): number =>
      this.#past[key] + (live?.[key] ?? 0);
    return {
      bytesIn: sum('bytes'),
      eventsSeen: sum('blocks'),
      eventsParsed: sum('parsed'),
      blocksDropped: sum('dropped'),
      tamperIncidents: sum('incidents'),
      reconnects: Math.max(0, this.#connects - 1),
      handlerErrors: this.#handlerErrors,
    };
  }

  /** The one place where the state changes. */
  #move(state: SessionState, change: Partial<Pick<SessionStatus, 'failure' | 'amiVersion'>> = {}): void {
    const from = this.#status.state;
    if (!NEXT[from].includes(state)) throw new Error(`AMI session cannot go from ${from} to ${state}`);
    this.#status = { ...this.#status, ...change, state, since: this.#clock.now() };
    const status = this.#status;
    this.#guard(() => this.#options.handlers.status(status));
  }

  #connect(): void {
    this.#move('connecting');
    // The owner may have closed the session from its status handler.
    if (this.#status.state !== 'connecting') return;
    this.#probed = false;
    const parser = this.#newParser();
    this.#parser = parser;
    this.#setTimer(CONNECT_TIMEOUT_MS, () => this.#fail(new AmiLinkError('timeout', 'The PBX does not answer')));
    const current = (): boolean => this.#parser === parser;
    this.#transport = (this.#options.transportFactory ?? openSocket)(this.#options.connect, {
      open: () => {},
      data: (chunk) => {
        if (current()) parser.write(chunk);
      },
      close: (error) => {
        if (current()) this.#fail(error);
      },
    });
  }

  #newParser(): AmiParser {
    return new AmiParser({
      wants: (name) => name === 'FullyBooted' || name === 'Shutdown' || this.#wants(name),
      isOurs: (id) => this.#pending.has(id),
      greeting: (line) => this.#greeted(line),
      message: (message, id) => this.#receive(message, id),
      tamper: (reason, excerpt) => this.#tampered(reason, excerpt),
    });
  }

  #greeted(line: string): boolean {
    const version = GREETING.exec(line)?.[1];
    if (version === undefined) {
      this.#fail(new AmiLinkError('notAsterisk', 'What answers there is not an Asterisk manager interface'));
      return false;
    }
    this.#setTimer(LOGIN_TIMEOUT_MS, () => this.#fail(new AmiLinkError('timeout', 'The PBX did not answer the login')));
    this.#move('loggingIn', { amiVersion: version });
    if (this.#status.state !== 'loggingIn') return false;
    void this.#logIn();
    return true;
  }

  async #logIn(): Promise<void> {
    const { transport, parser } = this.#now();
    const send = (name: string, fields: AmiFields): Promise<AmiMessage> => {
      if (this.#parser !== parser) return Promise.reject(new AmiNotConnectedError(name));
      // FullyBooted may follow the login's answer in the same bytes, before any promise has run.
      const accepted = name === 'Login' ? (): void => this.#booting() : undefined;
      return this.#send(name, fields, { timeoutMs: LOGIN_TIMEOUT_MS }, accepted);
    };
    try {
      await logIn(send, this.#options.connect, transport?.encrypted === true, EVENT_MASK);
    } catch (error) {
      const link = error instanceof AmiLinkError ? error : new AmiLinkError('lost', 'The login failed');
      if (this.#parser === parser) this.#fail(link);
    }
  }

  #now(): { transport: Transport | null; parser: AmiParser | null } {
    return { transport: this.#transport, parser: this.#parser };
  }

  #receive(message: AmiMessage, id: string | undefined): void {
    if (id !== undefined && this.#pending.has(id)) {
      this.#heartbeat.alive();
      if (this.#pending.take(id, message)) return;
    }
    if (message.kind === 'event') this.#event(message);
  }

  #event(message: AmiMessage): void {
    const state = this.#status.state;
    if (message.name === 'FullyBooted') {
      if (state === 'booting') this.#ready();
      else if (state === 'ready' && this.#probed) this.#bootedLate();
    } else if (message.name === 'Shutdown' && (state === 'ready' || state === 'booting')) {
      if (this.#wants('Shutdown')) this.#deliver(message);
      this.#fail(new AmiLinkError('shutdown', 'Asterisk is shutting down'));
      return;
    }
    if (this.#status.state === 'ready' && this.#wants(message.name)) this.#deliver(message);
  }

  #deliver(message: AmiMessage): void {
    this.#guard(() => this.#options.handlers.event(message, this.#clock.now()));
  }

  #booting(): void {
    this.#move('booting');
    if (this.#status.state !== 'booting') return;
    this.#setTimer(BOOT_PROBE_MS, () => {
      // An account without the class `system` never sees FullyBooted (Asterisk ≤ 12 and filters): ask, and go on.
      this.#setTimer(LOGIN_TIMEOUT_MS, () => this.#fail(new AmiLinkError('timeout', 'The PBX does not answer')));
      this.#quietly('Ping', {}, () => {
        if (this.#status.state !== 'booting') return;
        this.#probed = true;
        this.#ready();
      });
    });
  }

  #ready(): void {
    this.#cancelTimer();
    this.#backoff.reset();
    this.#heartbeat.start();
    const unwanted = FILTERED.filter((name) => !this.#wants(name));
    this.#connects++;
    this.#move('ready', { failure: null });
    if (this.#status.state !== 'ready' || unwanted.length === 0) return;
    this.#quietly('Filter', { Operation: 'Add', Filter: `!^Event: (${unwanted.join('|')})` });
  }

  /** Ready was assumed while Asterisk still loaded its modules; the owner reads everything again on `ready`. */
  #bootedLate(): void {
    this.#probed = false;
    this.#move('booting');
    if (this.#status.state === 'booting') this.#move('ready');
  }

  #tampered(reason: TamperReason, excerpt: string): void {
    // Its answer proves that the forged bytes are over; sent before the owner hears of it and reads again.
    this.#quietly('Ping', {});
    this.#guard(() => this.#options.handlers.tamper({ at: this.#clock.now(), reason, excerpt }));
  }

  #ping(): void {
    this.#quietly('Ping', {}, () => this.#heartbeat.answered());
  }

  /** An action of the session's own whose refusal is normal; a lost link is told through the status. */
  #quietly(name: string, fields: AmiFields, done: () => void = () => {}): void {
    const parser = this.#parser;
    // The deadline is the heartbeat's, this one only frees the memory.
    const accepted = (): void => {
      if (this.#parser === parser) done();
    };
    this.#send(name, fields, { timeoutMs: 60_000 }, accepted).catch(() => {});
  }

  async #send(name: string, fields?: AmiFields, options?: AmiCallOptions, accepted?: () => void): Promise<AmiMessage> {
    const transport = this.#transport;
    if (transport === null) throw new AmiNotConnectedError(name);
    const id = this.#pending.nextId();
    const bytes = encodeAction(name, id, fields);
    const answer = this.#pending.action(id, name, options, accepted);
    if (this.#pending.has(id)) transport.write(bytes);
    return answer;
  }

  #fail(error: AmiLinkError): void {
    if (this.#status.state === 'closed' || this.#status.state === 'waiting') return;
    this.#tearDown();
    const wait = this.#backoff.next(error.kind);
    this.#setTimer(wait, () => this.#connect());
    this.#move('waiting', { failure: { kind: error.kind, message: error.message } });
    // After the state: whoever is told that his action was lost finds the link already down.
    this.#pending.rejectAll(error.kind);
  }

  #tearDown(): void {
    this.#cancelTimer();
    this.#heartbeat.stop();
    const parser = this.#parser;
    if (parser !== null) {
      parser.stop();
      for (const key of ['bytes', 'blocks', 'parsed', 'dropped', 'incidents'] as const)
        this.#past[key] += parser.stats[key];
    }
    this.#parser = null;
    this.#transport?.destroy();
    this.#transport = null;
  }

  #setTimer(ms: number, run: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(ms, run);
  }

  #guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#handlerErrors++;
      process.emitWarning(error instanceof Error ? error : String(error), 'AmiHandlerError');
    }
  }
}
