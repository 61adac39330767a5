import { z } from 'zod';
import {
  type AccessSettings,
  accessSettings,
  defaultAccess,
  type Grant,
  type Rights,
  rightsOf,
  type SavedAccess,
  unknownGroup,
} from '../protocol/access';
import type { Role } from '../protocol/permissions';
import type { Store } from '../store/store';

const key = 'access';

export interface AccessKeeperDeps {
  readonly settings: Pick<Store['settings'], 'get' | 'put'>;
  /** Called after every save, when `rights` tells by the new ones; resolves when all open panels know them. */
  readonly changed: () => Promise<void>;
  readonly log: { error(fields: object, message: string): void };
}

/** Groups, and what each role may do: what was saved, else the defaults. */
export class AccessKeeper {
  #now: SavedAccess = { version: 0, settings: defaultAccess };

  constructor(private readonly deps: AccessKeeperDeps) {}

  /** To be awaited before anybody signs in. What cannot be read grants nothing: only administrators may act then. */
  async load(): Promise<void> {
    const saved = await this.deps.settings.get(key, z.unknown());
    if (saved === null) return;
    const read = accessSettings.safeParse(saved.value);
    if (!read.success) {
      const words = 'the saved rights cannot be read: nobody but administrators may do anything';
      this.deps.log.error({ err: read.error }, words);
    }
    this.#now = { version: saved.version, settings: read.data ?? nothing };
  }

  get(): SavedAccess {
    return this.#now;
  }

  /** `version` is the one that was edited. Throws ConflictError when somebody else saved in the meantime. */
  async save({ version, settings }: SavedAccess): Promise<SavedAccess> {
    const saved = { version: await this.deps.settings.put(key, settings, version), settings };
    // Answers of two saves may come the other way round.
    if (saved.version > this.#now.version) {
      this.#now = saved;
      await this.deps.changed();
    }
    return saved;
  }

  rights(role: Role, own: readonly Grant[] | null): Rights {
    return rightsOf(role, own, this.#now.settings);
  }

  /** The field of a list of grants that names a group there is not, as a dotted path, and that name. */
  unknownGroup(list: readonly Grant[]): { readonly name: string; readonly field: string } | null {
    const unknown = unknownGroup(list, this.#now.settings.groups);
    return unknown && { name: unknown.name, field: ['grants', ...unknown.path].join('.') };
  }
}

const nothing: AccessSettings = { groups: [], roles: { operator: [], member: [], viewer: [] } };
