import { roleOf } from '../protocol/access';
import type { Me } from '../protocol/session';
import type { SessionVia } from '../store/sessions';
import type { Store } from '../store/store';
import { hashToken } from '../store/tokens';
import type { StoredUser } from '../store/users';
import { AccessKeeper } from './access';
import { Accounts } from './accounts';
import { cookieName, parseCookies } from './cookies';
import { Invitations } from './invitations';
import { KnownBrowsers } from './known-browsers';
import { LoginLimiter } from './login-limiter';
import { OpenSessions, touchEveryMs, type Visitor } from './open-sessions';
import { PasswordRules } from './password-rules';
import { Passwords } from './passwords';
import { type Principal, toMe } from './principal';
import { SecondFactor } from './second-factor';
import { SessionEvents } from './session-events';
import { SessionWatch } from './session-watch';
import { firstAdmin, SetupCode, setFirstPassword } from './setup-code';
import { Tickets } from './tickets';

export { absoluteMs, idleMs, type Visitor } from './open-sessions';

export interface AuthOptions {
  readonly store: Store;
  readonly now: () => number;
  /** True when the panel is only used over TLS (PUBLIC_URL is https): cookies without the prefix are ignored. */
  readonly tlsOnly: boolean;
  readonly log: { error(fields: object, message: string): void };
}

/** Users whose password is kept elsewhere (LDAP). */
export interface Directory {
  /**
   * Who shows this name and password, made or brought up to date; null: nobody it knows; `away`: it does not answer;
   * `refused`: the password is right, but they may not use the panel.
   */
  check(username: string, password: string): Promise<StoredUser | null | 'away' | 'refused'>;
}

/** What others know of people: asked at every sign-in, so that a change of settings is in force at once. */
export interface Elsewhere {
  /** For those who have no password here; null: there is none. */
  directory(): Directory | null;
  /** Whether a password that is kept here is good for this user. */
  allowsPassword(user: StoredUser): Promise<boolean>;
}

export interface SignedIn {
  /** For the cookie; known to nobody else. */
  readonly token: string;
  readonly me: Me;
  readonly knownBrowser: string;
  /** The session is good for nothing but setting up the second factor that the role asks for. */
  readonly waiting: boolean;
}

export type LoginResult =
  | ({ readonly ok: true } & SignedIn)
  /**
   * `wrong`: the name, the password or the code; `away`: the directory does not answer; `refused`: it knows them, but they
   * may not use the panel; `elsewhere`: no password that is kept here is good for them; `gone`: begin anew.
   */
  | { readonly ok: false; readonly reason: 'wrong' | 'away' | 'refused' | 'elsewhere' | 'gone' }
  /** The password was right; `ticket` goes with the code to `secondStep`. */
  | { readonly ok: false; readonly reason: 'secondFactor'; readonly ticket: string }
  | {
      readonly ok: false;
      readonly reason: 'wait';
      readonly retryAfterSeconds: number;
      /** Refused before without a try in between: not worth another line of the audit log. */
      readonly repeated: boolean;
    };

/** `username`: who it was about, for the audit log; empty: not known. */
export type StepResult = LoginResult & { readonly username: string };

export interface Credentials {
  readonly cookieHeader?: string | undefined;
  readonly authorization?: string | undefined;
}

type Person = Extract<Principal, { kind: 'user' }>;

/** Who is who: sessions, tokens, passwords, second factors, invitations, the set-up code. */
export class Auth {
  readonly events = new SessionEvents();
  readonly passwords = new Passwords();
  readonly rules: PasswordRules;
  readonly setup: SetupCode;
  readonly accounts: Accounts;
  readonly invitations: Invitations;
  readonly secondFactor: SecondFactor;
  readonly sessions: OpenSessions;
  readonly watch: SessionWatch;
  /** What roles and groups grant. */
  readonly access: AccessKeeper;
  elsewhere: Elsewhere = { directory: () => null, allowsPassword: async () => true };
  readonly #limiter: LoginLimiter;
  /** Codes are counted per user whatever address they come from: six digits are few. */
  readonly #codes: LoginLimiter;
  readonly #tickets: Tickets;
  readonly #known: KnownBrowsers;
  #complainedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: AuthOptions) {
    const { store, now, log } = options;
    const { events, passwords } = this;
    this.access = new AccessKeeper({
      settings: store.settings,
      users: store.users,
      changed: async () => {
        await Promise.all([...this.watch.users()].map((id) => events.userChanged.tell(id)));
        await events.accessChanged.tell(null);
      },
      log,
    });
    this.rules = new PasswordRules({ settings: store.settings, log });
    this.setup = new SetupCode(store.users, now);
    this.accounts = new Accounts({ store, passwords, rules: this.rules, events, now });
    this.invitations = new Invitations({
      ...{ store, passwords, rules: this.rules, now },
      accepted: ({ id }) => this.accounts.passwordIsNew(id),
    });
    this.secondFactor = new SecondFactor({ store, events, now, log });
    this.sessions = new OpenSessions({ store, events, now, note: (write) => this.note(write) });
    this.watch = new SessionWatch({ store, events, now, log });
    this.#limiter = new LoginLimiter(now);
    this.#codes = new LoginLimiter(now);
    this.#tickets = new Tickets(now);
    this.#known = new KnownBrowsers(store.secrets);
    events.userChanged.on((id) => this.holdBack(id));
  }

  /** The saved rights and rules; ADMIN_PASSWORD or a set-up code for the first start. Answers the code to print, or null. */
  async prepare(adminPassword: string | undefined): Promise<string | null> {
    await this.access.load();
    await this.rules.load();
    if (adminPassword) await setFirstPassword(this.options.store.users, this.passwords, this.rules, adminPassword);
    return this.setup.issue();
  }

  /**
   * Who these headers belong to; null: nobody who may be served, such as one who still has to set up a second factor
   * (`waiting`). A wrong token is not excused by a good cookie.
   */
  async authenticate(credentials: Credentials): Promise<Principal | null> {
    if (credentials.authorization !== undefined) {
      const token = /^Bearer ([\w.~+/=-]{1,200})$/i.exec(credentials.authorization)?.[1];
      return token ? this.byApiToken(token) : null;
    }
    const found = await this.byCookie(credentials.cookieHeader);
    return found?.waiting ? null : (found?.person ?? null);
  }

  /** Whose session is good for nothing but setting up a second factor; null: nobody's. */
  async waiting({ cookieHeader, authorization }: Credentials): Promise<Person | null> {
    const found = authorization === undefined ? await this.byCookie(cookieHeader) : null;
    return found?.waiting ? found.person : null;
  }

  /** The id of a browser in which somebody signed in before; null for any other. */
  knownBrowser(cookieHeader: string | undefined): string | null {
    return this.#known.deviceOf(this.knownCookie(cookieHeader));
  }

  /** The same answer and the same time for a wrong name and a wrong password. Throws TooBusyError. */
  async login(username: string, password: string, visitor: Visitor, cookieHeader?: string): Promise<LoginResult> {
    const name = username.trim().toLowerCase();
    const device = this.#known.deviceOf(this.knownCookie(cookieHeader), name);
    const attempt = { address: visitor.address, username: name, device };
    const verdict = this.#limiter.begin(attempt);
    if (!verdict.ok) return { ...verdict, reason: 'wait' };
    const user = await this.whoShows(name, password);
    if (user === 'away' || user === 'refused') return { ok: false, reason: user };
    if (!user || user.disabled) return { ok: false, reason: 'wrong' };
    this.#limiter.succeeded(attempt);
    return this.admit(user, visitor, 'password');
  }

  /** The code of the second factor, or a recovery code, after the password. */
  async secondStep(ticket: string, code: string, visitor: Visitor, cookieHeader?: string): Promise<StepResult> {
    const taken = this.#tickets.take(ticket);
    const user = taken && (await this.options.store.users.byId(taken.userId));
    if (!taken || !user || user.disabled || user.passwordHash !== taken.passwordHash) {
      return { ok: false, reason: 'gone', username: user?.username ?? '' };
    }
    const { username } = user;
    const verdict = await this.tryCode(user, code, visitor, cookieHeader);
    if (verdict !== 'right') return { ...verdict, username };
    if (!this.#tickets.use(ticket)) return { ok: false, reason: 'gone', username };
    return { ok: true, username, ...(await this.signIn(user, visitor, taken.via)) };
  }

  /** Signs in who has proved elsewhere (OpenID Connect) who they are. Null: disabled. */
  async signInExternal(user: StoredUser, visitor: Visitor): Promise<SignedIn | null> {
    return user.disabled ? null : this.signIn(user, visitor, 'oidc');
  }

  /** Sets a password by an invitation and signs in. Throws WeakPasswordError, TooBusyError. */
  async acceptInvitation(token: string, password: string, visitor: Visitor): Promise<StepResult> {
    const open = await this.invitations.find(token);
    if (open && !(await this.elsewhere.allowsPassword(open.user))) {
      return { ok: false, reason: 'elsewhere', username: open.user.username };
    }
    const user = await this.invitations.accept(token, password);
    if (!user) return { ok: false, reason: 'gone', username: '' };
    return { ...(await this.admit(user, visitor, 'invitation')), username: user.username };
  }

  /** Signs the first administrator in with the one-time code. */
  async enter(code: string, visitor: Visitor): Promise<LoginResult> {
    const result = await this.setup.enter(code);
    if (result === 'tooMany') return { ok: false, reason: 'wait', retryAfterSeconds: 60, repeated: true };
    if (result === 'wrong') return { ok: false, reason: 'wrong' };
    return { ok: true, ...(await this.signIn(await firstAdmin(this.options.store.users), visitor, 'code')) };
  }

  async logout(sessionId: string, userId: string): Promise<void> {
    await this.sessions.end(sessionId, userId);
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

  /** Whether `code` is the user's, and uses it up; guesses count against the user and the address. */
  async tryCode(user: StoredUser, code: string, visitor: Visitor, cookieHeader?: string): Promise<CodeVerdict> {
    return this.guarded(user, visitor, cookieHeader, async () => (await this.secondFactor.use(user.id, code)) !== null);
  }

  /** Runs a check of a code of this user, within the limits of guessing. */
  async guarded(
    user: Pick<StoredUser, 'id' | 'username'>,
    visitor: Visitor,
    cookieHeader: string | undefined,
    isRight: () => Promise<boolean>,
  ): Promise<CodeVerdict> {
    const device = this.#known.deviceOf(this.knownCookie(cookieHeader), user.username);
    const fromThere = { address: visitor.address, username: `code ${user.id}`, device: null };
    const forUser = { address: '', username: user.id, device: device ?? 'any' };
    const verdict = this.#codes.begin(forUser);
    if (!verdict.ok) return { ...verdict, reason: 'wait' };
    const here = this.#limiter.begin(fromThere);
    if (!here.ok) return { ...here, reason: 'wait' };
    if (!(await isRight())) return { ok: false, reason: 'wrong' };
    this.#codes.succeeded(forUser);
    this.#limiter.succeeded(fromThere);
    return 'right';
  }

  /** Whether this user's role asks for a second factor when they sign in with a password. */
  needsSecondFactor({ role }: Pick<StoredUser, 'role'>): boolean {
    return roleOf(role, this.access.get().settings)?.twoFactor ?? false;
  }

  private async whoShows(name: string, password: string): Promise<StoredUser | null | 'away' | 'refused'> {
    const user = await this.options.store.users.byUsername(name);
    const hash = user?.origin === 'ldap' ? null : (user?.passwordHash ?? null);
    const right = await this.passwords.verify(hash, password);
    if (hash === null) return (await this.elsewhere.directory()?.check(name, password)) ?? null;
    if (!right || !user || !(await this.elsewhere.allowsPassword(user))) return null;
    await this.rehash(user, password);
    return user;
  }

  private async admit(user: StoredUser, visitor: Visitor, via: SessionVia): Promise<LoginResult> {
    if (user.secondFactorSince === null) return { ok: true, ...(await this.signIn(user, visitor, via)) };
    const ticket = this.#tickets.issue({ userId: user.id, passwordHash: user.passwordHash, via });
    return { ok: false, reason: 'secondFactor', ticket };
  }

  private async signIn(user: StoredUser, visitor: Visitor, via: SessionVia): Promise<SignedIn> {
    const token = await this.sessions.begin(user, visitor, via);
    const knownBrowser = this.#known.seal(user.username);
    return { token, me: this.me(user), knownBrowser, waiting: this.mustEnrol(user, via) };
  }

  private mustEnrol(user: StoredUser, via: SessionVia): boolean {
    return via !== 'oidc' && user.secondFactorSince === null && this.needsSecondFactor(user);
  }

  /** Closes the open panels of one whose role asks for a second factor from now on; their sessions wait for it. */
  private async holdBack(userId: string): Promise<void> {
    const { store, now, log } = this.options;
    try {
      const user = await store.users.byId(userId);
      if (!user || !this.mustEnrol(user, 'password')) return;
      for (const { id, via } of await store.sessions.ofUser(userId, new Date(now()))) {
        if (this.mustEnrol(user, via)) this.events.ended.emit({ sessionId: id, userId, reason: 'secondFactor' });
      }
    } catch (error) {
      log.error({ err: error, userId }, 'cannot see whether a second factor is missing: open panels stay open');
    }
  }

  private async byCookie(header: string | undefined): Promise<{ person: Person; waiting: boolean } | null> {
    const token = this.sessionToken(header);
    return token ? this.bySession(hashToken(token)) : null;
  }

  private async bySession(id: string): Promise<{ person: Person; waiting: boolean } | null> {
    const found = await this.sessions.find(id);
    if (!found) return null;
    const { session, user } = found;
    this.watch.sawSession(id, user);
    return { person: { kind: 'user', user: this.me(user), sessionId: id }, waiting: this.mustEnrol(user, session.via) };
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

export type CodeVerdict = 'right' | Extract<LoginResult, { readonly ok: false }>;
