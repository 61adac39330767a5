import type { OpenInvitation } from '../store/invitations';
import type { Store } from '../store/store';
import type { StoredUser } from '../store/users';
import type { PasswordRules } from './password-rules';
import type { Passwords } from './passwords';

const day = 24 * 60 * 60_000;
export const invitationMs = 7 * day;

export interface IssuedInvitation {
  /** For the link `/setup/#invite=TOKEN`; kept nowhere. */
  readonly token: string;
  readonly expiresAt: Date;
}

export interface InvitationsDeps {
  readonly store: Store;
  readonly passwords: Passwords;
  readonly rules: PasswordRules;
  readonly now: () => number;
  /** The user has a new password: end what was open under the old one. */
  readonly accepted: (user: StoredUser) => Promise<void>;
}

/** Links by which users set a password, a first one or one anew: each works once and not for ever. */
export class Invitations {
  constructor(private readonly deps: InvitationsDeps) {}

  /** `by`: name of the administrator. An earlier link of this user ends. Default: for seven days. */
  async issue(userId: string, by: string, ttlMs = invitationMs): Promise<IssuedInvitation> {
    const at = this.deps.now();
    const expiresAt = new Date(at + ttlMs);
    return { token: await this.deps.store.invitations.issue(userId, by, new Date(at), expiresAt), expiresAt };
  }

  /** Null: it does not work, or not any more. */
  find(token: string): Promise<OpenInvitation | null> {
    return this.deps.store.invitations.find(token, new Date(this.deps.now()));
  }

  /** Sets the password. Null: the link does not work any more. Throws WeakPasswordError and TooBusyError; then it still does. */
  async accept(token: string, password: string): Promise<StoredUser | null> {
    const { store, passwords, rules, now } = this.deps;
    const found = await this.find(token);
    if (!found) return null;
    rules.check(password, found.user);
    const user = await store.invitations.accept(token, await passwords.hash(password), new Date(now()));
    if (user) await this.deps.accepted(user);
    return user;
  }

  /** False: none was open. */
  revoke(userId: string): Promise<boolean> {
    return this.deps.store.invitations.revoke(userId, new Date(this.deps.now()));
  }
}
