import type { AmiMessage, AmiPort, SessionStatus, TamperIncident } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import { Access, type FeedLog, isLinkGone, ReadAbortedError } from './access';
import { readKey } from './astDb';
import { FeatureRefresh } from './featureRefresh';
import { fop2Events } from './fop2';
import { Fop2Gate } from './fop2Gate';
import { linkProblem } from './linkWords';
import { isEssential, type LiveDeps, liveEvents } from './liveEvents';
import { PbxClock } from './pbxClock';
import { PhoneRefresh } from './phoneRefresh';
import { presenceEvent, readPresence } from './presence';
import { PresenceRefresh } from './presenceRefresh';
import { Reader } from './reader';
import { type Clock, Reconciler, type ResyncRequest } from './reconcile';
import { FeedState } from './state';
import { TamperPace } from './tamperPace';
import { ReadWindows } from './windows';

export interface FeedDeps {
  readonly ami: AmiPort;
  /** Called in order, never re-entered from within a handler of the feed. */
  readonly emit: (event: PbxEvent) => void;
  readonly clock: Clock;
  readonly log: FeedLog;
  /** Label of the PBX for people. */
  readonly name?: string;
  readonly demo?: boolean;
  /** 0 ≤ x < 1; only for the jitter of reconciliation. */
  readonly random?: () => number;
}

export interface FeedStats {
  /** Blocks handled, and those without an essential header. */
  readonly events: number;
  readonly dropped: number;
  readonly tampered: number;
  readonly reads: number;
  readonly failedReads: number;
  /** Duration of the last full read; null before it. */
  readonly lastReadMs: number | null;
  /** Our clock minus the PBX's. */
  readonly skewMs: number;
}

/** A repair read waits for a pause in the stream: what is still in flight would look like drift. */
const QUIET_MS = 250;
const QUIET_PATIENCE_MS = 5_000;
const RETRY_MS = 5_000;

/**
 *   down ──session ready──▶ syncing ──first read done──▶ up ──reconcile/request──▶ up (reads in the background)
 *    ▲                        │  ▲ │ read failed            │
 *    │                        │  └─┘ (again in 5 s)         │
 *    └── session not ready ───┴─────────────────────────────┘
 */
export class Feed {
  readonly #state = new FeedState();
  readonly #pbxClock = new PbxClock();
  readonly #access: Access;
  readonly #windows: ReadWindows;
  readonly #reader: Reader;
  readonly #reconciler: Reconciler;
  #features: FeatureRefresh;
  #presence: PresenceRefresh;
  #phones: PhoneRefresh;
  readonly #fop2: Fop2Gate;
  /** Grows with every connection; what an older one still reads is thrown away. */
  #generation = 0;
  #ready = false;
  #up = false;
  #problem: string | null | undefined;
  #retry: unknown = null;
  #lastEventAt = Number.NEGATIVE_INFINITY;
  #counts = { events: 0, dropped: 0, reads: 0, failedReads: 0 };
  #lastReadMs: number | null = null;
  readonly #tamper: TamperPace;

  constructor(private readonly deps: FeedDeps) {
    const now = (): number => deps.clock.now();
    this.#tamper = new TamperPace(deps.clock, () => this.requestResync('tamper'));
    this.#access = new Access(deps.ami, deps.log);
    this.#windows = new ReadWindows((event) => this.#emit(event));
    this.#features = this.#makeFeatures();
    this.#presence = this.#makePresence();
    this.#phones = this.#makePhones();
    this.#fop2 = this.#makeFop2();
    this.#reader = new Reader({
      access: this.#access,
      state: this.#state,
      windows: this.#windows,
      pbxClock: this.#pbxClock,
      now,
      emit: (event) => this.#live(event),
      tampered: () => this.#tamper.dropped,
    });
    this.#reconciler = new Reconciler({
      clock: deps.clock,
      random: deps.random ?? Math.random,
      run: (request) => this.#resync(request),
    });
  }

  /** Every wanted event of the session. Never throws and never waits. */
  handleEvent(message: AmiMessage, receivedAt: number): void {
    this.#counts.events++;
    this.#lastEventAt = receivedAt;
    try {
      const at = this.#pbxClock.at(message, receivedAt);
      const events = liveEvents(this.#liveDeps(), message, at, this.#pbxClock.skewMs);
      if (events === null || (events.length === 0 && isEssential(message.name))) this.#counts.dropped++;
      for (const event of events ?? []) this.#live(event);
    } catch (error) {
      this.#counts.dropped++;
      this.deps.log.warn({ event: message.name, reason: words(error) }, 'An event could not be understood');
    }
  }

  handleStatus(status: SessionStatus): void {
    if (status.state === 'ready') {
      if (!this.#ready) this.#connected();
      return;
    }
    if (this.#ready) this.#disconnected();
    this.#sayDown(linkProblem(status));
  }

  handleTamper(incident: TamperIncident): void {
    this.deps.log.warn({ ...incident }, 'A block that looks forged was dropped');
    this.#tamper.incident();
  }

  /** Ask for a full read soon (at most one per 10 s): something may have been missed. Differences count as repairs. */
  requestResync(reason: string): void {
    this.#reconciler.request({ scope: 'all', repair: true, reason });
  }

  stop(): void {
    this.#disconnected();
  }

  stats(): FeedStats {
    return {
      ...this.#counts,
      tampered: this.#tamper.dropped,
      lastReadMs: this.#lastReadMs,
      skewMs: this.#pbxClock.skewMs,
    };
  }

  #connected(): void {
    this.#ready = true;
    const generation = ++this.#generation;
    this.#pbxClock.reset();
    this.#reader.forget();
    this.#features = this.#makeFeatures();
    this.#presence = this.#makePresence();
    this.#phones = this.#makePhones();
    this.#problem = undefined;
    this.#state.forgetStrangers();
    this.#sayLink({ link: 'syncing' });
    void this.#firstRead(generation);
  }

  #disconnected(): void {
    this.#ready = false;
    this.#up = false;
    this.#generation++;
    this.#reconciler.stop();
    this.#features.stop();
    this.#presence.stop();
    this.#phones.stop();
    this.#fop2.stop();
    this.#tamper.stop();
    if (this.#retry !== null) this.deps.clock.clearTimeout(this.#retry);
    this.#retry = null;
  }

  async #firstRead(generation: number): Promise<void> {
    const startedAt = this.deps.clock.now();
    this.#tamper.readBegins();
    try {
      const version = await this.#alive(generation, this.#reader.version());
      this.#sayLink({ link: 'syncing', asteriskVersion: version });
      await this.#alive(generation, this.#reader.calibrate());
      await this.#alive(generation, this.#reader.directory(false));
      await this.#alive(generation, this.#reader.lists(false, true));
      const missing = await this.#alive(generation, this.#reader.missing());
      this.#up = true;
      this.#readDone(startedAt, 'first');
      this.#sayLink({ link: 'up', missing });
      this.#reconciler.start();
      void this.#readNames(generation);
    } catch (error) {
      this.#readFailed(error, generation);
    }
  }

  #readFailed(error: unknown, generation: number): void {
    if (error instanceof ReadAbortedError && generation !== this.#generation) return;
    this.#counts.failedReads++;
    this.deps.log.warn({ reason: words(error) }, 'The first read of the PBX failed');
    if (generation !== this.#generation) return;
    this.#retry = this.deps.clock.setTimeout(() => void this.#firstRead(generation), RETRY_MS);
  }

  async #readNames(generation: number): Promise<void> {
    try {
      await this.#alive(generation, this.#reader.names());
      await this.#alive(generation, this.#phones.readPeers());
    } catch (error) {
      if (!(error instanceof ReadAbortedError)) this.deps.log.warn({ reason: words(error) }, 'Names were not read');
    }
  }

  async #resync({ scope, repair, reason }: ResyncRequest): Promise<void> {
    const generation = this.#generation;
    const startedAt = this.deps.clock.now();
    try {
      if (!repair && scope === 'all') this.#reader.forget();
      if (repair) await this.#quiet();
      this.#tamper.readBegins();
      await this.#alive(generation, this.#reader.directory(repair));
      if (scope === 'all') await this.#alive(generation, this.#reader.lists(repair, false));
      this.#readDone(startedAt, reason);
      if (!repair) void this.#readNames(generation);
    } catch (error) {
      if (error instanceof ReadAbortedError) return;
      this.#counts.failedReads++;
      this.deps.log.warn({ reason: words(error), request: reason }, 'A read of the PBX failed');
    } finally {
      this.#tamper.readEnds();
    }
  }

  #readDone(startedAt: number, reason: string): void {
    this.#counts.reads++;
    this.#lastReadMs = this.deps.clock.now() - startedAt;
    this.#tamper.readEnds();
    this.deps.log.info({ reason, ms: this.#lastReadMs }, 'Read the state of the PBX');
  }

  /** Resolves when no event came for a moment, or patience is over: a busy PBX is never quiet. */
  async #quiet(): Promise<void> {
    const { clock } = this.deps;
    const until = clock.now() + QUIET_PATIENCE_MS;
    while (clock.now() - this.#lastEventAt < QUIET_MS && clock.now() < until) {
      await new Promise<void>((resolve) => clock.setTimeout(resolve, QUIET_MS));
    }
  }

  #request(request: ResyncRequest): void {
    if (this.#up) this.#reconciler.request(request);
  }

  async #alive<T>(generation: number, work: Promise<T>): Promise<T> {
    const result = await work;
    if (generation !== this.#generation) throw new ReadAbortedError('The connection this was read on is gone');
    return result;
  }

  #sayDown(problem: string | null): void {
    if (this.#problem === problem) return;
    this.#problem = problem;
    this.#sayLink({ link: 'down', problem });
  }

  #sayLink(said: Omit<Extract<PbxEvent, { type: 'link' }>, 'type' | 'at'>): void {
    const { name, demo, clock } = this.deps;
    const label = { ...(name === undefined ? {} : { name }), ...(demo === undefined ? {} : { demo }) };
    this.#emit({ type: 'link', at: clock.now(), problem: null, ...label, ...said });
  }

  #live(event: PbxEvent): void {
    this.#windows.record(event);
    this.#emit(event);
  }

  #emit(event: PbxEvent): void {
    this.#state.note(event);
    this.deps.emit(event);
  }

  #liveDeps(): LiveDeps {
    return {
      state: this.#state,
      features: this.#features,
      presence: this.#presence,
      phones: this.#phones,
      fop2: this.#fop2,
      resync: (request) => this.#request(request),
    };
  }

  #makePresence(): PresenceRefresh {
    return new PresenceRefresh({
      read: (presentity) => readPresence(this.#access, presentity),
      emit: (presentity, held) => {
        const numbers = this.#state.directory.presentities.get(presentity) ?? [];
        for (const number of numbers) this.#live(presenceEvent(number, held, this.deps.clock.now()));
      },
    });
  }

  #makePhones(): PhoneRefresh {
    const { clock } = this.deps;
    return new PhoneRefresh({
      access: this.#access,
      book: this.#state.phones,
      directory: () => this.#state.directory,
      emit: (event) => this.#live(event),
      now: () => clock.now(),
      setTimeout: (run, ms) => clock.setTimeout(run, ms),
      clearTimeout: (timer) => clock.clearTimeout(timer),
    });
  }

  #makeFop2(): Fop2Gate {
    const { clock } = this.deps;
    return new Fop2Gate({
      pass: (report, at) => {
        for (const event of fop2Events(this.#state.directory, report, at)) this.#live(event);
      },
      tampered: () => this.#tamper.dropped,
      setTimeout: (run, ms) => clock.setTimeout(run, ms),
      clearTimeout: (timer) => clock.clearTimeout(timer),
    });
  }

  #makeFeatures(): FeatureRefresh {
    const { clock } = this.deps;
    return new FeatureRefresh({
      read: (family, key) => readKey(this.#access, family, key),
      emit: (event) => this.#live(event),
      now: () => clock.now(),
      setTimeout: (run, ms) => clock.setTimeout(run, ms),
      clearTimeout: (timer) => clock.clearTimeout(timer),
    });
  }
}

function words(error: unknown): string {
  return isLinkGone(error) ? 'the link was lost' : error instanceof Error ? error.message : 'unknown';
}
