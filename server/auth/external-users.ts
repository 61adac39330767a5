import type { Role } from '../protocol/permissions';
import { username as usernameShape } from '../protocol/session';
import type { SyncField } from '../protocol/sign-in';
import { LastAdminError, UsernameTakenError } from '../store/errors';
import type { Store } from '../store/store';
import type { StoredUser, UserChange } from '../store/users';
import type { SessionEvents } from './session-events';

/** Who another system says somebody is. */
export interface Identity {
  readonly origin: 'oidc' | 'ldap';
  /** Never changes, and is never somebody else's: issuer and subject, or the entry's id. */
  readonly externalId: string;
  /** As that system writes it. */
  readonly username: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly emailVerified: boolean;
  /** Null: it says none that could be one. */
  readonly extension: string | null;
  readonly groups: readonly string[];
}

export interface AdmissionRules {
  /** Null: nothing they are in gives one. */
  readonly role: Role | null;
  readonly newUsers: 'create' | 'refuse';
  /** What makes a user there is already theirs; `unclaimed`: the same name, and no password to sign in with. */
  readonly link: 'none' | 'email' | 'username' | 'unclaimed';
  readonly sync: readonly SyncField[];
}

export type Admission =
  | { readonly ok: true; readonly user: StoredUser }
  | {
      readonly ok: false;
      /** `taken`: somebody else has this user name here; `name`: it cannot be one. */
      readonly reason: 'role' | 'unknown' | 'taken' | 'name' | 'disabled';
    };

export interface ExternalUsersDeps {
  readonly users: Store['users'];
  readonly events: SessionEvents;
  readonly roleExists: (role: Role) => boolean;
  /** What became of somebody by their signing in: for the audit log. */
  readonly note: (action: string, target: string) => void;
  readonly log: { warn(fields: object, message: string): void };
}

/** Users of the panel whom another system knows: found, linked or made, and kept like they are there. */
export class ExternalUsers {
  constructor(private readonly deps: ExternalUsersDeps) {}

  /** Whom this identity is here, after what that system says was taken over. */
  async admit(identity: Identity, rules: AdmissionRules): Promise<Admission> {
    const known = await this.deps.users.byExternalId(identity.origin, identity.externalId);
    if (known?.disabled) return { ok: false, reason: 'disabled' };
    const { role } = rules;
    if (role === null || !this.deps.roleExists(role)) return { ok: false, reason: 'role' };
    if (known !== null) return { ok: true, user: await this.update(known, identity, { ...rules, role }) };
    return this.welcome(identity, { ...rules, role });
  }

  private async welcome(identity: Identity, rules: AdmissionRules & { role: Role }): Promise<Admission> {
    const username = usernameOf(identity.username);
    const theirs = await this.toLink(identity, username, rules.link);
    if (theirs?.disabled) return { ok: false, reason: 'disabled' };
    if (theirs) return { ok: true, user: await this.link(theirs, identity, rules) };
    if (rules.newUsers === 'refuse') return { ok: false, reason: 'unknown' };
    if (username === null) return { ok: false, reason: 'name' };
    try {
      const { origin, externalId, email, extension } = identity;
      const name = nameOf(identity) ?? username;
      const fresh = { username, name, role: rules.role, email, extension, origin, externalId, passwordHash: null };
      const user = await this.deps.users.create(fresh);
      this.deps.note('user.joined', `${username}: ${rules.role}`);
      return { ok: true, user };
    } catch (error) {
      if (!(error instanceof UsernameTakenError)) throw error;
      // Two first sign-ins at once: the other one made it.
      const now = await this.deps.users.byExternalId(identity.origin, identity.externalId);
      return now && !now.disabled ? { ok: true, user: now } : { ok: false, reason: 'taken' };
    }
  }

  private async toLink(
    identity: Identity,
    username: string | null,
    by: AdmissionRules['link'],
  ): Promise<StoredUser | null> {
    const unlinked = (user: StoredUser | null) => (user?.origin === 'local' && user.externalId === null ? user : null);
    if (by === 'none' || (by !== 'unclaimed' && !identity.emailVerified)) return null;
    if (by === 'email') {
      const email = identity.email?.toLowerCase();
      if (!email) return null;
      const free = (await this.deps.users.list()).filter(unlinked);
      const same = free.filter((user) => user.email?.toLowerCase() === email);
      return same.length === 1 ? (same[0] ?? null) : null;
    }
    const user = username === null ? null : unlinked(await this.deps.users.byUsername(username));
    // In many systems people choose their names: none becomes an administrator by that.
    if (user === null || user.role === 'admin') return null;
    return by === 'unclaimed' && user.passwordHash !== null ? null : user;
  }

  private async link(
    user: StoredUser,
    identity: Identity,
    rules: AdmissionRules & { role: Role },
  ): Promise<StoredUser> {
    const { origin, externalId } = identity;
    // An administrator keeps the password: it opens the panel when the other system is away.
    const password = user.role === 'admin' ? {} : { passwordHash: null };
    const linked = await this.deps.users.update(user.id, { origin, externalId, ...password });
    this.deps.note('user.linked', `${user.username}: ${origin}`);
    return this.update(linked, identity, rules);
  }

  /** Takes over what is to be kept alike; the last administrator stays one. */
  private async update(
    user: StoredUser,
    identity: Identity,
    rules: Pick<AdmissionRules, 'sync'> & { role: Role },
  ): Promise<StoredUser> {
    const change = changeOf(user, identity, rules);
    if (Object.keys(change).length === 0) return user;
    const updated = await this.save(user, change);
    if (updated.role !== user.role) this.deps.note('user.role', `${user.username}: ${updated.role}`);
    await this.deps.events.userChanged.tell(user.id);
    return updated;
  }

  private async save(user: StoredUser, change: UserChange): Promise<StoredUser> {
    try {
      return await this.deps.users.update(user.id, change);
    } catch (error) {
      if (!(error instanceof LastAdminError)) throw error;
      this.deps.log.warn({ user: user.username }, 'the last administrator keeps the role, whatever the directory says');
      const { role: _, ...rest } = change;
      return this.deps.users.update(user.id, rest);
    }
  }
}

function changeOf(
  user: StoredUser,
  identity: Identity,
  { sync, role }: Pick<AdmissionRules, 'sync'> & { role: Role },
): UserChange {
  const said: Required<Pick<UserChange, SyncField>> = {
    name: nameOf(identity) ?? user.name,
    email: identity.email ?? user.email,
    extension: identity.extension ?? user.extension,
    role,
  };
  const changed = sync.filter((field) => said[field] !== user[field]);
  return Object.fromEntries(changed.map((field) => [field, said[field]]));
}

function nameOf({ name }: Identity): string | null {
  const line = name?.replace(/\p{Cc}+/gu, ' ').trim();
  return line ? line.slice(0, 80).trim() : null;
}

/** As user names are written here: `Zoë van Dam` is `zoe.van.dam`, `CORP\zoe` is `zoe`; null: nothing is left of it. */
export function usernameOf(text: string): string | null {
  const plain = text
    .replace(/^.*\\/, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .trim()
    .replace(/\s+/g, '.')
    .replace(/[^a-z0-9._@-]/g, '')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 64);
  return usernameShape.safeParse(plain).data ?? null;
}

/** An extension as a directory writes one; null: this is something else, such as a whole telephone number. */
export function extensionOf(text: string | null): string | null {
  const plain = (text ?? '').replace(/\s/g, '');
  return /^[0-9A-Za-z*#._-]{1,20}$/.test(plain) ? plain : null;
}
