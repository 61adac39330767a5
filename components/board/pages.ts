/** What a board shows, cut into pages that fit the screen: a board is never scrolled. */

export type BoardCard =
  | { readonly kind: 'queue'; readonly name: string; readonly members: boolean }
  | { readonly kind: 'parking'; readonly lot: string };

export interface PeopleGroup {
  /** Empty: nobody of them is in a department. */
  readonly title: string;
  readonly numbers: readonly string[];
}

export type BoardRow =
  | { readonly kind: 'cards'; readonly cards: readonly BoardCard[]; readonly tall: boolean }
  | { readonly kind: 'heading'; readonly title: string }
  | { readonly kind: 'lamps'; readonly numbers: readonly string[] };

/** Heights with their gap, rem; components/board/board.css has the same. */
export const heights = { card: 14, tallCard: 27, heading: 3.5, lamps: 6 } as const;
/** Lamps beside each other, per column of cards. */
export const lampsPerColumn = 2;

function heightOf(row: BoardRow): number {
  if (row.kind === 'cards') return row.tall ? heights.tallCard : heights.card;
  return row.kind === 'heading' ? heights.heading : heights.lamps;
}

/** Cards side by side; those that list members stand together, because they are taller. */
export function cardRows(cards: readonly BoardCard[], columns: number): BoardRow[] {
  const isTall = (card: BoardCard): boolean => card.kind === 'parking' || card.members;
  const rows: { kind: 'cards'; cards: BoardCard[]; tall: boolean }[] = [];
  for (const card of cards) {
    const last = rows.at(-1);
    if (last && last.cards.length < columns) {
      last.cards.push(card);
      last.tall ||= isTall(card);
    } else rows.push({ kind: 'cards', cards: [card], tall: isTall(card) });
  }
  return rows;
}

export function peopleRows(groups: readonly PeopleGroup[], columns: number): BoardRow[] {
  const across = columns * lampsPerColumn;
  return groups.flatMap(({ title, numbers }): BoardRow[] => {
    const lines: BoardRow[] = [];
    for (let at = 0; at < numbers.length; at += across) {
      lines.push({ kind: 'lamps', numbers: numbers.slice(at, at + across) });
    }
    return lines.length === 0 || title === '' ? lines : [{ kind: 'heading', title }, ...lines];
  });
}

/** `room`: the height of a page, rem. A heading never stands last, and is repeated where its people go on. */
export function pagesOf(rows: readonly BoardRow[], room: number): BoardRow[][] {
  const pages: BoardRow[][] = [];
  let page: BoardRow[] = [];
  let left = room;
  let title: string | null = null;
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
      title = row.title;
      if (left < heights.heading + heights.lamps) turn();
      put(row);
      continue;
    }
    if (row.kind === 'cards') title = null;
    if (left < heightOf(row) && page.length > 0) {
      turn();
      if (row.kind === 'lamps' && title !== null) put({ kind: 'heading', title: `${title}, continued` });
    }
    put(row);
  }
  turn();
  return pages;
}
