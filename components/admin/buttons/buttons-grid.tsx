'use client';

import type { Table } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useCallback, useId, useRef, useState } from 'react';
import type { ButtonPatch, ButtonRecord } from '@/server/protocol/buttons';
import { hasField, isTyped } from './columns';
import { GridRow } from './grid-row';
import { idOf } from './use-buttons';
import type { GridPlace, useGrid } from './use-grid';

const rowHeight = 36;

interface ButtonsGridProps {
  readonly table: Table<ButtonRecord>;
  /** In the order shown. */
  readonly rows: readonly ButtonRecord[];
  readonly grid: ReturnType<typeof useGrid>;
  readonly virtual: ReturnType<typeof useRows>['virtual'];
  readonly scroller: ReturnType<typeof useRows>['scroller'];
  readonly typing: GridPlace | null;
  readonly onTyped: (row: ButtonRecord, set: ButtonPatch | null) => void;
  readonly onOpen: (place: GridPlace) => void;
  readonly groups: readonly string[];
}

/** The rows that are in view alone are there. */
export function useRows(count: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // The header stands over the first row.
    scrollPaddingStart: rowHeight,
    paddingStart: rowHeight,
  });
  return { scroller, virtual };
}

export function ButtonsGrid(props: ButtonsGridProps) {
  const { table, rows, grid, virtual, scroller, typing, onTyped, onOpen, groups } = props;
  const shown = table.getVisibleLeafColumns();
  const id = useId();
  const width = table.getTotalSize();
  const template = shown.map((column) => `minmax(${column.getSize()}px, ${column.getSize()}fr)`).join(' ');
  const { go, toggle, reach } = grid;
  const press = useCallback(
    (place: GridPlace, key: string, shift: boolean, chooses: boolean) => {
      go(place);
      if (shift) reach(place.row);
      else if (chooses) toggle(key);
      scroller.current?.focus({ preventScroll: true });
    },
    [go, reach, toggle, scroller],
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are not in view are not there, which a table element cannot say
    <div
      ref={scroller}
      role="grid"
      // The grid has the focus; aria-activedescendant names the cell.
      tabIndex={0}
      aria-label="Everything on the panel"
      aria-rowcount={rows.length + 1}
      aria-colcount={shown.length}
      aria-multiselectable
      aria-activedescendant={rows.length > 0 ? `${id}-${grid.place.row}-${grid.place.column}` : undefined}
      onKeyDown={(event) => event.target === event.currentTarget && grid.onKeyDown(event)}
      className="group relative h-[min(70vh,44rem)] min-h-64 overflow-auto rounded-xl border border-line bg-surface text-sm outline-offset-2"
    >
      <div style={{ height: virtual.getTotalSize(), minWidth: width }} className="relative">
        <Header
          table={table}
          template={template}
          total={rows.length}
          all={grid.chosen.size}
          onAll={grid.chooseAll}
          onNone={grid.chooseNone}
        />
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <GridRow
              key={idOf(row)}
              id={`${id}-${index}`}
              row={row}
              index={index}
              top={start}
              template={template}
              columns={columnIds(shown)}
              chosen={grid.chosen.has(idOf(row))}
              active={grid.place.row === index ? grid.place.column : null}
              typing={typing?.row === index ? typing.column : null}
              groups={groups}
              onPress={press}
              onOpen={onOpen}
              onTyped={onTyped}
            />
          );
        })}
      </div>
    </div>
  );
}

let former = '';
let formerIds: readonly string[] = [];

/** The same list as long as the same columns are shown, so that no row is drawn anew. */
function columnIds(shown: readonly { readonly id: string }[]): readonly string[] {
  const key = shown.map(({ id }) => id).join();
  if (key !== former) {
    former = key;
    formerIds = key.split(',');
  }
  return formerIds;
}

interface HeaderProps {
  readonly table: Table<ButtonRecord>;
  readonly template: string;
  /** How many rows are shown. */
  readonly total: number;
  /** How many are chosen. */
  readonly all: number;
  readonly onAll: () => void;
  readonly onNone: () => void;
}

function Header({ table, template, total, all, onAll, onNone }: HeaderProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: of a grid that is no table element
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons are
    <div
      role="row"
      aria-rowindex={1}
      style={{ gridTemplateColumns: template }}
      className="sticky top-0 z-10 grid h-9 border-b border-line bg-surface"
    >
      {table.getVisibleLeafColumns().map((column, at) => {
        const sorted = column.getIsSorted();
        const name = String(column.columnDef.header);
        const Arrow = sorted === 'desc' ? ArrowDown : ArrowUp;
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: its button is
          // biome-ignore lint/a11y/useSemanticElements: of a grid that is no table element
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={at + 1}
            aria-sort={sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
            className="flex min-w-0 items-center px-2 text-xs font-medium text-ink-2"
          >
            {column.id === 'chosen' ? (
              <input
                type="checkbox"
                aria-label="Choose all rows that are shown"
                checked={total > 0 && all >= total}
                ref={(box) => {
                  if (box) box.indeterminate = all > 0 && all < total;
                }}
                onChange={() => (all > 0 ? onNone() : onAll())}
                className="mx-auto size-4 cursor-pointer accent-accent"
              />
            ) : (
              <button
                type="button"
                onClick={column.getToggleSortingHandler()}
                className="flex h-full min-w-0 cursor-pointer items-center gap-1 rounded-sm text-left -outline-offset-2 hover:text-ink"
              >
                <span className="truncate">{name}</span>
                {sorted === false ? null : <Arrow aria-hidden className="size-3.5 shrink-0" />}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Where one types over the table, and how one begins to. */
export function useTyping(
  rows: readonly ButtonRecord[],
  columns: readonly string[],
  onOpen: (row: ButtonRecord) => void,
) {
  const [typing, setTyping] = useState<GridPlace | null>(null);
  const begin = useCallback(
    (place: GridPlace) => {
      const row = rows[place.row];
      const column = columns[place.column] ?? '';
      if (row === undefined) return;
      if (isTyped(column) && hasField(row, column)) setTyping(place);
      else onOpen(row);
    },
    [rows, columns, onOpen],
  );
  return { typing, begin, end: useCallback(() => setTyping(null), []) };
}
