'use client';

import clsx from 'clsx';
import { Check, EyeOff } from 'lucide-react';
import { type KeyboardEvent, memo, useRef, useState } from 'react';
import { type ButtonField, type ButtonPatch, type ButtonRecord, buttonFields } from '@/server/protocol/buttons';
import { momentText } from '../../live/clock-text';
import { presenceFill } from '../../presence/choice-colour';
import { Badge } from '../../ui/badge';
import { hasField, isTyped } from './columns';
import { fieldNames, foundText, kindNames, shownText } from './field-words';
import { idOf } from './use-buttons';
import type { GridPlace } from './use-grid';

interface GridRowProps {
  readonly id: string;
  readonly row: ButtonRecord;
  readonly index: number;
  /** px */
  readonly top: number;
  readonly template: string;
  readonly columns: readonly string[];
  readonly chosen: boolean;
  /** Place of the column that one is at; null: in another row. */
  readonly active: number | null;
  readonly typing: number | null;
  readonly groups: readonly string[];
  readonly onPress: (place: GridPlace, id: string, shift: boolean, chooses: boolean) => void;
  readonly onOpen: (place: GridPlace) => void;
  readonly onTyped: (row: ButtonRecord, set: ButtonPatch | null) => void;
}

/** One row; drawn anew only when it is another, or one comes to it or leaves it. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, row, index, top, template, columns, chosen, active, typing, groups, onPress, onOpen, onTyped } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: of a grid that is no table element
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      style={{ gridTemplateColumns: template, transform: `translateY(${top}px)` }}
      className={clsx(
        'absolute left-0 top-0 grid h-9 w-full border-b border-line',
        chosen ? 'bg-hover' : 'bg-surface hover:bg-hover',
        row.own.hidden === true && 'text-ink-3',
      )}
    >
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useSemanticElements: of a grid that is no table element
        // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
        // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
        <div
          key={column}
          id={`${id}-${at}`}
          role="gridcell"
          aria-colindex={at + 1}
          onClick={(event) => onPress({ row: index, column: at }, idOf(row), event.shiftKey, column === 'chosen')}
          onDoubleClick={() => column !== 'chosen' && onOpen({ row: index, column: at })}
          className={clsx(
            'flex min-w-0 items-center px-2',
            at === active &&
              'group-focus-visible:outline-2 group-focus-visible:-outline-offset-2 group-focus-visible:outline-accent',
          )}
        >
          {at === typing && isTyped(column) ? (
            <Typed row={row} field={column} groups={groups} onTyped={onTyped} />
          ) : (
            <Cell row={row} column={column} chosen={chosen} />
          )}
        </div>
      ))}
    </div>
  );
});

function Cell({ row, column, chosen }: { row: ButtonRecord; column: string; chosen: boolean }) {
  if (column === 'chosen') {
    return (
      <span
        className={clsx(
          'mx-auto grid size-4 place-items-center rounded border',
          chosen ? 'border-accent bg-accent text-accent-ink' : 'border-control',
        )}
      >
        {chosen ? <Check aria-hidden className="size-3" /> : null}
      </span>
    );
  }
  if (column === 'key') return <span className="truncate tabular-nums text-ink">{row.key}</span>;
  if (column === 'kind') return <span className="truncate text-ink-2">{kindNames[row.kind]}</span>;
  if (column === 'state') return <State row={row} />;
  return <Field row={row} field={column as ButtonField} />;
}

/** What was set stands out from what was found. */
function Field({ row, field }: { row: ButtonRecord; field: ButtonField }) {
  if (!hasField(row, field)) return <span className="text-ink-3">–</span>;
  const text = shownText(row, field);
  const found = foundText(row, field);
  const own = row.own[field] !== null;
  const title = own && found !== '' && found !== text ? `The PBX says: ${found}` : undefined;
  return (
    <span
      title={title}
      className={clsx('flex min-w-0 items-center gap-1.5', own ? 'font-medium text-ink' : 'text-ink-2')}
    >
      {field === 'colour' && row.own.colour !== null ? (
        <span aria-hidden className={clsx('size-3 shrink-0 rounded-full', presenceFill[row.own.colour])} />
      ) : null}
      {field === 'hidden' && row.own.hidden === true ? <EyeOff aria-hidden className="size-3.5 shrink-0" /> : null}
      <span className="truncate">{text}</span>
    </span>
  );
}

export function State({ row }: { readonly row: ButtonRecord }) {
  if (row.vanishedAt !== null) {
    const since = momentText(Date.parse(row.vanishedAt), Date.now());
    return (
      <span title={`The PBX has it no more since ${since}`}>
        <Badge tone="warn">Vanished</Badge>
        <span className="sr-only">since {since}</span>
      </span>
    );
  }
  if (row.added) return <Badge>By hand</Badge>;
  return Object.values(row.own).some((value) => value !== null) ? <Badge tone="good">Changed</Badge> : null;
}

interface TypedProps {
  readonly row: ButtonRecord;
  readonly field: 'label' | 'group';
  readonly groups: readonly string[];
  /** Null: leave it as it was. */
  readonly onTyped: (row: ButtonRecord, set: ButtonPatch | null) => void;
}

/** Enter keeps what was typed, Escape does not; empty is: as the PBX says. */
function Typed({ row, field, groups, onTyped }: TypedProps) {
  const before = row.own[field] ?? '';
  const [text, setText] = useState(before);
  const value = text.trim() === '' ? null : text.trim();
  const read = buttonFields.shape[field].safeParse(value);
  const wrong = read.success ? null : (read.error.issues[0]?.message ?? 'is wrong');
  /** The field loses the focus when it goes: that must not keep it once more. */
  const over = useRef(false);
  const end = (set: ButtonPatch | null) => {
    if (over.current) return;
    over.current = true;
    onTyped(row, set);
  };
  const keep = () => {
    if (wrong === null) end(value === row.own[field] ? null : { [field]: value });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Enter') keep();
    else if (event.key === 'Escape') end(null);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        // biome-ignore lint/a11y/noAutofocus: it is where somebody began to type
        autoFocus
        aria-label={`${fieldNames[field]} of ${kindNames[row.kind].toLowerCase()} ${row.key}`}
        aria-invalid={wrong !== null}
        title={wrong ?? undefined}
        value={text}
        placeholder={foundText(row, field)}
        list={field === 'group' ? 'button-groups' : undefined}
        maxLength={80}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => (wrong === null ? keep() : end(null))}
        className="h-7 w-full min-w-0 rounded border border-control bg-surface px-1.5 text-sm text-ink aria-invalid:border-dnd"
      />
      {field === 'group' ? <GroupList groups={groups} /> : null}
    </>
  );
}

export function GroupList({ groups }: { readonly groups: readonly string[] }) {
  return (
    <datalist id="button-groups">
      {groups.map((group) => (
        <option key={group} value={group} />
      ))}
    </datalist>
  );
}
