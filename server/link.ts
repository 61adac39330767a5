import { AmiSession, type AmiSessionStats } from './ami/session';
import type { AmiPort } from './ami/types';
import type { AmiConnect } from './ami/url';
import { Feed, type FeedStats } from './feed/feed';
import { wantedEvents } from './feed/translate';
import type { ListEvent, PbxEvent } from './pbx/events';

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
  readonly log: LinkLog;
}

export interface LinkStats {
  readonly ami: AmiSessionStats;
  readonly feed: FeedStats;
}

const clock = {
  now: () => Date.now(),
  setTimeout: (run: () => void, ms: number): unknown => setTimeout(run, ms),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
};

/** Holds the one AMI session and its feed, and exchanges both when the panel is pointed at another PBX. */
export class PbxLink {
  #session: AmiSession | null = null;
  #feed: Feed | null = null;
  #target: Target | null = null;

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

  /** Follow this PBX from now on; what another one showed is cleared. */
  async connect(target: Target): Promise<void> {
    const before = this.#target;
    await this.close();
    if (before !== null && !sameHost(before.connect, target.connect)) this.#clear();
    this.#target = target;
    const { emit, log } = this.deps;
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
        tamper: (incident) => feed.handleTamper(incident),
      },
    });
    live.session = session;
    this.#session = session;
    session.start();
  }

  async close(): Promise<void> {
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
  }
}

function sameHost(a: AmiConnect, b: AmiConnect): boolean {
  return a.host === b.host && a.port === b.port;
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
function emptyLists(at: number): readonly ListEvent[] {
  const none = { at, repair: false };
  return [
    { type: 'list.channels', ...none, channels: [], bridges: [] },
    { type: 'list.queues', ...none, queues: [] },
    { type: 'list.parking', ...none, lots: [] },
    { type: 'list.conferences', ...none, conferences: [] },
    { type: 'list.trunks', ...none, trunks: [] },
    { type: 'list.dnd', ...none, on: [] },
    { type: 'list.forward', ...none, forwards: [] },
    { type: 'list.mwi', ...none, mailboxes: [] },
    { type: 'list.presence', ...none, presence: [] },
    { type: 'list.extensions', ...none, extensions: [] },
    { type: 'list.devices', ...none, devices: [] },
  ];
}
