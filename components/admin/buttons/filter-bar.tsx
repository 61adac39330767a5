'use client';

import clsx from 'clsx';
import { ChevronDown } from 'lucide-react';
import { buttonKind } from '@/server/protocol/buttons';
import { fieldBase } from '../../ui/text-field';
import { FilterField } from '../filter-field';
import { kindNames } from './field-words';
import { type Filter, type Known, type RowState, rowStates } from './find-buttons';

const stateNames: Readonly<Record<RowState, string>> = {
  changed: 'Changed here',
  vanished: 'Vanished from the PBX',
  added: 'Added by hand',
  hidden: 'Hidden',
};

interface FilterBarProps {
  readonly filter: Filter;
  readonly known: Known;
  readonly onFilter: (filter: Filter) => void;
}

export function FilterBar({ filter, known, onFilter }: FilterBarProps) {
  const names = (list: readonly string[]) => list.map((name): [string, string] => [name, name]);
  return (
    <div className="mb-3 grid grid-cols-2 gap-2 sm:flex sm:flex-wrap sm:items-center">
      <div className="col-span-2 flex min-w-40 flex-[1.5]">
        <FilterField label="Filter rows" value={filter.text} onChange={(text) => onFilter({ ...filter, text })} />
      </div>
      <Choice
        label="All kinds"
        value={filter.kind}
        options={buttonKind.options.map((kind) => [kind, kindNames[kind]])}
        onChange={(kind) => onFilter({ ...filter, kind: kind === null ? null : buttonKind.parse(kind) })}
      />
      {known.groups.length > 0 ? (
        <Choice
          label="All departments"
          value={filter.group}
          options={names(known.groups)}
          onChange={(group) => onFilter({ ...filter, group })}
        />
      ) : null}
      {known.tags.length > 0 ? (
        <Choice
          label="All tags"
          value={filter.tag}
          options={names(known.tags)}
          onChange={(tag) => onFilter({ ...filter, tag })}
        />
      ) : null}
      <Choice
        label="All states"
        value={filter.state}
        options={rowStates.map((state) => [state, stateNames[state]])}
        onChange={(state) => onFilter({ ...filter, state: rowStates.find((one) => one === state) ?? null })}
      />
    </div>
  );
}

interface ChoiceProps {
  /** What is shown while none is chosen; also its name. */
  readonly label: string;
  readonly value: string | null;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly onChange: (value: string | null) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <span className="relative block min-w-0 sm:min-w-36 sm:max-w-44 sm:flex-1">
      <select
        aria-label={label}
        // The first option has an index of its own: a department may be called as one likes.
        value={value === null ? '' : `=${value}`}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value.slice(1))}
        className={clsx(fieldBase, 'cursor-pointer appearance-none truncate pl-2.5 pr-7')}
      >
        <option value="">{label}</option>
        {options.map(([name, text]) => (
          <option key={name} value={`=${name}`}>
            {text}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-2 top-2.5 size-4 text-ink-3" />
    </span>
  );
}
