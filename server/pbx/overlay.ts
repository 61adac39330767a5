import { type ButtonFields, type ButtonKind, nothingSet } from '../protocol/buttons';
import type { ButtonColour } from '../protocol/records';
import type { World } from './facts';

/** What an administrator set for this; all null: nothing. */
export function ownOf(world: World, kind: ButtonKind, key: string): ButtonFields {
  return world.configured[kind].get(key)?.own ?? nothingSet;
}

/** It stays though the PBX does not have it (any more): an administrator added it. */
export function staysByHand(world: World, kind: ButtonKind, key: string): boolean {
  if (world.configured[kind].get(key)?.added !== true) return false;
  world.byHand[kind].add(key);
  return true;
}

/** What every record shows of what is set, over what was found. */
export interface Shown {
  readonly group: string | null;
  readonly tags: string[];
  readonly colour: ButtonColour | null;
  readonly hidden: boolean;
}

const noTags: readonly string[] = [];

export function shownOf(
  own: ButtonFields,
  found: { readonly group: string | null; readonly tags: readonly string[] } = { group: null, tags: noTags },
): Shown {
  return {
    group: own.group ?? found.group,
    // Never changed: the same list serves all that have none.
    tags: (own.tags ?? found.tags) as string[],
    colour: own.colour,
    hidden: own.hidden ?? false,
  };
}
