'use client';

import { getCoreRowModel, getSortedRowModel, type SortingState, useReactTable } from '@tanstack/react-table';
import { SearchX } from 'lucide-react';
import { type ReactNode, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { toast } from 'sonner';
import type { ButtonPatch, ButtonRecord } from '@/server/protocol/buttons';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { FormFailure } from '../form-failure';
import { BulkDialog } from './bulk-dialog';
import { ButtonsGrid, useRows, useTyping } from './buttons-grid';
import { ClashList } from './clash-list';
import { columns } from './columns';
import { count, rowName } from './field-words';
import { FilterBar } from './filter-bar';
import { everything, type Filter, findButtons, knownOf } from './find-buttons';
import { ImportDialog } from './import-dialog';
import { PhoneList } from './phone-list';
import { AddDialog, RowDialog } from './row-dialog';
import { ChosenBar, TableBar } from './table-bar';
import { type Buttons, type Edit, idOf } from './use-buttons';
import { useColumns } from './use-columns';
import { useGrid } from './use-grid';
import { useNarrow } from './use-narrow';

type Open = { readonly task: 'add' | 'import' | 'bulk' } | { readonly task: 'edit'; readonly id: string } | null;

interface ButtonsTableProps {
  readonly buttons: Buttons;
  readonly rows: readonly ButtonRecord[];
  readonly nothing: ReactNode;
}

const none: readonly ButtonRecord[] = [];

export function ButtonsTable({ buttons, rows, nothing }: ButtonsTableProps) {
  const { change, forget, clashes, settle, done, undo, problem } = buttons;
  const [filter, setFilter] = useState<Filter>(everything);
  const [sorting, setSorting] = useState<SortingState>([]);
  const [visible, setVisible] = useColumns();
  const [open, setOpen] = useState<Open>(null);
  const [busy, setBusy] = useState(false);
  const narrow = useNarrow();
  const known = useMemo(() => knownOf(rows), [rows]);
  // What is typed into the filter is there at once, the rows follow.
  const wanted = useDeferredValue(filter);
  const table = useReactTable({
    // All of them, so that they are sorted once: what is typed into the filter is looked for among the sorted ones.
    data: rows as ButtonRecord[],
    columns: columns as never,
    state: { sorting, columnVisibility: visible },
    onSortingChange: setSorting,
    onColumnVisibilityChange: setVisible,
    getRowId: idOf,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    autoResetAll: false,
  });
  const sorted = table.getRowModel().rows;
  const inOrder = useMemo(() => sorted.map(({ original }) => original), [sorted]);
  const shown = useMemo(() => findButtons(inOrder, wanted), [inOrder, wanted]);
  const ids = useMemo(() => shown.map(idOf), [shown]);
  const leaves = table.getVisibleLeafColumns();
  const columnIds = useMemo(() => leaves.map(({ id }) => id), [leaves]);
  const edit = useCallback((row: ButtonRecord) => setOpen({ task: 'edit', id: idOf(row) }), []);
  const { typing, begin, end } = useTyping(shown, columnIds, edit);
  const { scroller, virtual } = useRows(shown.length);
  const grid = useGrid({
    ids,
    columns: columnIds.length,
    page: 15,
    onOpen: begin,
    onMove: useCallback((place) => virtual.scrollToIndex(place.row, { align: 'auto' }), [virtual]),
  });
  const chosen = useMemo(
    () => (grid.chosen.size === 0 ? none : rows.filter((row) => grid.chosen.has(idOf(row)))),
    [rows, grid.chosen],
  );

  const typed = useCallback(
    (row: ButtonRecord, set: ButtonPatch | null) => {
      end();
      scroller.current?.focus({ preventScroll: true });
      if (set === null) return;
      const { kind, key, version } = row;
      void change([{ kind, key, version, set }], `Undo the change of ${rowName(row)}`);
    },
    [end, change, scroller],
  );
  const setAll = async (edits: readonly Edit[], words: string) => {
    setBusy(true);
    const outcome = await change(edits, words);
    setBusy(false);
    if (!outcome.ok) return;
    setOpen(null);
    toast.success(`${count(outcome.value.changed.length)} changed`);
  };
  const forgetChosen = async () => {
    const words = await forget(chosen.filter(({ vanishedAt, added }) => vanishedAt !== null || added));
    if (words === null) return;
    grid.chooseNone();
    toast.success(words);
  };
  const edited = open?.task === 'edit' ? rows.find((row) => idOf(row) === open.id) : undefined;
  const close = useCallback(() => setOpen(null), []);
  return (
    <>
      <TableBar
        words={
          shown.length === rows.length
            ? count(rows.length)
            : `${count(shown.length)} of ${rows.length.toLocaleString('en')}`
        }
        table={table}
        narrow={narrow}
        done={done}
        onUndo={() => void undo()}
        onAdd={() => setOpen({ task: 'add' })}
        onImport={() => setOpen({ task: 'import' })}
      />
      <FilterBar filter={filter} known={known} onFilter={setFilter} />
      <ClashList clashes={clashes} onLeave={settle} onOverwrite={(edits) => void change(edits, null)} />
      <FormFailure failure={problem} />
      <ChosenBar
        rows={chosen}
        onSet={() => setOpen({ task: 'bulk' })}
        onForget={() => void forgetChosen()}
        onNone={grid.chooseNone}
      />
      {rows.length === 0 ? (
        nothing
      ) : shown.length === 0 ? (
        <NothingFound clear={() => setFilter(everything)} />
      ) : narrow ? (
        <PhoneList rows={shown} onOpen={edit} />
      ) : (
        <ButtonsGrid
          table={table}
          rows={shown}
          grid={grid}
          virtual={virtual}
          scroller={scroller}
          typing={typing}
          groups={known.groups}
          onOpen={begin}
          onTyped={typed}
        />
      )}
      {edited ? <RowDialog row={edited} groups={known.groups} change={change} onClose={close} /> : null}
      {open?.task === 'add' ? (
        <AddDialog
          groups={known.groups}
          add={buttons.add}
          onClose={close}
          onAdded={(row) => {
            close();
            toast.success(`${rowName(row)}: added`);
          }}
        />
      ) : null}
      {open?.task === 'bulk' ? (
        <BulkDialog
          rows={chosen}
          groups={known.groups}
          busy={busy}
          onSet={(edits, words) => void setAll(edits, words)}
          onClose={close}
        />
      ) : null}
      {open?.task === 'import' ? (
        <ImportDialog
          onClose={close}
          onDone={(changed) => {
            close();
            void buttons.reload();
            toast.success(`${count(changed)} changed`);
          }}
        />
      ) : null}
    </>
  );
}

function NothingFound({ clear }: { readonly clear: () => void }) {
  return (
    <div className="rounded-lg border border-line bg-surface">
      <EmptyState
        icon={<SearchX aria-hidden className="size-5" />}
        title="Nothing matches"
        action={<Button onClick={clear}>Clear the filters</Button>}
      >
        Rows are found by number, label, department and tag.
      </EmptyState>
    </div>
  );
}
