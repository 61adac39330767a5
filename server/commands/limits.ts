import type { GroupKind, Limit } from '../protocol/groups';

/** Asking a limit. Its lists may be long, so that they are made into sets once. */

interface LimitSets extends Readonly<Record<GroupKind, ReadonlySet<string>>> {
  readonly departments: ReadonlySet<string>;
  readonly all: ReadonlySet<GroupKind>;
}

const made = new WeakMap<Limit, LimitSets>();

function setsOf(limit: Limit): LimitSets {
  const known = made.get(limit);
  if (known !== undefined) return known;
  const { extensions, departments, queues, conferences, parking, trunks, all } = limit;
  const sets = {
    extensions: new Set(extensions),
    departments: new Set(departments),
    queues: new Set(queues),
    conferences: new Set(conferences),
    parking: new Set(parking),
    trunks: new Set(trunks),
    all: new Set(all),
  };
  made.set(limit, sets);
  return sets;
}

/** Whether a limit names a thing of this kind, or all of them. Extensions may be meant by their department as well. */
export function names(limit: Limit | null, kind: GroupKind, key: string | null): boolean {
  if (limit === null || key === null) return false;
  const sets = setsOf(limit);
  return sets.all.has(kind) || sets[kind].has(key);
}

export function namesDepartment(limit: Limit | null, department: string | null | undefined): boolean {
  return limit !== null && department != null && setsOf(limit).departments.has(department);
}

/** Whether a limit names this extension by its number, not by its department and not with all. */
export function namesNumber(limit: Limit | null, number: string): boolean {
  return limit !== null && setsOf(limit).extensions.has(number);
}

/** Whether a limit means all of a kind. */
export function meansAll(limit: Limit | null, kind: GroupKind): boolean {
  return limit !== null && setsOf(limit).all.has(kind);
}
