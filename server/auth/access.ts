import { z } from 'zod';
import {
  type AccessSettings,
  accessSettings,
  defaultAccess,
  type Grant,
  type OwnRights,
  type Rights,
  rightsOf,
  roleOf,
  type SavedAccess,
  unknownGroup,
} from '../protocol/access';
import type { GroupRename } from '../protocol/access-answers';
import type { Role } from '../protocol/permissions';
import { SavedSettings } from '../store/saved-settings';
import type { Store } from '../store/store';

export interface AccessKeeperDeps {
  readonly settings: Pick<Store['settings'], 'get' | 'put'>;
  readonly users: Pick<Store['users'], 'renameGroups'>;
  /** Called after every save, when `rights` tells by the new ones; resolves when all open panels know them. */
  readonly changed: () => Promise<void>;
  readonly log: { error(fields: object, message: string): void };
}

/** Groups, and what each role may do: what was saved, else the defaults. */
export class AccessKeeper {
  readonly #saved: SavedSettings<AccessSettings>;
  /** Rights by who has them, as long as these settings are in force: everybody of a role shares one object. */
  #made: { readonly by: AccessSettings; readonly rights: Map<string, Rights> } | null = null;
  readonly #renames = new WeakMap<AccessSettings, readonly GroupRename[]>();

  constructor({ settings: store, users, changed, log }: AccessKeeperDeps) {
    this.#saved = new SavedSettings({
      settings: store,
      key: 'access',
      initial: defaultAccess,
      read(saved) {
        const { error, data } = accessSettings.safeParse(ofToday(saved));
        const words = 'the saved rights cannot be read: nobody but administrators may do anything';
        if (error) log.error({ err: error }, words);
        return data ?? nothing;
      },
      changed: async (settings) => {
        await users.renameGroups(this.#renames.get(settings) ?? []);
        await changed();
      },
    });
  }

  /** To be awaited before anybody signs in. What cannot be read grants nothing: only administrators may act then. */
  load(): Promise<void> {
    return this.#saved.load();
  }

  get(): SavedAccess {
    return this.#saved.get();
  }

  /**
   * `version` is the one that was edited. What users have of their own by a group that was renamed goes on meaning it.
   * Throws ConflictError when somebody else saved in the meantime.
   */
  save({ version, settings }: SavedAccess, renamed: readonly GroupRename[] = []): Promise<SavedAccess> {
    this.#renames.set(settings, renamed);
    return this.#saved.save({ version, settings });
  }

  rights(role: Role, own: OwnRights): Rights {
    const { settings } = this.#saved.get();
    if (this.#made?.by !== settings || this.#made.rights.size >= mostMade) {
      this.#made = { by: settings, rights: new Map() };
    }
    const { rights } = this.#made;
    const who = JSON.stringify([role, own.grants, own.sees]);
    const known = rights.get(who);
    if (known !== undefined) return known;
    const made = rightsOf(role, own, settings);
    rights.set(who, made);
    return made;
  }

  hasRole(id: Role): boolean {
    return roleOf(id, this.#saved.get().settings) !== undefined;
  }

  /** The first name in a list of groups that are seen which no group has; null: there are all. */
  unknownSeen(sees: readonly string[]): string | null {
    const known = new Set(this.#saved.get().settings.groups.map(({ name }) => name));
    return sees.find((name) => !known.has(name)) ?? null;
  }

  /** The role in words; empty: there is no such role. */
  roleName(id: Role): string {
    return roleOf(id, this.#saved.get().settings)?.name ?? '';
  }

  /** The field of a list of grants that names a group there is not, as a dotted path, and that name. */
  unknownGroup(list: readonly Grant[]): { readonly name: string; readonly field: string } | null {
    const unknown = unknownGroup(list, this.#saved.get().settings.groups);
    return unknown && { name: unknown.name, field: ['grants', ...unknown.path].join('.') };
  }
}

const mostMade = 1_000;

/** Nobody sees or does anything, administrators excepted. */
const nothing: AccessSettings = {
  groups: [],
  roles: defaultAccess.roles.map((one) => ({ ...one, grants: [], sees: one.id === 'admin' ? null : [] })),
};

const before = z.object({ groups: z.unknown(), roles: z.record(z.string(), z.unknown()) });

/** Until there were roles of one's own, the grants of three were kept by their ids; `operator` was the supervisor. */
function ofToday(saved: unknown): unknown {
  const { data } = before.safeParse(saved);
  if (data === undefined || Array.isArray(data.roles)) return saved;
  const { operator: supervisor, ...others } = data.roles;
  const grants: Readonly<Record<string, unknown>> = { ...others, supervisor };
  const roles = defaultAccess.roles.map((one) => ({ ...one, grants: grants[one.id] ?? one.grants }));
  return { groups: data.groups, roles };
}
