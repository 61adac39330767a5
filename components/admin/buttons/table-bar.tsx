'use client';

import type { Table } from '@tanstack/react-table';
import { Columns3, Download, FileUp, Plus, Undo2 } from 'lucide-react';
import type { ButtonRecord } from '@/server/protocol/buttons';
import { Button } from '../../ui/button';
import { Menu, MenuLink, MenuSwitch } from '../../ui/menu';
import { count } from './field-words';
import type { Done } from './use-buttons';

const icon = 'size-4';

interface TableBarProps {
  /** How many rows are shown, of how many. */
  readonly words: string;
  readonly table: Table<ButtonRecord>;
  readonly narrow: boolean;
  readonly done: Done | null;
  readonly onUndo: () => void;
  readonly onAdd: () => void;
  readonly onImport: () => void;
}

export function TableBar({ words, table, narrow, done, onUndo, onAdd, onImport }: TableBarProps) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <p role="status" className="mr-auto text-[0.8125rem] tabular-nums text-ink-2 max-sm:basis-full">
        {words}
      </p>
      {done === null ? null : (
        <Button
          tone="plain"
          icon={<Undo2 aria-hidden className={icon} />}
          onClick={onUndo}
          aria-label={done.words}
          title={done.words}
        >
          Undo
        </Button>
      )}
      {narrow ? null : (
        <Menu trigger={<Button icon={<Columns3 aria-hidden className={icon} />}>Columns</Button>}>
          {table
            .getAllLeafColumns()
            .filter((column) => column.getCanHide())
            .map((column) => (
              <MenuSwitch
                key={column.id}
                checked={column.getIsVisible()}
                onChange={(on) => column.toggleVisibility(on)}
              >
                {String(column.columnDef.header)}
              </MenuSwitch>
            ))}
        </Menu>
      )}
      <Menu trigger={<Button icon={<Download aria-hidden className={icon} />}>Export</Button>}>
        <MenuLink href="/api/v1/admin/buttons.csv">As a CSV file</MenuLink>
        <MenuLink href="/api/v1/admin/buttons.json">As a JSON file</MenuLink>
      </Menu>
      <Button icon={<FileUp aria-hidden className={icon} />} onClick={onImport}>
        Import
      </Button>
      <Button tone="primary" icon={<Plus aria-hidden className={icon} />} onClick={onAdd}>
        Add by hand
      </Button>
    </div>
  );
}

interface ChosenBarProps {
  readonly rows: readonly ButtonRecord[];
  readonly onSet: () => void;
  readonly onForget: () => void;
  readonly onNone: () => void;
}

/** What can be done with all that is chosen. */
export function ChosenBar({ rows, onSet, onForget, onNone }: ChosenBarProps) {
  if (rows.length === 0) return null;
  const gone = rows.filter(({ vanishedAt, added }) => vanishedAt !== null || added).length;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2 rounded-lg border border-line bg-sunken px-3 py-1.5">
      <p role="status" className="mr-auto text-sm tabular-nums text-ink">
        {count(rows.length)} chosen
      </p>
      <Button size="small" tone="primary" onClick={onSet}>
        Change all
      </Button>
      {gone > 0 ? (
        <Button
          size="small"
          onClick={onForget}
          title="Removes rows that the PBX does not have, with what was set for them"
        >
          Forget {gone.toLocaleString('en')}
        </Button>
      ) : null}
      <Button size="small" tone="plain" onClick={onNone}>
        Choose none
      </Button>
    </div>
  );
}
