import type { Group } from './arrange';

/** One line of the grid: the headings of the groups that stand side by side on a shelf, or one line of their tiles. */
export type Row =
  | { readonly kind: 'heading'; readonly segments: readonly Segment[] }
  | { readonly kind: 'tiles'; readonly cells: readonly (string | null)[]; readonly last: boolean };

export interface Segment {
  readonly group: Group;
  readonly column: number;
  readonly columns: number;
}

export interface Sizes {
  readonly columns: number;
  /** Heights in px, gaps included. */
  readonly tile: number;
  readonly heading: number;
}

/**
 * Small departments share a shelf, so that a screen holds more people: consecutive groups stand side by side with as
 * many columns each as they need for the shelf's number of lines. Of all ways to cut the groups into shelves the lowest
 * total height is taken. Order is kept: left to right, then down.
 */
/** A group that shares a shelf is no taller than this: its heading stays in sight, and it is read as a block. */
const sharedLines = 6;

export function pack(groups: readonly Group[], sizes: Sizes): Row[] {
  const rows: Row[] = [];
  let from = 0;
  for (const to of shelves(groups, sizes)) {
    rows.push(...shelfRows(groups.slice(from, to), sizes.columns));
    from = to;
  }
  return rows;
}

/** The tiles as they are read: line by line. */
export function numbersOf(rows: readonly Row[]): string[] {
  return rows.flatMap((row) => (row.kind === 'tiles' ? row.cells.filter((number) => number !== null) : []));
}

/** Ends (exclusive) of the shelves of the lowest arrangement. */
function shelves(groups: readonly Group[], { columns, tile, heading }: Sizes): number[] {
  const best = [0];
  const cut = [0];
  for (let end = 1; end <= groups.length; end += 1) {
    best[end] = Number.POSITIVE_INFINITY;
    for (let start = end - 1; start >= 0 && end - start <= columns; start -= 1) {
      const shelf = groups.slice(start, end);
      // A folded group, favourites and the like stand alone: their heading is a line of its own.
      if (shelf.length > 1 && shelf.some(standsAlone)) break;
      const lines = linesOf(shelf, columns);
      if (shelf.length > 1 && lines > sharedLines) continue;
      const height = (best[start] ?? 0) + heading + lines * tile;
      if (height < (best[end] ?? 0)) {
        best[end] = height;
        cut[end] = start;
      }
    }
  }
  const ends: number[] = [];
  for (let end = groups.length; end > 0; end = cut[end] ?? 0) ends.unshift(end);
  return ends;
}

function standsAlone(group: Group): boolean {
  return group.kind === 'favourites' || group.kind === 'hidden';
}

/** The fewest lines in which the groups fit side by side. */
function linesOf(shelf: readonly Group[], columns: number): number {
  const most = Math.max(...shelf.map((group) => group.numbers.length));
  const total = shelf.reduce((sum, group) => sum + group.numbers.length, 0);
  let lines = Math.max(most === 0 ? 0 : 1, Math.ceil(total / columns));
  const width = () => shelf.reduce((sum, group) => sum + widthOf(group, lines), 0);
  while (width() > columns) lines += 1;
  return lines;
}

function widthOf(group: Group, lines: number): number {
  return Math.max(1, lines === 0 ? 1 : Math.ceil(group.numbers.length / lines));
}

function shelfRows(shelf: readonly Group[], columns: number): Row[] {
  const lines = linesOf(shelf, columns);
  const segments: Segment[] = [];
  let column = 0;
  for (const group of shelf) {
    const width = shelf.length === 1 ? columns : widthOf(group, lines);
    segments.push({ group, column, columns: width });
    column += width;
  }
  const bare = shelf.length === 1 && shelf[0]?.kind === 'all';
  const rows: Row[] = bare ? [] : [{ kind: 'heading', segments }];
  for (let line = 0; line < lines; line += 1) {
    const cells: (string | null)[] = Array.from({ length: columns }, () => null);
    for (const { group, column: first, columns: width } of segments) {
      for (let i = 0; i < width; i += 1) cells[first + i] = group.numbers[line * width + i] ?? null;
    }
    rows.push({ kind: 'tiles', cells, last: line === lines - 1 });
  }
  return rows;
}
