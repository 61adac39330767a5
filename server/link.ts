import { AmiSession, type AmiSessionStats } from './ami/session';
import type { AmiPort, TamperIncident } from './ami/types';
import type { AmiConnect } from './ami/url';
import { Feed, type FeedStats } from './feed/feed';
import { wantedEvents } from './feed/translate';
import type { PbxEvent } from './pbx/events';

/** The PBX that the panel shows. */
export interface Target {
  readonly connect: AmiConnect;
  /** Label for people. */
  readonly name: string;
  readonly demo: boolean;
}

export interface LinkLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface LinkDeps {
  readonly emit: (event: PbxEvent) => void;
  /** Before the first event of this PBX, after what another one showed is cleared. */
  readonly prepare?: (target: Target) => Promise<void>;
  /** A block that looks forged was dropped. */
  readonly tamper?: (incident: TamperIncident) => void;
  readonly log: LinkLog;
}

export interface LinkStats {
  readonly ami: AmiSessionStats;
  readonly feed: FeedStats;
}

/** The feed's clock: real time. */
export const clock = {
  now: () => Date.now(),
  setTimeout: (run: () => void, ms: number): unknown => setTimeout(run, ms),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
};

/** Holds the one AMI session and its feed, and exchanges both when the panel is pointed at another PBX. */
export class PbxLink {
  #session: AmiSession | null = null;
  #feed: Feed | null = null;
  #target: Target | null = null;
  /** One switch at a time: two at once would leave a session behind that nobody closes. */
  #switching: Promise<void> = Promise.resolve();
  #over = false;

  constructor(private readonly deps: LinkDeps) {}

  /** What commands act through; null before the first `connect`. */
  get ami(): AmiPort | null {
    return this.#session;
  }

  get target(): Target | null {
    return this.#target;
  }

  stats(): LinkStats | null {
    if (this.#session === null || this.#feed === null) return null;
    return { ami: this.#session.stats(), feed: this.#feed.stats() };
  }

  /** What is shown may not be what the PBX has: read it again soon (at most once in 10 s). */
  resync(reason: string): void {
    this.#feed?.requestResync(reason);
  }

  /** Follow this PBX from now on; what another one showed is cleared. Called twice, the last one stays. */
  connect(target: Target): Promise<void> {
    return this.#inTurn(() => this.#connect(target));
  }

  /** For good: a switch that is still waiting is not made any more. */
  close(): Promise<void> {
    this.#over = true;
    return this.#inTurn(() => this.#disconnect());
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#switching.then(work);
    this.#switching = turn.catch(() => undefined);
    return turn;
  }

  async #connect(target: Target): Promise<void> {
    if (this.#over) return;
    const before = this.#target;
    await this.#disconnect();
    if (before !== null && !sameHost(before.connect, target.connect)) this.#clear();
    this.#target = target;
    const { emit, log } = this.deps;
    await this.deps.prepare?.(target);
    const live: { session: AmiSession | null } = { session: null };
    const feed = new Feed({
      ami: lateAmi(() => live.session),
      emit: (event) => {
        if (this.#feed === feed) emit(event);
      },
      clock,
      log,
      name: target.name,
      demo: target.demo,
    });
    this.#feed = feed;
    const session = new AmiSession({
      connect: target.connect,
      wants: wantedEvents,
      handlers: {
        event: (message, at) => feed.handleEvent(message, at),
        status: (status) => {
          log.debug({ state: status.state, problem: status.failure?.message }, 'AMI session');
          feed.handleStatus(status);
        },
        tamper: (incident) => {
          feed.handleTamper(incident);
          this.deps.tamper?.(incident);
        },
      },
    });
    live.session = session;
    this.#session = session;
    session.start();
  }

  async #disconnect(): Promise<void> {
    const session = this.#session;
    const feed = this.#feed;
    this.#session = null;
    this.#feed = null;
    feed?.stop();
    await session?.close();
  }

  #clear(): void {
    const at = clock.now();
    for (const event of emptyLists(at)) this.deps.emit(event);
    this.deps.emit({ type: 'link', at, link: 'down', problem: null, asteriskVersion: null, missing: [] });
  }
}

function sameHost(a: AmiConnect, b: AmiConnect): boolean {
  return a.host === b.host && a.port === b.port;
}

/** Names a PBX in the database: what belongs to one is never shown of another. */
export function pbxKeyOf({ connect, demo }: Target): string {
  return demo ? 'demo' : `${connect.host}:${connect.port}`;
}

/** The feed is made before the session it reads through. */
function lateAmi(session: () => AmiSession | null): AmiPort {
  const ready = (): AmiSession => {
    const found = session();
    if (found === null) throw new Error('the feed was used before its session');
    return found;
  };
  return {
    get status() {
      return ready().status;
    },
    action: (name, fields, options) => ready().action(name, fields, options),
    list: (name, fields, options) => ready().list(name, fields, options),
  };
}

/** Another PBX: nothing of the one before may stay on the screen, whatever the new account may read. */
function emptyLists(at: number): readonly PbxEvent[] {
  const none = { at, repair: false };
  return [
    // First: the calls that go now have not ended.
    { type: 'features.clear', at },
    { type: 'list.channels', ...none, channels: [], bridges: [] },
    { type: 'list.queues', ...none, queues: [] },
    { type: 'list.parking', ...none, lots: [] },
    { type: 'list.conferences', ...none, conferences: [] },
    { type: 'list.trunks', ...none, trunks: [] },
    { type: 'list.ringGroups', ...none, groups: [] },
    { type: 'list.mwi', ...none, mailboxes: [] },
    { type: 'list.extensions', ...none, extensions: [] },
    { type: 'list.devices', ...none, devices: [] },
    { type: 'list.phones', ...none, phones: [] },
  ];
}
