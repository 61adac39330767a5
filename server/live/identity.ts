import type { Actor } from '../commands/actor';
import type { SavedLayout } from '../protocol/layout';
import type { Me } from '../protocol/session';
import type { SessionEnd } from '../protocol/socket';

/** Who is behind a socket. */
export interface Identity {
  /** Who acts; `permissions` empty: may only look. */
  readonly actor: Actor;
  /** For a token: its name, the role `viewer` and what it may do. */
  readonly me: Me;
  /** Id of the session, or of the token: what an ended session is found by. */
  readonly sessionId: string;
  /** False for a token without the scope `state:read`: it is refused. */
  readonly mayRead: boolean;
}

/** What a handshake brings: nothing of it is believed yet. */
export interface Credentials {
  /** The Cookie header. */
  readonly cookie: string | undefined;
  /** `auth.token` of the handshake. */
  readonly token: string | undefined;
  readonly address: string;
}

/** Null: nobody. A rejection is answered as `internal` and logged. */
export type Authenticate = (credentials: Credentials) => Promise<Identity | null>;

/** Sockets of this session or token, or all of this user, but not those of the session `except`. */
export interface EndedSessions {
  readonly reason: SessionEnd;
  readonly sessionId?: string;
  readonly userId?: string;
  readonly except?: string;
}

/** What the gateway hears of sessions; each answers how to stop hearing. */
export interface SessionEvents {
  onEnded(listener: (ended: EndedSessions) => void): () => void;
  /** A user's profile, role or permissions changed. */
  onChanged(listener: (me: Me) => void): () => void;
}

/** Layouts of users, kept elsewhere. */
export interface LayoutPort {
  load(userId: string): Promise<SavedLayout>;
  /** `saved`: over the version given, which was the newest. `conflict`: it was not; `current` is. */
  save(
    userId: string,
    layout: SavedLayout,
  ): Promise<
    | { readonly kind: 'saved'; readonly saved: SavedLayout }
    | { readonly kind: 'conflict'; readonly current: SavedLayout }
  >;
}

export function concerns(ended: EndedSessions, { actor, sessionId }: Identity): boolean {
  if (ended.except === sessionId) return false;
  if (ended.sessionId !== undefined) return ended.sessionId === sessionId;
  return actor.kind === 'user' && ended.userId === actor.id;
}

/** A signed-in user as one who acts. */
export function userActor(me: Me, address: string): Actor {
  return { kind: 'user', id: me.id, name: me.username, permissions: me.permissions, address };
}
