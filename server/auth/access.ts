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
import type { Role } from '../protocol/permissions';
import { SavedSettings } from '../store/saved-settings';
import type { Store } from '../store/store';

export interface AccessKeeperDeps {
  readonly settings: Pick<Store['settings'], 'get' | 'put'>;
  /** Called after every save, when `rights` tells by the new ones; resolves when all open panels know them. */
  readonly changed: () => Promise<void>;
  readonly log: { error(fields: object, message: string): void };
}

/** Groups, and what each role may do: what was saved, else the defaults. */
export class AccessKeeper {
  readonly #saved: SavedSettings<AccessSettings>;

  constructor({ settings, changed, log }: AccessKeeperDeps) {
    this.#saved = new SavedSettings({
      settings,
      key: 'access',
      initial: defaultAccess,
      read(saved) {
        const { error, data } = accessSettings.safeParse(ofToday(saved));
        const words = 'the saved rights cannot be read: nobody but administrators may do anything';
        if (error) log.error({ err: error }, words);
        return data ?? nothing;
      },
      changed,
    });
  }

  /** To be awaited before anybody signs in. What cannot be read grants nothing: only administrators may act then. */
  load(): Promise<void> {
    return this.#saved.load();
  }

  get(): SavedAccess {
    return this.#saved.get();
  }

  /** `version` is the one that was edited. Throws ConflictError when somebody else saved in the meantime. */
  save(edited: SavedAccess): Promise<SavedAccess> {
    return this.#saved.save(edited);
  }

  rights(role: Role, own: OwnRights): Rights {
    return rightsOf(role, own, this.#saved.get().settings);
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

const nothing: AccessSettings = { groups: [], roles: defaultAccess.roles.map((one) => ({ ...one, grants: [] })) };

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
