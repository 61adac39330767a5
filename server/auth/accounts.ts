import type { CreateUserBody } from '../protocol/admin';
import type { SessionEnd } from '../protocol/socket';
import type { Store } from '../store/store';
import type { NewUser, StoredUser, UserChange } from '../store/users';
import type { PasswordRules } from './password-rules';
import type { Passwords } from './passwords';
import type { SessionEvents } from './session-events';

export type AccountChange = Omit<UserChange, 'passwordHash'> & { readonly password?: string };
/** Without a password: an invitation or single sign-on lets them in. */
export type NewAccount = Omit<NewUser, 'passwordHash'> & Pick<CreateUserBody, 'password'>;

export interface AccountsDeps {
  readonly store: Store;
  readonly passwords: Passwords;
  readonly rules: PasswordRules;
  readonly events: SessionEvents;
  readonly now: () => number;
}

/** Changes of users, with what follows for their open sessions and invitations. */
export class Accounts {
  constructor(private readonly deps: AccountsDeps) {}

  /** Throws UsernameTakenError, WeakPasswordError. */
  async create({ password, ...user }: NewAccount): Promise<StoredUser> {
    const { store, passwords, rules } = this.deps;
    if (password === undefined) return store.users.create({ ...user, passwordHash: null });
    rules.check(password, user);
    return store.users.create({ ...user, passwordHash: await passwords.hash(password) });
  }

  /**
   * Disabling and a new password end the user's sessions at once, `keepSession` excepted, and an open invitation.
   * Throws ConflictError, NotFoundError, LastAdminError, WeakPasswordError.
   */
  async update(id: string, change: AccountChange, version?: number, keepSession?: string): Promise<StoredUser> {
    const { store, passwords } = this.deps;
    const { password, ...rest } = change;
    if (password !== undefined) await this.checkPassword(id, password, rest);
    const passwordHash = password === undefined ? undefined : await passwords.hash(password);
    const user = await store.users.update(id, { ...rest, passwordHash }, version);
    if (rest.disabled) await this.shutOut(id);
    else if (password !== undefined) await this.passwordIsNew(id, keepSession);
    // Whoever asked for it may rely on it: no open panel is served by the old rights any more.
    await this.deps.events.userChanged.tell(id);
    return user;
  }

  /** Throws NotFoundError, LastAdminError. */
  async remove(id: string): Promise<StoredUser> {
    const { store, events } = this.deps;
    const sessions = await store.sessions.ofUser(id, new Date(0));
    const user = await store.users.remove(id);
    for (const { id: sessionId } of sessions) events.ended.emit({ sessionId, userId: id, reason: 'disabled' });
    return user;
  }

  /** What was open under the old password ends. */
  async passwordIsNew(id: string, keepSession?: string): Promise<void> {
    await this.deps.store.invitations.revoke(id, new Date(this.deps.now()));
    await this.endSessions(id, 'passwordChanged', keepSession);
  }

  /** Ends all sessions of a user but one; answers how many. */
  async endSessions(userId: string, reason: SessionEnd, except?: string): Promise<number> {
    const ended = await this.deps.store.sessions.removeOfUser(userId, except);
    for (const sessionId of ended) this.deps.events.ended.emit({ sessionId, userId, reason });
    return ended.length;
  }

  private async shutOut(id: string): Promise<void> {
    await this.deps.store.invitations.revoke(id, new Date(this.deps.now()));
    await this.endSessions(id, 'disabled');
  }

  private async checkPassword(id: string, password: string, change: AccountChange): Promise<void> {
    const user = await this.deps.store.users.byId(id);
    if (user) this.deps.rules.check(password, { ...user, ...(change.name === undefined ? {} : { name: change.name }) });
  }
}
