'use client';

import { type KeyboardEvent, useCallback, useState } from 'react';

/** Where one is in the table, and what is chosen: rows by their ids, columns by their place. */

export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

interface GridOptions {
  /** Ids of the rows, in the order shown. */
  readonly ids: readonly string[];
  readonly columns: number;
  /** Rows of a page. */
  readonly page: number;
  readonly onOpen: (place: GridPlace) => void;
  readonly onMove: (place: GridPlace) => void;
}

export function useGrid({ ids, columns, page, onOpen, onMove }: GridOptions) {
  const [place, setPlace] = useState<GridPlace>({ row: 0, column: 1 });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  /** Where a range begins. */
  const [anchor, setAnchor] = useState<string | null>(null);
  const now = { row: Math.min(place.row, Math.max(0, ids.length - 1)), column: Math.min(place.column, columns - 1) };

  const go = useCallback(
    (next: GridPlace) => {
      setPlace(next);
      onMove(next);
    },
    [onMove],
  );
  const toggle = useCallback((id: string) => {
    setAnchor(id);
    setChosen((old) => {
      const next = new Set(old);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const reach = useCallback(
    (to: number) => {
      const from = anchor === null ? to : Math.max(0, ids.indexOf(anchor));
      const range = ids.slice(Math.min(from, to), Math.max(from, to) + 1);
      setChosen((old) => new Set([...old, ...range]));
    },
    [anchor, ids],
  );
  const chooseAll = useCallback(() => setChosen(new Set(ids)), [ids]);
  const chooseNone = useCallback(() => {
    setChosen(new Set());
    setAnchor(null);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const id = ids[now.row];
    if (event.altKey || id === undefined) return;
    const control = event.ctrlKey || event.metaKey;
    const next = moved(event.key, control, now, { rows: ids.length, columns, page });
    if (next !== null) {
      event.preventDefault();
      if (event.shiftKey && next.row !== now.row) {
        if (anchor === null) toggle(id);
        reach(next.row);
      }
      go(next);
    } else if (event.key === ' ') {
      event.preventDefault();
      if (event.shiftKey && anchor !== null) reach(now.row);
      else toggle(id);
    } else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      onOpen(now);
    } else if (control && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      chooseAll();
    } else if (event.key === 'Escape' && chosen.size > 0) {
      event.preventDefault();
      chooseNone();
    }
  };
  return { place: now, chosen, go, toggle, reach, chooseAll, chooseNone, setChosen, onKeyDown };
}

interface Size {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
}

/** Where a key leads; null: it is no key of moving. */
export function moved(key: string, control: boolean, { row, column }: GridPlace, size: Size): GridPlace | null {
  const to = (nextRow: number, nextColumn = column): GridPlace => ({
    row: Math.max(0, Math.min(size.rows - 1, nextRow)),
    column: Math.max(0, Math.min(size.columns - 1, nextColumn)),
  });
  switch (key) {
    case 'ArrowDown':
      return to(control ? size.rows : row + 1);
    case 'ArrowUp':
      return to(control ? 0 : row - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'PageDown':
      return to(row + size.page);
    case 'PageUp':
      return to(row - size.page);
    case 'Home':
      return to(control ? 0 : row, 0);
    case 'End':
      return to(control ? size.rows : row, size.columns);
    default:
      return null;
  }
}
