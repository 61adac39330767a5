import type { Row } from './pack';

/** Where the keyboard goes from a tile; null: it stays. */
export type Step = 'left' | 'right' | 'up' | 'down' | 'home' | 'end' | 'first' | 'last' | 'pageUp' | 'pageDown';

export interface Spot {
  readonly row: number;
  readonly column: number;
  readonly number: string;
}

export function findSpot(rows: readonly Row[], number: string): Spot | null {
  for (let row = 0; row < rows.length; row += 1) {
    const line = rows[row];
    const column = line?.kind === 'tiles' ? line.cells.indexOf(number) : -1;
    if (column >= 0) return { row, column, number };
  }
  return null;
}

export function firstSpot(rows: readonly Row[]): Spot | null {
  return seek(rows, -1, 1, 1, 'start');
}

/** `page`: tile lines on the screen. */
export function walk(rows: readonly Row[], from: Spot, step: Step, page: number): Spot | null {
  switch (step) {
    case 'left':
      return inLine(rows, from, -1) ?? seek(rows, from.row, -1, 1, 'end');
    case 'right':
      return inLine(rows, from, 1) ?? seek(rows, from.row, 1, 1, 'start');
    case 'up':
      return seek(rows, from.row, -1, 1, from.column);
    case 'down':
      return seek(rows, from.row, 1, 1, from.column);
    case 'pageUp':
      return seek(rows, from.row, -1, page, from.column);
    case 'pageDown':
      return seek(rows, from.row, 1, page, from.column);
    case 'home':
      return pick(rows, from.row, 'start');
    case 'end':
      return pick(rows, from.row, 'end');
    case 'first':
      return firstSpot(rows);
    case 'last':
      return seek(rows, rows.length, -1, 1, 'end');
  }
}

function inLine(rows: readonly Row[], from: Spot, by: 1 | -1): Spot | null {
  const line = rows[from.row];
  if (line?.kind !== 'tiles') return null;
  for (let column = from.column + by; column >= 0 && column < line.cells.length; column += by) {
    const number = line.cells[column];
    if (number) return { row: from.row, column, number };
  }
  return null;
}

type Where = number | 'start' | 'end';

/** The `lines`-th line of tiles in a direction, or the farthest there is. */
function seek(rows: readonly Row[], start: number, by: 1 | -1, lines: number, where: Where): Spot | null {
  let found: Spot | null = null;
  let left = lines;
  for (let row = start + by; row >= 0 && row < rows.length && left > 0; row += by) {
    const spot = pick(rows, row, where);
    if (spot) {
      found = spot;
      left -= 1;
    }
  }
  return found;
}

/** The tile of a line at a column, or the one nearest to it. */
function pick(rows: readonly Row[], row: number, where: Where): Spot | null {
  const line = rows[row];
  if (line?.kind !== 'tiles') return null;
  const wish = where === 'start' ? 0 : where === 'end' ? line.cells.length - 1 : where;
  let best: Spot | null = null;
  for (const [column, number] of line.cells.entries()) {
    if (number && (!best || Math.abs(column - wish) < Math.abs(best.column - wish))) best = { row, column, number };
  }
  return best;
}
