import {
  type LayoutDefaults,
  type LayoutsAnswer,
  layoutDefaults,
  type RoleLayout,
  type SavedLayout,
  type SavedLayoutDefaults,
} from './protocol/layout';
import { arrangedKeys, layoutOf, type OwnLayout, ownAfter, withoutArrangement } from './protocol/layout-own';
import { NotFoundError } from './store/errors';
import type { StoredLayout } from './store/layouts';
import { SavedSettings } from './store/saved-settings';
import type { Store } from './store/store';

export interface LayoutKeeperDeps {
  readonly store: Pick<Store, 'settings' | 'layouts' | 'users'>;
  /** Ids of the users who look at the panel now. */
  readonly openUsers: () => Iterable<string>;
  /** Shows a layout to the open panels of this user. */
  readonly show: (userId: string, saved: SavedLayout) => void;
  readonly log: { warn(fields: object, message: string): void };
}

export type LayoutPut =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly current: SavedLayout };

const tries = 5;
const none: LayoutDefaults = { roles: {} };

/**
 * How the panel looks to whom: the panel's default, the role's over it, the user's own over that (protocol/layout-own.ts).
 * The version of a user's layout is the sum of the versions of both parts: it grows whichever of them is saved.
 */
export class LayoutKeeper {
  readonly #saved: SavedSettings<LayoutDefaults>;
  /** The role that somebody's layout was last made for. */
  readonly #roles = new Map<string, string>();

  constructor(private readonly deps: LayoutKeeperDeps) {
    this.#saved = new SavedSettings({
      settings: deps.store.settings,
      key: 'layouts',
      initial: none,
      read(saved) {
        const { success, data } = layoutDefaults.safeParse(saved);
        if (!success) deps.log.warn({}, 'the saved default layouts cannot be read: the panel’s own is in force');
        return data ?? none;
      },
      changed: () => this.showAll(),
    });
  }

  /** To be awaited before anything asks. */
  load(): Promise<void> {
    return this.#saved.load();
  }

  async get(userId: string): Promise<SavedLayout> {
    return this.shown(await this.read(userId));
  }

  /** Saves over the version that was read; when that is no longer the newest, nothing is written and it is answered. */
  async put(userId: string, saved: SavedLayout): Promise<LayoutPut> {
    const found = await this.read(userId);
    const now = this.shown(found);
    if (now.version !== saved.version) return { ok: false, current: now };
    const own = ownAfter(found.stored.own, found.byRole, saved.layout);
    const written = await this.deps.store.layouts.put(userId, { version: found.stored.version, own });
    return written ? { ok: true, version: now.version + 1 } : { ok: false, current: await this.get(userId) };
  }

  /** Takes back what this user arranged, and shows it. Throws NotFoundError when there is no such user. */
  reset(userId: string): Promise<SavedLayout> {
    return this.rewrite(userId, withoutArrangement);
  }

  /** The role may be another one: what it shows has to be newer than what the browser holds. Never rejects. */
  async userChanged(userId: string): Promise<void> {
    try {
      const known = this.#roles.get(userId);
      const user = await this.deps.store.users.byId(userId);
      if (user !== null && known !== undefined && known !== user.role) await this.rewrite(userId, (own) => own);
    } catch (error) {
      this.deps.log.warn({ err: error, userId }, 'the layout of a changed role is shown when the panel is opened anew');
    }
  }

  defaults(): SavedLayoutDefaults {
    return this.#saved.get();
  }

  /** The defaults, and who has arranged what. */
  async overview(): Promise<LayoutsAnswer> {
    const [users, rows] = await Promise.all([this.deps.store.users.list(), this.deps.store.layouts.all()]);
    const listed = users.flatMap(({ id, username, name, role, disabled }) =>
      disabled ? [] : [{ id, username, name, role, own: arrangedKeys(rows.get(id)?.own ?? {}) }],
    );
    return { ...this.defaults(), users: listed };
  }

  /** In force at once on every open panel. Throws ConflictError when somebody else saved in the meantime. */
  async saveDefaults(edited: SavedLayoutDefaults): Promise<LayoutsAnswer> {
    await this.#saved.save(edited);
    return this.overview();
  }

  private async showAll(): Promise<void> {
    await Promise.all(
      [...new Set(this.deps.openUsers())].map(async (id) => {
        this.deps.show(id, await this.get(id));
      }),
    );
  }

  private async rewrite(userId: string, change: (own: OwnLayout) => OwnLayout): Promise<SavedLayout> {
    const { users, layouts } = this.deps.store;
    if ((await users.byId(userId)) === null) throw new NotFoundError('there is no such user');
    for (let turn = 1; turn <= tries; turn += 1) {
      const { version, own } = await layouts.get(userId);
      if (await layouts.put(userId, { version, own: change(own) })) break;
      if (turn === tries) throw new Error('the layout is saved too often to be changed');
    }
    const saved = await this.get(userId);
    this.deps.show(userId, saved);
    return saved;
  }

  private async read(userId: string): Promise<{ readonly stored: StoredLayout; readonly byRole: RoleLayout }> {
    const [stored, user] = await Promise.all([this.deps.store.layouts.get(userId), this.deps.store.users.byId(userId)]);
    const role = user?.role ?? '';
    this.#roles.set(userId, role);
    return { stored, byRole: this.#saved.get().settings.roles[role] ?? {} };
  }

  private shown({ stored, byRole }: { readonly stored: StoredLayout; readonly byRole: RoleLayout }): SavedLayout {
    return { version: stored.version + this.#saved.get().version, layout: layoutOf(stored.own, byRole) };
  }
}
