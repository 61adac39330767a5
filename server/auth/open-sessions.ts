import type { SessionVia, StoredSession } from '../store/sessions';
import type { Store } from '../store/store';
import { hashToken, randomToken } from '../store/tokens';
import type { StoredUser } from '../store/users';
import type { SessionEvents } from './session-events';

const day = 24 * 60 * 60_000;
/** A session ends after so long without a request or an open panel, and in any case after so long. */
export const idleMs = 14 * day;
export const absoluteMs = 90 * day;
export const touchEveryMs = 60_000;
const sessionsPerUser = 50;

export interface Visitor {
  readonly address: string;
  readonly userAgent: string;
}

export interface OpenSession {
  readonly session: StoredSession;
  readonly user: StoredUser;
}

export interface OpenSessionsDeps {
  readonly store: Store;
  readonly events: SessionEvents;
  readonly now: () => number;
  /** Runs a write that may fail without harm. */
  readonly note: (write: () => Promise<unknown>) => Promise<void>;
}

/** Signed-in browsers: begun, found by their cookie, kept alive by use, ended. */
export class OpenSessions {
  constructor(private readonly deps: OpenSessionsDeps) {}

  /** Answers the token for the cookie; known to nobody else. */
  async begin(user: StoredUser, visitor: Visitor, via: SessionVia): Promise<string> {
    const { store, events, now } = this.deps;
    const token = randomToken();
    const at = now();
    const session: StoredSession = {
      id: hashToken(token),
      userId: user.id,
      createdAt: new Date(at),
      lastSeenAt: new Date(at),
      expiresAt: new Date(at + idleMs),
      address: visitor.address.slice(0, 64),
      userAgent: visitor.userAgent.slice(0, 200),
      via,
    };
    const gone = await store.sessions.create(session, sessionsPerUser);
    for (const sessionId of gone) events.ended.emit({ sessionId, userId: user.id, reason: 'signedOut' });
    await store.users.seen(user.id, new Date(at));
    return token;
  }

  /** Null: it has ended, or its user is disabled. */
  async find(id: string): Promise<OpenSession | null> {
    const { store, now, note } = this.deps;
    const found = await store.sessions.find(id);
    const at = now();
    if (!found || found.user.disabled || found.session.expiresAt.getTime() <= at) return null;
    const { session, user } = found;
    if (at - session.lastSeenAt.getTime() >= touchEveryMs) {
      const expires = Math.min(at + idleMs, session.createdAt.getTime() + absoluteMs);
      await note(async () => {
        await store.sessions.touch(id, new Date(at), new Date(expires));
        await store.users.seen(user.id, new Date(at));
      });
    }
    return found;
  }

  /** False: there was none with this id. */
  async end(sessionId: string, userId: string): Promise<boolean> {
    const was = await this.deps.store.sessions.remove(sessionId);
    this.deps.events.ended.emit({ sessionId, userId, reason: 'signedOut' });
    return was;
  }
}
