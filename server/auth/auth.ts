import type { Me } from '../protocol/session';
import type { Store } from '../store/store';
import { hashToken, randomToken } from '../store/tokens';
import type { StoredUser } from '../store/users';
import { AccessKeeper } from './access';
import { Accounts } from './accounts';
import { cookieName, parseCookies } from './cookies';
import { KnownBrowsers } from './known-browsers';
import { LoginLimiter } from './login-limiter';
import { Passwords } from './passwords';
import { type Principal, toMe } from './principal';
import { SessionEvents } from './session-events';
import { SessionWatch } from './session-watch';
import { firstAdmin, SetupCode, setFirstPassword } from './setup-code';

const day = 24 * 60 * 60_000;
/** A session ends after so long without a request or an open panel, and in any case after so long. */
export const idleMs = 14 * day;
export const absoluteMs = 90 * day;
const touchEveryMs = 60_000;
const sessionsPerUser = 50;

export interface AuthOptions {
  readonly store: Store;
  readonly now: () => number;
  /** True when the panel is only used over TLS (PUBLIC_URL is https): cookies without the prefix are ignored. */
  readonly tlsOnly: boolean;
  readonly log: { error(fields: object, message: string): void };
}

export interface Visitor {
  readonly address: string;
  readonly userAgent: string;
}

export interface SignedIn {
  /** For the cookie; known to nobody else. */
  readonly token: string;
  readonly me: Me;
  readonly knownBrowser: string;
}

export type LoginResult =
  | ({ readonly ok: true } & SignedIn)
  | { readonly ok: false; readonly reason: 'wrong' }
  | {
      readonly ok: false;
      readonly reason: 'wait';
      readonly retryAfterSeconds: number;
      /** Refused before without a try in between: not worth another line of the audit log. */
      readonly repeated: boolean;
    };

export interface Credentials {
  readonly cookieHeader?: string | undefined;
  readonly authorization?: string | undefined;
}

/** Who is who: sessions, tokens, passwords, the set-up code. */
export class Auth {
  readonly events = new SessionEvents();
  readonly passwords = new Passwords();
  readonly setup: SetupCode;
  readonly accounts: Accounts;
  readonly watch: SessionWatch;
  /** What roles and groups grant. */
  readonly access: AccessKeeper;
  readonly #limiter: LoginLimiter;
  readonly #known: KnownBrowsers;
  #complainedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: AuthOptions) {
    const { store, now } = options;
    this.access = new AccessKeeper({
      settings: store.settings,
      changed: async () => {
        await Promise.all([...this.watch.users()].map((id) => this.events.userChanged.tell(id)));
      },
      log: options.log,
    });
    this.setup = new SetupCode(store.users, now);
    this.accounts = new Accounts(store, this.passwords, this.events);
    this.watch = new SessionWatch({ store, events: this.events, now, log: options.log });
    this.#limiter = new LoginLimiter(now);
    this.#known = new KnownBrowsers(store.secrets);
  }

  /** The saved rights; ADMIN_PASSWORD or a set-up code for the first start. Answers the code to print, or null. */
  async prepare(adminPassword: string | undefined): Promise<string | null> {
    await this.access.load();
    if (adminPassword) await setFirstPassword(this.options.store.users, this.passwords, adminPassword);
    return this.setup.issue();
  }

  /** Who these headers belong to; null: nobody who may be served. A wrong token is not excused by a good cookie. */
  async authenticate(credentials: Credentials): Promise<Principal | null> {
    if (credentials.authorization !== undefined) {
      const token = /^Bearer ([\w.~+/=-]{1,200})$/i.exec(credentials.authorization)?.[1];
      return token ? this.byApiToken(token) : null;
    }
    const token = this.sessionToken(credentials.cookieHeader);
    return token ? this.bySession(hashToken(token)) : null;
  }

  /** The id of a browser in which somebody signed in before; null for any other. */
  knownBrowser(cookieHeader: string | undefined): string | null {
    return this.#known.deviceOf(this.knownCookie(cookieHeader));
  }

  /** The same user and the same time for a wrong name and a wrong password. Throws TooBusyError. */
  async login(username: string, password: string, visitor: Visitor, cookieHeader?: string): Promise<LoginResult> {
    const name = username.trim().toLowerCase();
    const device = this.#known.deviceOf(this.knownCookie(cookieHeader), name);
    const attempt = { address: visitor.address, username: name, device };
    const verdict = this.#limiter.begin(attempt);
    if (!verdict.ok) return { ...verdict, reason: 'wait' };
    const user = await this.options.store.users.byUsername(name);
    const right = await this.passwords.verify(user?.passwordHash ?? null, password);
    if (!right || !user || user.disabled) return { ok: false, reason: 'wrong' };
    this.#limiter.succeeded(attempt);
    await this.rehash(user, password);
    return { ok: true, ...(await this.signIn(user, visitor)) };
  }

  /** Signs the first administrator in with the one-time code. */
  async enter(code: string, visitor: Visitor): Promise<LoginResult> {
    const result = await this.setup.enter(code);
    if (result === 'tooMany') return { ok: false, reason: 'wait', retryAfterSeconds: 60, repeated: true };
    if (result === 'wrong') return { ok: false, reason: 'wrong' };
    return { ok: true, ...(await this.signIn(await firstAdmin(this.options.store.users), visitor)) };
  }

  async logout(sessionId: string, userId: string): Promise<void> {
    await this.options.store.sessions.remove(sessionId);
    this.events.ended.emit({ sessionId, userId, reason: 'signedOut' });
  }

  /** Null when the user is gone or disabled. */
  async user(id: string): Promise<Me | null> {
    const user = await this.options.store.users.byId(id);
    return user && !user.disabled ? this.me(user) : null;
  }

  /** A user with what they may do now. */
  me(user: StoredUser): Me {
    return toMe(user, this.access);
  }

  /** For the owner of an open panel: an hour of looking at it is use, too. */
  async keepAlive(sessionId: string): Promise<boolean> {
    return (await this.bySession(sessionId)) !== null;
  }

  /** Whether `password` is the user's; guesses count against the address like a sign-in. Throws TooBusyError. */
  async confirm(userId: string, password: string, visitor: Visitor): Promise<'right' | 'wrong' | 'wait'> {
    const user = await this.options.store.users.byId(userId);
    const attempt = { address: visitor.address, username: `confirm ${userId}`, device: null };
    if (!this.#limiter.begin(attempt).ok) return 'wait';
    const right = await this.passwords.verify(user?.passwordHash ?? null, password);
    if (right) this.#limiter.succeeded(attempt);
    return right ? 'right' : 'wrong';
  }

  private async signIn(user: StoredUser, visitor: Visitor): Promise<SignedIn> {
    const token = randomToken();
    const at = this.options.now();
    const gone = await this.options.store.sessions.create(
      {
        id: hashToken(token),
        userId: user.id,
        createdAt: new Date(at),
        lastSeenAt: new Date(at),
        expiresAt: new Date(at + idleMs),
        address: visitor.address.slice(0, 64),
        userAgent: visitor.userAgent.slice(0, 200),
      },
      sessionsPerUser,
    );
    for (const sessionId of gone) this.events.ended.emit({ sessionId, userId: user.id, reason: 'signedOut' });
    await this.options.store.users.seen(user.id, new Date(at));
    return { token, me: this.me(user), knownBrowser: this.#known.seal(user.username) };
  }

  private async bySession(id: string): Promise<Principal | null> {
    const { store, now } = this.options;
    const found = await store.sessions.find(id);
    const at = now();
    if (!found || found.user.disabled || found.session.expiresAt.getTime() <= at) return null;
    const { session, user } = found;
    if (at - session.lastSeenAt.getTime() >= touchEveryMs) {
      const expires = Math.min(at + idleMs, session.createdAt.getTime() + absoluteMs);
      await this.note(async () => {
        await store.sessions.touch(id, new Date(at), new Date(expires));
        await store.users.seen(user.id, new Date(at));
      });
    }
    this.watch.sawSession(id, user);
    return { kind: 'user', user: this.me(user), sessionId: id };
  }

  private async byApiToken(token: string): Promise<Principal | null> {
    const at = new Date(this.options.now());
    const found = await this.options.store.tokens.find(token, at);
    if (!found) return null;
    if (!found.lastUsedAt || at.getTime() - found.lastUsedAt.getTime() >= touchEveryMs) {
      await this.note(() => this.options.store.tokens.used(found.id, at));
    }
    this.watch.sawToken(found.id);
    return { kind: 'token', id: found.id, name: found.name, scopes: found.scopes };
  }

  /** When somebody was last seen is worth writing down, but a full disk must not sign everybody out. */
  private async note(write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      const at = this.options.now();
      if (at - this.#complainedAt < touchEveryMs) return;
      this.#complainedAt = at;
      this.options.log.error({ err: error }, 'cannot write down who was seen');
    }
  }

  private sessionToken(header: string | undefined): string | undefined {
    const cookies = parseCookies(header);
    const secure = cookies.get(cookieName('cordboard', true));
    return secure ?? (this.options.tlsOnly ? undefined : cookies.get(cookieName('cordboard', false)));
  }

  private knownCookie(header: string | undefined): string | undefined {
    const cookies = parseCookies(header);
    return cookies.get(cookieName('cordboard-known', true)) ?? cookies.get(cookieName('cordboard-known', false));
  }

  private async rehash(user: StoredUser, password: string): Promise<void> {
    if (user.passwordHash === null || !this.passwords.outdated(user.passwordHash)) return;
    await this.options.store.users.update(user.id, { passwordHash: await this.passwords.hash(password) });
  }
}
