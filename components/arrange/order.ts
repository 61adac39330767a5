import type { PanelSection } from '@/server/protocol/layout';

/** The sections in the panel's own order, and what they are called. */
export const panelSections = ['queues', 'parking', 'conferences', 'trunks'] as const satisfies readonly PanelSection[];

export const sectionNames: Readonly<Record<PanelSection, string>> = {
  queues: 'Queues',
  parking: 'Parking',
  conferences: 'Conferences',
  trunks: 'Trunks',
};

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** All sections: those that are named first, in that order. */
export function sectionOrder(named: readonly PanelSection[]): PanelSection[] {
  const first = [...new Set(named)].filter((one) => panelSections.includes(one));
  return [...first, ...panelSections.filter((one) => !first.includes(one))];
}

/** Departments as they stand: those that are named first, in that order, the rest by name. */
export function departmentOrder(names: Iterable<string>, named: readonly string[]): string[] {
  return [...new Set(names)].sort(byDepartment(named));
}

/** Puts departments in order; see `departmentOrder`. */
export function byDepartment(named: readonly string[]): (a: string, b: string) => number {
  const place = new Map(named.map((name, at) => [name, at]));
  const placeOf = (name: string): number => place.get(name) ?? Number.MAX_SAFE_INTEGER;
  return (a, b) => placeOf(a) - placeOf(b) || collator.compare(a, b);
}

export type Side = 'before' | 'after';

/** `list` with `moved` taken beside `target`; the same list when one of them is not in it. */
export function beside<T>(list: readonly T[], moved: T, target: T, side: Side): readonly T[] {
  if (moved === target || !list.includes(moved)) return list;
  const rest = list.filter((one) => one !== moved);
  const at = rest.indexOf(target);
  return at < 0 ? list : rest.toSpliced(side === 'before' ? at : at + 1, 0, moved);
}

/** `list` with `moved` one place further; the same list at its edge. */
export function oneFurther<T>(list: readonly T[], moved: T, by: -1 | 1): readonly T[] {
  const target = list[list.indexOf(moved) + by];
  if (target === undefined || !list.includes(moved)) return list;
  return beside(list, moved, target, by < 0 ? 'before' : 'after');
}

/** What is kept of an order: what stands on the screen, then the names that are not there just now. */
export function keptOrder(shown: readonly string[], named: readonly string[]): string[] {
  return [...shown, ...named.filter((name) => !shown.includes(name))];
}
