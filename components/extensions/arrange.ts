import type { Layout } from '@/server/protocol/layout';
import { byDepartment } from '../arrange/order';
import type { Searchable } from './search';
import { matches } from './search';

/** A block of tiles below one heading. `kind` keeps a department named "Favourites" apart from the favourites. */
export interface Group {
  readonly id: string;
  readonly title: string;
  readonly kind: 'favourites' | 'group' | 'rest' | 'hidden' | 'all';
  /** Numbers in order; empty while it is folded away. */
  readonly numbers: readonly string[];
  /** How many belong to it, folded away or not. */
  readonly count: number;
  readonly collapsed: boolean;
}

export type Arrangement = Pick<Layout, 'grouping' | 'favourites' | 'hidden' | 'collapsed' | 'departments'>;

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The user's own order first, then by number. Nothing else ever decides where a tile stands. */
export function ordered(records: Iterable<Searchable>, order: readonly string[]): Searchable[] {
  const place = new Map(order.map((number, i) => [number, i]));
  const rows = Array.from(records, (record) => {
    const { number } = record;
    // Most numbers are digits; a collator takes a hundred times as long over ten thousand of them.
    const value = /^\d{1,15}$/.test(number) ? Number(number) : Number.POSITIVE_INFINITY;
    return { record, number, value, place: place.get(number) ?? Number.POSITIVE_INFINITY };
  });
  rows.sort((a, b) => {
    if (a.place !== b.place) return a.place - b.place;
    return a.value === b.value ? collator.compare(a.number, b.number) : a.value - b.value;
  });
  return rows.map((row) => row.record);
}

/** `sorted`: as `ordered` gives it. */
export function arrange(
  sorted: readonly Searchable[],
  layout: Arrangement,
  words: readonly string[],
  showHidden: boolean,
): Group[] {
  const hidden = new Set(layout.hidden);
  const favourites = new Set(layout.favourites);
  const buckets = new Map<string, { title: string; kind: Group['kind']; numbers: string[] }>();
  const put = (id: string, title: string, kind: Group['kind'], number: string) => {
    const bucket = buckets.get(id);
    if (bucket) bucket.numbers.push(number);
    else buckets.set(id, { title, kind, numbers: [number] });
  };
  for (const record of sorted) {
    if (!matches(record, words)) continue;
    const { number, group } = record;
    if (hidden.has(number)) {
      // A search finds hidden people too: who looks for somebody wants to see them.
      if (showHidden || words.length > 0) put('hidden', 'Hidden', 'hidden', number);
    } else if (favourites.has(number)) put('favourites', 'Favourites', 'favourites', number);
    else if (layout.grouping === 'none') put('all', 'Everyone', 'all', number);
    else if (group) put(`group:${group}`, group, 'group', number);
    else put('rest', 'Others', 'rest', number);
  }
  // A PBX without departments needs no heading over everybody.
  const [only] = buckets.values();
  if (buckets.size === 1 && only?.kind === 'rest') only.kind = 'all';
  const collapsed = new Set(words.length > 0 ? [] : layout.collapsed);
  const order = byDepartment(layout.departments);
  return [...buckets]
    .sort(([, a], [, b]) => kindRank[a.kind] - kindRank[b.kind] || order(a.title, b.title))
    .map(([id, { title, kind, numbers }]) => {
      const folded = kind !== 'all' && collapsed.has(id);
      return { id, title, kind, collapsed: folded, count: numbers.length, numbers: folded ? [] : numbers };
    });
}

const kindRank: Record<Group['kind'], number> = { favourites: 0, group: 1, all: 2, rest: 3, hidden: 4 };

/**
 * The order after `moved` was put before or after `target`. `visible` is the order now on the screen: all of its numbers
 * are named in the result, so that the others stay where they are.
 */
export function moveTo(
  visible: readonly string[],
  order: readonly string[],
  moved: string,
  target: string,
  side: 'before' | 'after',
): string[] {
  const without = visible.filter((number) => number !== moved);
  const at = without.indexOf(target);
  if (at < 0 || moved === target) return [...order];
  without.splice(side === 'before' ? at : at + 1, 0, moved);
  const shown = new Set(without);
  // Numbers of extensions that are not there now keep their place at the end.
  return [...without, ...order.filter((number) => !shown.has(number))];
}
