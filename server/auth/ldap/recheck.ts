import type { LdapSettings } from '../../protocol/sign-in';
import type { Store } from '../../store/store';
import type { StoredUser } from '../../store/users';
import type { Accounts } from '../accounts';
import type { Admission, Identity } from '../external-users';
import type { Directory } from './directory';

const lookEveryMs = 60_000;

export interface RecheckDeps {
  readonly settings: () => LdapSettings;
  readonly directory: () => Directory;
  readonly store: Pick<Store, 'sessions' | 'users'>;
  readonly accounts: Pick<Accounts, 'endSessions'>;
  /** Takes over what the directory says of somebody; a refusal when they may not sign in any more. */
  readonly admit: (identity: Identity) => Promise<Admission>;
  readonly note: (action: string, target: string) => void;
  readonly now: () => number;
  readonly log: { warn(fields: object, message: string): void };
}

/** Ends the sessions of those whom the directory does not know any more. While it is away, everybody stays. */
export class Recheck {
  #timer: NodeJS.Timeout | null = null;
  #checkedAt: number;
  #busy = false;

  constructor(private readonly deps: RecheckDeps) {
    this.#checkedAt = deps.now();
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.tick(), lookEveryMs).unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** What the timer does: a look when it is time for one. Never rejects. */
  async tick(): Promise<void> {
    const { enabled, recheckMinutes } = this.deps.settings();
    const due = this.deps.now() - this.#checkedAt >= recheckMinutes * 60_000;
    if (!enabled || recheckMinutes === 0 || !due || this.#busy) return;
    this.#busy = true;
    try {
      await this.check();
    } catch (error) {
      this.deps.log.warn(
        { err: error },
        'the directory could not be asked who is still there: everybody stays signed in',
      );
    } finally {
      this.#checkedAt = this.deps.now();
      this.#busy = false;
    }
  }

  /** Answers the user names of those who had to go. Throws what the directory throws; then nobody had to. */
  async check(): Promise<readonly string[]> {
    const here = await this.signedIn();
    if (here.length === 0) return [];
    const there = await this.deps.directory().stillThere(here.map(({ externalId }) => externalId));
    const gone: string[] = [];
    for (const { user, externalId } of here) {
      const identity = there.get(externalId);
      const stays = identity !== undefined && (await this.deps.admit(identity)).ok;
      if (stays) continue;
      await this.deps.accounts.endSessions(user.id, 'disabled');
      this.deps.note('user.gone', user.username);
      gone.push(user.username);
    }
    return gone;
  }

  private async signedIn(): Promise<{ readonly user: StoredUser; readonly externalId: string }[]> {
    const { store, now } = this.deps;
    const open = new Set((await store.sessions.alive(new Date(now()))).map(({ userId }) => userId));
    const users = await store.users.list();
    return users.flatMap((user) => {
      const { origin, externalId, id } = user;
      return origin === 'ldap' && externalId !== null && open.has(id) ? [{ user, externalId }] : [];
    });
  }
}
