import { defaultGrants, type Grant } from '../protocol/access';
import { everybody, meaning } from './permissions';
import { entry } from './table';

/** A permission of FOP2's that somebody has: for all that they see, or for some groups. */
export interface Granted {
  readonly name: string;
  /** Null: for all. */
  readonly groups: readonly string[] | null;
}

export interface Granting {
  readonly grants: readonly Grant[];
  /** What has no counterpart, in sentences. */
  readonly notes: readonly string[];
}

/** What somebody with these may do here; nobody is made an administrator. In the order in which roles are kept. */
export function grantsOf(list: readonly Granted[]): Granting {
  const notes = new Set<string>();
  const reach = new Map<Grant['permission'], Set<string> | null>();
  const give = (permission: Grant['permission'], groups: readonly string[] | null): void => {
    const before = reach.get(permission);
    if (before === null) return;
    reach.set(permission, groups === null ? null : new Set([...(before ?? []), ...groups]));
  };
  for (const permission of everybody) give(permission, null);
  for (const { name, groups } of list) {
    const means =
      name === 'all' ? defaultGrants('supervisor').map(({ permission }) => permission) : entry(meaning, name);
    if (means === undefined) notes.add('One of the permissions is none that FOP2 has: not taken.');
    else if (typeof means === 'string') notes.add(`“${name}” is not taken: ${lower(means)}`);
    else for (const permission of means) give(permission, groups);
  }
  const order = defaultGrants('supervisor').map(({ permission }) => permission);
  const grants = order.flatMap((permission) => {
    const groups = reach.get(permission);
    return groups === undefined ? [] : [{ permission, groups: groups && [...groups].sort() }];
  });
  return { grants, notes: [...notes] };
}

function lower(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

/** The same for the same rights, in whatever order they are kept. */
export function rightsKey(grants: readonly Grant[], sees: readonly string[] | null): string {
  const each = grants.map(({ permission, groups }) => `${permission}:${groups === null ? '*' : sorted(groups)}`).sort();
  return JSON.stringify([each, sees === null ? '*' : sorted(sees)]);
}

function sorted(names: readonly string[]): string {
  return JSON.stringify([...new Set(names)].sort());
}
