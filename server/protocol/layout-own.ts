import type { Layout, RoleLayout } from './layout';
import { defaultLayout } from './layout-default';

/**
 * What one user sees is the panel's default, over it the role's default, over it what the user arranged. Of a user only
 * that last part is kept, so that a default changed later reaches whoever did not arrange that very thing.
 */

export type OwnLayout = Partial<Layout>;

/** What `Reset to default` gives back; theme, keys and notifications are no arrangement. */
export const arrangementKeys = [
  'density',
  'grouping',
  'favourites',
  'hidden',
  'order',
  'collapsed',
  'departments',
  'sections',
  'hiddenSections',
] as const satisfies readonly (keyof RoleLayout)[];

export function layoutOf(own: OwnLayout, byRole: RoleLayout): Layout {
  return { ...defaultLayout, ...defined(byRole), ...defined(own) };
}

/**
 * What is the user's own after saving `next` over what `own` made. A field that the save does not touch stays whose it is,
 * the user's or the default's; one that is set to what the default says follows the default again.
 */
export function ownAfter(own: OwnLayout, byRole: RoleLayout, next: Layout): OwnLayout {
  const before = layoutOf(own, byRole);
  const base = layoutOf({}, byRole);
  const kept = (key: keyof Layout): boolean =>
    same(next[key], before[key]) ? own[key] !== undefined : !same(next[key], base[key]);
  return Object.fromEntries(keysOf(next).flatMap((key) => (kept(key) ? [[key, next[key]]] : [])));
}

/** What a layout that was kept whole has of its own: whatever is not as the panel's default. */
export function ownOfWhole(whole: OwnLayout): OwnLayout {
  return Object.fromEntries(
    keysOf(defined(whole)).flatMap((key) => (same(whole[key], defaultLayout[key]) ? [] : [[key, whole[key]]])),
  );
}

export function withoutArrangement(own: OwnLayout): OwnLayout {
  const arranged: readonly string[] = arrangementKeys;
  return Object.fromEntries(Object.entries(own).filter(([key]) => !arranged.includes(key)));
}

/** Which parts of the arrangement are the user's own. */
export function arrangedKeys(own: OwnLayout): (typeof arrangementKeys)[number][] {
  return arrangementKeys.filter((key) => own[key] !== undefined);
}

function keysOf(layout: OwnLayout): (keyof Layout)[] {
  return Object.keys(layout) as (keyof Layout)[];
}

/** Without the fields that are undefined: those would hide what lies below. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const at = (value: object, key: string): unknown => (value as Record<string, unknown>)[key];
  return Array.isArray(a) === Array.isArray(b) && [...keys].every((key) => same(at(a, key), at(b, key)));
}
