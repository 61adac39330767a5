import type { SessionEnd } from '../protocol/socket';
import type { Store } from '../store/store';
import type { StoredUser } from '../store/users';
import type { SessionEvents } from './session-events';

const sweepEveryMs = 60_000;

export interface SessionWatchOptions {
  readonly store: Store;
  readonly events: SessionEvents;
  readonly now: () => number;
  readonly log: { error(fields: object, message: string): void };
}

type SeenUser = Pick<StoredUser, 'version' | 'passwordHash'>;

/**
 * Notices what ended without this process doing it: a user disabled or a token revoked with the command line, a
 * session that expired. Looks into the tables only when SQLite says that another process wrote, or once a minute.
 */
export class SessionWatch {
  readonly #sessions = new Map<string, string>();
  readonly #tokens = new Set<string>();
  readonly #users = new Map<string, SeenUser>();
  #version: number | null = null;
  #sweptAt: number;
  #busy = false;
  #failing = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly options: SessionWatchOptions) {
    this.#sweptAt = options.now();
    options.events.ended.on(({ sessionId }) => this.#sessions.delete(sessionId));
  }

  /** Called for every request that a session or token was good for. */
  sawSession(id: string, user: StoredUser): void {
    this.#sessions.set(id, user.id);
    if (!this.#users.has(user.id)) this.#users.set(user.id, user);
  }

  /** Ids of the users who have a session that was used since the start: nobody else can have an open panel. */
  users(): ReadonlySet<string> {
    return new Set(this.#sessions.values());
  }

  sawToken(id: string): void {
    this.#tokens.add(id);
  }

  start(intervalMs = 500): void {
    this.#timer ??= setInterval(() => void this.check(), intervalMs).unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** One look; what the timer does. Never rejects. */
  async check(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const version = await this.options.store.database.dataVersion();
      const now = this.options.now();
      if (version === this.#version && now - this.#sweptAt < sweepEveryMs && !this.#failing) return;
      if (now - this.#sweptAt >= sweepEveryMs) await this.options.store.sessions.removeExpired(new Date(now));
      await this.compare(now);
      this.#version = version;
      this.#sweptAt = now;
      this.#failing = false;
    } catch (error) {
      // Twice a second is too often to say it.
      if (!this.#failing) this.options.log.error({ err: error }, 'cannot check which sessions have ended');
      this.#failing = true;
    } finally {
      this.#busy = false;
    }
  }

  private async compare(now: number): Promise<void> {
    const { store, events } = this.options;
    // Taken before the tables are read: a session that begins in between is not missing, only newer.
    const sessions = [...this.#sessions];
    const tokens = [...this.#tokens];
    const seen = new Map(this.#users);
    const alive = new Set((await store.sessions.alive(new Date(now))).map((session) => session.id));
    const users = new Map((await store.users.list()).map((user) => [user.id, user]));
    const valid = new Set((await store.tokens.alive(new Date(now))).map((token) => token.id));
    for (const [sessionId, userId] of sessions) {
      const user = users.get(userId);
      if (alive.has(sessionId) && user && !user.disabled) continue;
      this.#sessions.delete(sessionId);
      events.ended.emit({ sessionId, userId, reason: reasonFor(user, seen.get(userId)) });
    }
    for (const id of tokens) {
      if (valid.has(id)) continue;
      this.#tokens.delete(id);
      events.tokenEnded.emit(id);
    }
    for (const [id, before] of seen) {
      const user = users.get(id);
      if (!user || user.version === before.version) continue;
      this.#users.set(id, user);
      if (!user.disabled) events.userChanged.emit(id);
    }
  }
}

function reasonFor(user: StoredUser | undefined, before: SeenUser | undefined): SessionEnd {
  if (!user || user.disabled) return 'disabled';
  if (before && before.passwordHash !== user.passwordHash) return 'passwordChanged';
  return before && before.version !== user.version ? 'signedOut' : 'expired';
}
