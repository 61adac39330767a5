import type { AccessSettings, Grant, RoleTemplate } from '../protocol/access';
import { rightsKey } from './grants';

/** Rights that several people share become one role; those of one person stay theirs. */

export interface Rights {
  readonly grants: readonly Grant[];
  /** Null: everything. */
  readonly sees: readonly string[] | null;
}

/** What a user gets; `grants` and `sees` null: as the role. */
export interface Given {
  readonly role: string;
  readonly grants: readonly Grant[] | null;
  readonly sees: readonly string[] | null;
}

export interface PlannedRole {
  readonly role: RoleTemplate;
  readonly change: 'new' | 'same';
  readonly users: number;
}

const mostRoles = 100;

interface Shared extends Rights {
  users: number;
}

/** One entry for each user, in their order. `fallback` is the role of those that are like no other. */
export function assignRoles(
  users: readonly Rights[],
  settings: AccessSettings,
  fallback: string,
): { readonly given: readonly Given[]; readonly roles: readonly PlannedRole[] } {
  const sets = new Map<string, Shared>();
  for (const { grants, sees } of users) {
    const key = rightsKey(grants, sees);
    const set = sets.get(key) ?? { grants, sees, users: 0 };
    set.users += 1;
    sets.set(key, set);
  }
  const roles = new Map<string, PlannedRole>();
  const names = new Naming(settings.roles);
  const there = existingRoles(settings, fallback);
  const byUse = [...sets].sort(([a, one], [b, other]) => other.users - one.users || (a < b ? -1 : 1));
  for (const [key, set] of byUse) {
    const known = there.get(key);
    if (known !== undefined) roles.set(key, { role: known, change: 'same', users: set.users });
    else if ((set.users > 1 || mustBeRole(set, settings, fallback)) && names.count < mostRoles) {
      roles.set(key, { role: names.make(set), change: 'new', users: set.users });
    }
  }
  const given = users.map((rights) => {
    const planned = roles.get(rightsKey(rights.grants, rights.sees));
    return planned ? { role: planned.role.id, grants: null, sees: null } : own(rights, settings, fallback);
  });
  return { given, roles: [...roles.values()] };
}

function existingRoles(settings: AccessSettings, fallback: string): Map<string, RoleTemplate> {
  const there = new Map<string, RoleTemplate>();
  const preferred = settings.roles.filter(({ id }) => id === fallback);
  for (const one of [...preferred, ...settings.roles]) {
    const key = rightsKey(one.grants, one.sees);
    if (one.id !== 'admin' && !there.has(key)) there.set(key, one);
  }
  return there;
}

/** `sees: null` of a user means as the role: who sees everything cannot have a role that does not. */
function mustBeRole({ sees }: Rights, { roles }: AccessSettings, fallback: string): boolean {
  return sees === null && roles.find(({ id }) => id === fallback)?.sees !== null;
}

function own({ grants, sees }: Rights, { roles }: AccessSettings, fallback: string): Given {
  const like = roles.find((one) => one.id !== 'admin' && rightsKey(one.grants, null) === rightsKey(grants, null));
  if (like !== undefined && sees !== null) return { role: like.id, grants: null, sees };
  return { role: fallback, grants, sees };
}

const remarkable: Readonly<Partial<Record<Grant['permission'], string>>> = {
  spy: 'listening in',
  record: 'recording',
  queuemanager: 'queues',
  broadcast: 'announcements',
};

class Naming {
  readonly #names: Set<string>;
  readonly #ids: Set<string>;

  constructor(roles: readonly RoleTemplate[]) {
    this.#names = new Set(roles.map(({ name }) => name.toLowerCase()));
    this.#ids = new Set(roles.map(({ id }) => id));
  }

  get count(): number {
    return this.#ids.size;
  }

  make({ grants, sees }: Rights): RoleTemplate {
    const limited = [...new Set(grants.flatMap(({ groups }) => groups ?? []))];
    const about = sees !== null && sees.length > 0 ? sees : limited;
    const can = grants.flatMap(({ permission }) => remarkable[permission] ?? []);
    const base = [about.slice(0, 2).join(', ') || (sees === null ? 'Staff' : 'Own phone'), ...can.slice(0, 2)]
      .join(', ')
      .slice(0, 52)
      .trim();
    const name = this.#free(this.#names, (times) => (times === 1 ? base : `${base} ${times}`));
    const slug = slugOf(name);
    const id = this.#free(this.#ids, (times) => (times === 1 ? slug : `${slug}-${times}`));
    return {
      id,
      name,
      about: 'From the users of FOP2.',
      grants: [...grants],
      sees: sees && [...sees],
      twoFactor: false,
    };
  }

  #free(taken: Set<string>, propose: (times: number) => string): string {
    for (let times = 1; ; times += 1) {
      const one = propose(times);
      if (taken.has(one.toLowerCase())) continue;
      taken.add(one.toLowerCase());
      return one;
    }
  }
}

function slugOf(name: string): string {
  const plain = name.normalize('NFD').toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return slug.slice(0, 32).replace(/-+$/, '') || 'fop2';
}
