import { pack } from '../extensions/pack';

/** What a board shows, cut into pages that fit the screen: a board is never scrolled. */

export type BoardCard =
  | { readonly kind: 'queue'; readonly name: string; readonly members: boolean }
  | { readonly kind: 'parking'; readonly lot: string };

export interface PeopleGroup {
  /** Empty: nobody of them is in a department. */
  readonly title: string;
  readonly numbers: readonly string[];
}

/** The heading of a department, above as many lamps side by side as it has room for. */
export interface BoardHeading {
  readonly title: string;
  readonly column: number;
  readonly columns: number;
}

export type BoardRow =
  | { readonly kind: 'cards'; readonly cards: readonly BoardCard[]; readonly columns: number; readonly tall: boolean }
  | { readonly kind: 'heading'; readonly headings: readonly BoardHeading[] }
  | { readonly kind: 'lamps'; readonly cells: readonly (string | null)[] };

/** Heights with their gap, rem; components/board/board.css has the same. */
export const heights = { card: 14, tallCard: 27, heading: 3.5, lamps: 6 } as const;

/** Narrower than this nothing of a card, or of a lamp, can be read, rem. */
const leastWidths = { card: 22, lamp: 17 } as const;

/** Cards side by side: as many as are wanted and have room. `width`: of the screen, rem. */
export function cardsAcross(wanted: number, width: number): number {
  return Math.max(1, Math.min(wanted, Math.floor(width / leastWidths.card)));
}

/** Lamps side by side: two below each card, but no more than names have room for. */
export function lampsAcross(columns: number, width: number): number {
  return Math.max(1, Math.min(columns * 2, Math.floor(width / leastWidths.lamp)));
}

function heightOf(row: BoardRow): number {
  if (row.kind === 'cards') return row.tall ? heights.tallCard : heights.card;
  return row.kind === 'heading' ? heights.heading : heights.lamps;
}

/** Cards side by side; a row in which members are listed is taller. */
export function cardRows(cards: readonly BoardCard[], across: number): BoardRow[] {
  const columns = Math.min(across, cards.length);
  const isTall = (card: BoardCard): boolean => card.kind === 'queue' && card.members;
  const rows: { kind: 'cards'; cards: BoardCard[]; columns: number; tall: boolean }[] = [];
  for (const card of cards) {
    const last = rows.at(-1);
    if (last && last.cards.length < columns) {
      last.cards.push(card);
      last.tall ||= isTall(card);
    } else rows.push({ kind: 'cards', cards: [card], columns, tall: isTall(card) });
  }
  return rows;
}

/** Small departments share a shelf, as they do in the panel. */
export function peopleRows(groups: readonly PeopleGroup[], across: number): BoardRow[] {
  const blocks = groups.flatMap(({ title, numbers }, at) =>
    numbers.length === 0
      ? []
      : [{ id: String(at), title, kind: 'group' as const, numbers, count: numbers.length, collapsed: false }],
  );
  const sizes = { columns: across, tile: heights.lamps, heading: heights.heading };
  return pack(blocks, sizes).flatMap((row): BoardRow[] => {
    if (row.kind === 'tiles') return [{ kind: 'lamps', cells: row.cells }];
    const headings = row.segments.map(({ group, ...place }) => ({ title: group.title, ...place }));
    return headings.every(({ title }) => title === '') ? [] : [{ kind: 'heading', headings }];
  });
}

/** `room`: the height of a page, rem. A heading never stands last, and is repeated where its people go on. */
export function pagesOf(rows: readonly BoardRow[], room: number): BoardRow[][] {
  const pages: BoardRow[][] = [];
  let page: BoardRow[] = [];
  let left = room;
  let headings: readonly BoardHeading[] | null = null;
  const turn = (): void => {
    if (page.length > 0) pages.push(page);
    page = [];
    left = room;
  };
  const put = (row: BoardRow): void => {
    page.push(row);
    left -= heightOf(row);
  };
  for (const row of rows) {
    if (row.kind === 'heading') {
      headings = row.headings;
      if (left < heights.heading + heights.lamps) turn();
      put(row);
      continue;
    }
    if (row.kind === 'cards') headings = null;
    if (left < heightOf(row) && page.length > 0) {
      turn();
      if (row.kind === 'lamps' && headings !== null) put({ kind: 'heading', headings: headings.map(continued) });
    }
    put(row);
  }
  turn();
  return pages;
}

function continued({ title, ...place }: BoardHeading): BoardHeading {
  return { title: title === '' ? '' : `${title}, continued`, ...place };
}
