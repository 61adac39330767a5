import type { Actor } from '../commands/actor';
import type { SavedLayout } from '../protocol/layout';
import type { TokenScope } from '../protocol/permissions';
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
  get(userId: string): Promise<SavedLayout>;
  /** `ok`: saved over the version given, which was the newest. Otherwise nothing was written; `current` is the newest. */
  put(
    userId: string,
    saved: SavedLayout,
  ): Promise<{ readonly ok: true; readonly version: number } | { readonly ok: false; readonly current: SavedLayout }>;
}

export function concerns(ended: EndedSessions, { actor, sessionId }: Identity): boolean {
  if (ended.except === sessionId) return false;
  if (ended.sessionId !== undefined) return ended.sessionId === sessionId;
  return actor.kind === 'user' && ended.userId === actor.id;
}

/** A person with a session, or a machine with an API token, as authentication tells them. */
export type Principal =
  | { readonly kind: 'user'; readonly user: Me; readonly sessionId: string }
  | { readonly kind: 'token'; readonly id: string; readonly name: string; readonly scopes: readonly TokenScope[] };

export function identityOf(principal: Principal, actor: Actor): Identity {
  if (principal.kind === 'user') {
    return { actor, me: principal.user, sessionId: principal.sessionId, mayRead: true };
  }
  const { id, name, scopes } = principal;
  const me: Me = {
    id,
    username: name,
    name,
    role: 'viewer',
    roleName: '',
    permissions: [...actor.permissions],
    limits: {},
    extension: null,
    hasPassword: true,
  };
  return { actor, me, sessionId: id, mayRead: scopes.includes('state:read') };
}

/** A wallboard, which looks and does nothing. */
export function boardIdentity(actor: Actor): Identity {
  const { id, name, permissions, session } = actor;
  const me: Me = {
    id,
    username: name,
    name,
    role: 'viewer',
    roleName: 'Wallboard',
    permissions: [...permissions],
    limits: {},
    extension: null,
    hasPassword: true,
  };
  return { actor, me, sessionId: session, mayRead: true };
}

/** A signed-in user as one who acts. */
export function userActor(me: Me, session: string, address: string): Actor {
  const { id, username: name, permissions, limits, sees, extension } = me;
  const seen = sees === undefined ? {} : { sees };
  return { kind: 'user', id, name, permissions, limits, ...seen, extension, session, address };
}
