import { type ButtonKind, type ButtonRecord, buttonKind } from '../protocol/buttons';
import type { ButtonBook } from './book';
import { cellsOf, csvColumns, jsonOf, shownColumns } from './files';
import { importButtons } from './import';

/** The table as REST serves it. */
export function buttonsPort(book: ButtonBook) {
  return {
    get digest() {
      return book.digest;
    },
    list: () => sorted(book.list()),
    change: book.change.bind(book),
    add: book.add.bind(book),
    forget: book.forget.bind(book),
    import: (body: Parameters<typeof importButtons>[1], by: string) => importButtons(book, body, by),
    columns: [...csvColumns, ...shownColumns],
    *cells() {
      for (const row of sorted(book.list())) yield cellsOf(row);
    },
    json: () => jsonOf(sorted(book.list())),
  };
}

const { compare } = new Intl.Collator('en', { numeric: true });

/** By kind, then as numbers are read. */
function sorted(rows: ButtonRecord[]): ButtonRecord[] {
  const place = new Map<ButtonKind, number>(buttonKind.options.map((kind, at) => [kind, at]));
  return rows.sort((a, b) => (place.get(a.kind) ?? 0) - (place.get(b.kind) ?? 0) || compare(a.key, b.key));
}
