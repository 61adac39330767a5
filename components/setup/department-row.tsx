'use client';

import clsx from 'clsx';
import { useId, useState } from 'react';
import type { DepartmentGuess, SetupPerson } from '@/server/protocol/setup';
import { TextField } from '../ui/text-field';

interface DepartmentRowProps {
  readonly guess: DepartmentGuess;
  readonly people: readonly SetupPerson[];
  readonly choice: { readonly wanted: boolean; readonly name: string };
  /** The other department that has the same name; null: none. */
  readonly joins: string | null;
  readonly names: ReadonlyMap<string, string>;
  readonly onChange: (choice: { wanted: boolean; name: string }) => void;
  readonly onName: (number: string, name: string) => void;
}

export function DepartmentRow({ guess, people, choice, joins, names, onChange, onName }: DepartmentRowProps) {
  const why = useId();
  const { wanted, name } = choice;
  const already = people.every(({ group }) => group === name);
  return (
    <li className={clsx('rounded-xl border border-line px-4 py-3 sm:px-5', wanted ? 'bg-surface' : 'bg-canvas')}>
      <div className="flex items-center gap-3">
        <input
          type="checkbox"
          aria-label={`Use the department ${guess.name}`}
          aria-describedby={why}
          checked={wanted}
          onChange={(event) => onChange({ wanted: event.target.checked, name })}
          className="size-4.5 shrink-0 cursor-pointer accent-accent"
        />
        <TextField
          label={`Name of the department ${guess.name}`}
          hideLabel
          value={name}
          disabled={!wanted}
          maxLength={60}
          onChange={(event) => onChange({ wanted, name: event.target.value })}
          className="min-w-0 flex-1 font-medium"
        />
        <span className="shrink-0 text-sm tabular-nums text-ink-2">
          {people.length} {people.length === 1 ? 'person' : 'people'}
        </span>
      </div>
      <p id={why} className="mb-1.5 ml-[1.875rem] mt-1.5 text-[0.8125rem] text-ink-2">
        {guess.why}
        {joins !== null ? ` Becomes one with ${joins}.` : ''}
        {joins === null && already ? ' Nothing will be changed.' : ''}
      </p>
      <div className="ml-[1.875rem]">
        <PeopleNames title="Who" people={people} names={names} onName={onName} />
      </div>
    </li>
  );
}

interface PeopleNamesProps {
  readonly title: string;
  readonly people: readonly SetupPerson[];
  readonly names: ReadonlyMap<string, string>;
  readonly onName: (number: string, name: string) => void;
}

/** More than anybody corrects here; the rest is under Buttons. */
const mostShown = 100;

/** People and their names, closed until somebody looks. */
export function PeopleNames({ title, people, names, onName }: PeopleNamesProps) {
  const [open, setOpen] = useState(false);
  const few = people
    .slice(0, 4)
    .map(({ number, name }) => names.get(number) || name || number)
    .join(', ');
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer rounded text-[0.8125rem] text-ink-2 hover:text-ink">
        <span className="font-medium text-ink">{title}</span>: {few}
        {people.length > 4 ? ` and ${people.length - 4} more` : ''}
      </summary>
      {open ? (
        <ul className="mt-2 grid gap-1.5 sm:grid-cols-2">
          {people.slice(0, mostShown).map(({ number, name }) => (
            <li key={number} className="flex items-center gap-2">
              <span className="w-14 shrink-0 text-right text-sm tabular-nums text-ink-2">{number}</span>
              <TextField
                label={`Name of ${number}`}
                hideLabel
                value={names.get(number) ?? name}
                maxLength={80}
                placeholder="No name"
                onChange={(event) => onName(number, event.target.value)}
                className="min-w-0 flex-1"
              />
            </li>
          ))}
          {people.length > mostShown ? (
            <li className="text-[0.8125rem] text-ink-2">
              {people.length - mostShown} more: their names can be changed under Administration → Buttons.
            </li>
          ) : null}
        </ul>
      ) : null}
    </details>
  );
}
