import { roleOf } from '../protocol/access';
import type { Role } from '../protocol/permissions';
import type {
  LdapTestBody,
  OidcProblem,
  OidcTestBody,
  SavedSignIn,
  SignInBody,
  SignInOffer,
  SignInSettings,
  SignInTest,
} from '../protocol/sign-in';
import type { Store } from '../store/store';
import type { StoredUser } from '../store/users';
import type { Auth, Directory as PasswordDirectory } from './auth';
import { type Admission, ExternalUsers, type Identity } from './external-users';
import { Directory } from './ldap/directory';
import { Recheck } from './ldap/recheck';
import { tryLdap } from './ldap/try';
import { problemOf } from './oidc/problems';
import { SingleSignOn } from './oidc/single-sign-on';
import { tryOidc } from './oidc/try';
import { RefusedSettingsError } from './refused-settings';
import { isGroup, mappedRole } from './role-mapping';
import { SignInSettingsKeeper } from './sign-in-settings';

export const callbackPath = '/api/v1/sign-in/oidc/callback';
/** Id tokens kept for signing out at the provider; whose is not here any more is asked there. */
const mostIdTokens = 5_000;

export interface SignInDeps {
  readonly store: Store;
  readonly auth: Auth;
  readonly publicUrl: string | undefined;
  readonly now: () => number;
  readonly log: {
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
}

export type OidcStart =
  | { readonly ok: true; readonly url: string; readonly ticket: string }
  | { readonly ok: false; readonly problem: OidcProblem };

export type OidcFinish =
  | { readonly ok: true; readonly user: StoredUser; readonly idToken: string; readonly next: string }
  | { readonly ok: false; readonly problem: OidcProblem; readonly next: string | null; readonly username: string };

/** Signing in with what others know of people: single sign-on and the directory. Give `directory` to Auth. */
export class SignIn {
  readonly #keeper: SignInSettingsKeeper;
  readonly #sso: SingleSignOn;
  readonly #users: ExternalUsers;
  readonly #recheck: Recheck;
  readonly #idTokens = new Map<string, string>();

  constructor(private readonly deps: SignInDeps) {
    const { store, auth, now, log } = deps;
    this.#keeper = new SignInSettingsKeeper({ store, log, changed: () => this.#sso.forget() });
    this.#sso = new SingleSignOn({
      settings: () => this.#keeper.current().oidc,
      secret: () => this.#keeper.secret('clientSecret'),
      box: store.secrets,
      redirectUri: this.publicAddress(callbackPath),
      now,
    });
    const note = (action: string, target: string) => this.note(action, target);
    this.#users = new ExternalUsers({
      users: store.users,
      events: auth.events,
      roleExists: (role) => this.roleName(role) !== null,
      note,
      log,
    });
    this.#recheck = new Recheck({
      settings: () => this.#keeper.current().ldap,
      directory: () => this.ldap(),
      ...{ store, accounts: auth.accounts, admit: (identity) => this.fromDirectory(identity), note, now, log },
    });
    auth.events.ended.on(({ sessionId }) => this.#idTokens.delete(sessionId));
  }

  /** To be awaited before anybody signs in. */
  load(): Promise<void> {
    return this.#keeper.load();
  }

  start(): void {
    this.#recheck.start();
  }

  stop(): void {
    this.#recheck.stop();
  }

  /** Asks the directory now who of those who are signed in is still there. Throws what it throws. */
  recheck(): Promise<readonly string[]> {
    return this.#recheck.check();
  }

  offer(): SignInOffer {
    const { passwords, oidc, ldap } = this.#keeper.current();
    return {
      oidc: oidc.enabled ? oidc.name : null,
      directory: ldap.enabled ? ldap.name : null,
      passwords: !passwords.onlySingleSignOn,
    };
  }

  /** Whether a password that is kept here is good for this user. */
  async allowsPassword({ username, role }: Pick<StoredUser, 'username' | 'role'>): Promise<boolean> {
    const { passwords, oidc } = this.#keeper.current();
    if (!passwords.onlySingleSignOn || !oidc.enabled || username === passwords.breakGlass) return true;
    // That administrator may have been deleted since: nobody could set anything right without the provider.
    return role === 'admin' && !(await this.canBreakGlass(passwords.breakGlass));
  }

  /** Whom the directory knows by this name and password, for Auth; null: it is switched off. */
  directory(): PasswordDirectory | null {
    return this.#keeper.current().ldap.enabled
      ? { check: (name, password) => this.checkPassword(name, password) }
      : null;
  }

  get(): SavedSignIn {
    const afterLogout = this.publicAddress('/login/');
    return { ...this.#keeper.saved(), redirectUri: this.publicAddress(callbackPath), afterLogout };
  }

  /** Throws ConflictError, and RefusedSettingsError where nobody could get in as it is meant. */
  async save(body: SignInBody): Promise<SavedSignIn> {
    this.refuseUnknownRoles(body.settings);
    await this.refuseLockout(body.settings);
    await this.#keeper.save(body);
    return this.get();
  }

  testOidc({ oidc, clientSecret }: OidcTestBody): Promise<SignInTest> {
    const secret = this.#keeper.clientSecretFor(oidc, clientSecret);
    const redirectUri = this.publicAddress(callbackPath);
    return tryOidc({ settings: oidc, secret, redirectUri, roleName: (id) => this.roleName(id) });
  }

  testLdap({ ldap, bindPassword: given, username, password }: LdapTestBody): Promise<SignInTest> {
    const bindPassword = this.#keeper.bindPasswordFor(ldap, given);
    return tryLdap({ settings: ldap, bindPassword, username, password, roleName: (id) => this.roleName(id) });
  }

  /** Never rejects. */
  async startOidc(next: string): Promise<OidcStart> {
    try {
      return { ok: true, ...(await this.#sso.start(next)) };
    } catch (error) {
      return { ok: false, problem: this.explain(error) };
    }
  }

  /** Never rejects. */
  async finishOidc(query: URLSearchParams, ticket: string | undefined): Promise<OidcFinish> {
    const next = this.#sso.nextOf(ticket);
    let username = '';
    try {
      const { identity, idToken } = await this.#sso.finish(query, ticket);
      username = identity.username;
      const admission = await this.fromProvider(identity);
      if (!admission.ok) return { ok: false, problem: admission.reason, next, username };
      return { ok: true, user: admission.user, idToken, next: next ?? '/' };
    } catch (error) {
      return { ok: false, problem: this.explain(error), next, username };
    }
  }

  /** Keeps what signing out at the provider needs. */
  began(sessionId: string, idToken: string): void {
    this.#idTokens.set(sessionId, idToken);
    for (const oldest of this.#idTokens.keys()) {
      if (this.#idTokens.size <= mostIdTokens) break;
      this.#idTokens.delete(oldest);
    }
  }

  /** Where this session ends at the provider, too; null: it does not. To be asked before it ends here. */
  endSessionUrl(sessionId: string): string | null {
    const idToken = this.#idTokens.get(sessionId);
    const afterLogout = this.publicAddress('/login/');
    return idToken === undefined || afterLogout === null ? null : this.#sso.endSessionUrl(idToken, afterLogout);
  }

  private fromProvider(identity: Identity): Promise<Admission> {
    const { mapping, newUsers, link, sync } = this.#keeper.current().oidc;
    const role = mappedRole(mapping, (group) => identity.groups.includes(group));
    return this.#users.admit(identity, { role, newUsers, link, sync });
  }

  private fromDirectory(identity: Identity): Promise<Admission> {
    const { mapping, newUsers, sync } = this.#keeper.current().ldap;
    const role = mappedRole(mapping, (group) => identity.groups.some((dn) => isGroup(dn, group)));
    return this.#users.admit(identity, { role, newUsers, link: 'unclaimed', sync });
  }

  private async checkPassword(username: string, password: string): Promise<StoredUser | null | 'away' | 'refused'> {
    let identity: Identity | null;
    try {
      identity = await this.ldap().authenticate(username, password);
    } catch (error) {
      this.deps.log.warn({ err: error }, 'the directory could not be asked');
      return 'away';
    }
    if (identity === null) return null;
    const admission = await this.fromDirectory(identity);
    if (admission.ok) return admission.user;
    this.note('user.refused', `${username}: ${admission.reason}`);
    return 'refused';
  }

  private ldap(): Directory {
    return new Directory(this.#keeper.current().ldap, this.#keeper.secret('bindPassword'));
  }

  private roleName(id: Role): string | null {
    return roleOf(id, this.deps.auth.access.get().settings)?.name ?? null;
  }

  private publicAddress(path: string): string | null {
    const { publicUrl } = this.deps;
    return publicUrl === undefined ? null : `${publicUrl}${path}`;
  }

  private refuseUnknownRoles(settings: SignInSettings): void {
    for (const part of ['oidc', 'ldap'] as const) {
      const { rules, otherwise } = settings[part].mapping;
      const at = rules.findIndex(({ role }) => this.roleName(role) === null);
      const path = `settings.${part}.mapping`;
      if (at >= 0) throw new RefusedSettingsError('There is no such role any more.', `${path}.rules.${at}.role`);
      if (otherwise !== null && this.roleName(otherwise) === null) {
        throw new RefusedSettingsError('There is no such role any more.', `${path}.otherwise`);
      }
    }
  }

  /** Without an administrator who needs no provider, a provider that is away would leave nobody to set it right. */
  private async refuseLockout({ passwords }: SignInSettings): Promise<void> {
    if (!passwords.onlySingleSignOn) return;
    const field = 'settings.passwords';
    if (this.deps.publicUrl === undefined) {
      const words = 'PUBLIC_URL is not set, so that single sign-on cannot work.';
      throw new RefusedSettingsError(words, `${field}.onlySingleSignOn`);
    }
    if (await this.canBreakGlass(passwords.breakGlass)) return;
    throw new RefusedSettingsError('There is no administrator of this name with a password.', `${field}.breakGlass`);
  }

  private async canBreakGlass(username: string): Promise<boolean> {
    const user = await this.deps.store.users.byUsername(username);
    return user?.role === 'admin' && !user.disabled && user.passwordHash !== null && user.origin !== 'ldap';
  }

  private explain(error: unknown): OidcProblem {
    const problem = problemOf(error);
    if (problem === null) this.deps.log.error({ err: error }, 'single sign-on failed');
    else if (problem !== 'cancelled') this.deps.log.warn({ err: error, problem }, 'single sign-on did not work');
    return problem ?? 'refused';
  }

  private note(action: string, target: string): void {
    const at = this.deps.now();
    this.deps.store.audit.append({ at, actor: 'sign-in', session: '', address: '', action, target, result: 'ok' });
  }
}
