import type { CreateUserBody } from '../protocol/admin';
import type { SessionEnd } from '../protocol/socket';
import type { Store } from '../store/store';
import type { StoredUser, UserChange } from '../store/users';
import type { Passwords } from './passwords';
import type { SessionEvents } from './session-events';

export type AccountChange = Omit<UserChange, 'passwordHash'> & { readonly password?: string };

/** Changes of users, with what follows for their open sessions. */
export class Accounts {
  constructor(
    private readonly store: Store,
    private readonly passwords: Passwords,
    private readonly events: SessionEvents,
  ) {}

  /** Throws UsernameTakenError. */
  async create({ password, ...user }: CreateUserBody): Promise<StoredUser> {
    return this.store.users.create({ ...user, passwordHash: await this.passwords.hash(password) });
  }

  /**
   * Disabling and a new password end the user's sessions at once, `keepSession` excepted.
   * Throws ConflictError, NotFoundError, LastAdminError.
   */
  async update(id: string, change: AccountChange, version?: number, keepSession?: string): Promise<StoredUser> {
    const { password, ...rest } = change;
    const passwordHash = password === undefined ? undefined : await this.passwords.hash(password);
    const user = await this.store.users.update(id, { ...rest, passwordHash }, version);
    if (rest.disabled) await this.endSessions(id, 'disabled');
    else if (password !== undefined) await this.endSessions(id, 'passwordChanged', keepSession);
    // Whoever asked for it may rely on it: no open panel is served by the old rights any more.
    await this.events.userChanged.tell(id);
    return user;
  }

  private async endSessions(userId: string, reason: SessionEnd, except?: string): Promise<void> {
    for (const sessionId of await this.store.sessions.removeOfUser(userId, except)) {
      this.events.ended.emit({ sessionId, userId, reason });
    }
  }
}
