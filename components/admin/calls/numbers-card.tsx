'use client';

import clsx from 'clsx';
import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { Card } from '../../account/card';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/text-field';
import { asRow, type PatternRow } from '../availability/availability-values';
import { chosen, moved } from '../lists';
import { MoveButtons, RemoveButton } from '../row-buttons';
import { RowSelect, RowText } from '../row-fields';
import type { Form } from '../use-form';
import { NumberTester } from './number-tester';
import type { NumberValues } from './number-values';
import { classHints, classWords, settableClasses } from './number-words';

const mostPatterns = 200;
const columns =
  'grid-cols-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_6.75rem] lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_5.25rem]';

/** Which numbers may be called, and which forwarded to. */
export function NumbersCard({ form }: { readonly form: Form<NumberValues> }) {
  return (
    <Card
      id="numbers"
      title="Which numbers may be called"
      description="The guard against toll fraud. It holds for everybody and for everything the panel does: calls, transfers, invitations into conferences, and forwarding, also on phones behind OpenSIPS. What somebody dials at the phone is not stopped."
    >
      <ClassTable form={form} />
      <TextField
        className="mt-5 max-w-72"
        label="Calls to the outside per user and minute"
        name="externalPerMinute"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        value={form.values.externalPerMinute}
        onChange={(event) => form.set('externalPerMinute', event.target.value)}
        error={form.problem('externalPerMinute')}
        hint="Empty: no limit. Emergency numbers are not counted."
        maxLength={3}
      />
      <Patterns form={form} />
      <NumberTester numbers={form.values} />
    </Card>
  );
}

const uses = [
  { name: 'dialTo', title: 'May be called', words: 'may be called' },
  { name: 'forwardTo', title: 'Forwarding', words: 'may be forwarded to' },
] as const;

function ClassTable({ form }: { readonly form: Form<NumberValues> }) {
  const cell = 'border-t border-line py-1.5 align-top';
  return (
    <table className="w-full border-collapse text-sm">
      <thead>
        <tr className="text-xs font-medium text-ink-2">
          <th scope="col" className="pb-1.5 text-left font-medium">
            Kind of number
          </th>
          {uses.map(({ name, title }) => (
            <th key={name} scope="col" className="w-28 pb-1.5 text-center font-medium max-sm:w-22">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {settableClasses.map((of) => (
          <tr key={of}>
            <th scope="row" className={clsx(cell, 'pr-3 text-left font-normal text-ink')}>
              {classWords[of]}
              {classHints[of] ? <span className="block text-xs text-ink-2">{classHints[of]}</span> : null}
            </th>
            {uses.map(({ name, words }) => (
              <td key={name} className={clsx(cell, 'text-center')}>
                <input
                  type="checkbox"
                  aria-label={`${classWords[of]} ${words}`}
                  checked={form.values[name].includes(of)}
                  onChange={(event) =>
                    form.set(name, chosen(settableClasses, form.values[name], of, event.target.checked))
                  }
                  className="size-5 cursor-pointer accent-accent"
                />
              </td>
            ))}
          </tr>
        ))}
        <tr>
          <th scope="row" className={clsx(cell, 'pr-3 text-left font-normal text-ink')}>
            {classWords.emergency}
            <span className="block text-xs text-ink-2">{classHints.emergency}</span>
          </th>
          <td className={clsx(cell, 'text-center text-xs text-ink-2')}>always</td>
          <td className={clsx(cell, 'text-center text-xs text-ink-2')}>never</td>
        </tr>
      </tbody>
    </table>
  );
}

function Patterns({ form }: { readonly form: Form<NumberValues> }) {
  const list = useRef<HTMLOListElement>(null);
  const { patterns } = form.values;
  const put = (next: readonly PatternRow[]) => form.set('patterns', next);
  const focusOn = (at: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll('input')[Math.max(at, 0)]?.focus());
  return (
    <div className="mt-5">
      <h3 className="text-[0.8125rem] font-medium text-ink">Kinds of numbers</h3>
      <p className="mb-2 text-xs text-ink-2">
        As in the dialplan: a number, or <code>_</code> and a pattern (<code>X</code> any digit, <code>Z</code> 1 to 9,{' '}
        <code>N</code> 2 to 9, <code>[15-7]</code>, at the end <code>.</code> for one or more and <code>!</code> for any
        further). The first that fits decides, but an emergency number is always one.
      </p>
      <div aria-hidden className={clsx('mb-1.5 grid gap-2 text-xs font-medium text-ink-2', columns)}>
        <span>Pattern</span>
        <span>Kind of number</span>
      </div>
      <ol ref={list} className="flex flex-col gap-2">
        {patterns.map((row, at) => (
          <li key={row.id}>
            <PatternFields
              row={row}
              at={at}
              count={patterns.length}
              error={form.problem(`patterns.${at}.pattern`)}
              onChange={(next) => put(patterns.with(at, next))}
              onMove={(to) => put(moved(patterns, at, to))}
              onRemove={() => {
                put(patterns.toSpliced(at, 1));
                focusOn(at - 1);
              }}
            />
          </li>
        ))}
      </ol>
      <Button
        size="small"
        className="mt-3"
        icon={<Plus aria-hidden className="size-4" />}
        disabled={patterns.length >= mostPatterns}
        onClick={() => {
          put([...patterns, asRow({ pattern: '', class: 'premium' } as const)]);
          focusOn(patterns.length);
        }}
      >
        Add a pattern
      </Button>
    </div>
  );
}

interface PatternFieldsProps {
  readonly row: PatternRow;
  readonly at: number;
  readonly count: number;
  readonly error: string | undefined;
  readonly onChange: (row: PatternRow) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

function PatternFields({ row, at, count, error, onChange, onMove, onRemove }: PatternFieldsProps) {
  const name = row.pattern.trim() || `pattern ${at + 1}`;
  return (
    <fieldset className={clsx('grid min-w-0 items-start gap-2', columns)}>
      <legend className="sr-only">{name}</legend>
      <RowText
        label="Pattern"
        headed="always"
        name={`patterns.${at}.pattern`}
        value={row.pattern}
        onChange={(pattern) => onChange({ ...row, pattern })}
        error={error}
        placeholder="_0900X."
        maxLength={60}
        autoCapitalize="none"
        spellCheck={false}
      />
      <RowSelect
        label="Kind of number"
        headed="always"
        value={row.class}
        options={classWords}
        onChange={(next) => onChange({ ...row, class: next })}
      />
      <div className="flex justify-end max-sm:col-span-2">
        <MoveButtons name={name} at={at} count={count} onMove={onMove} />
        <RemoveButton name={name} blocked={null} onRemove={onRemove} />
      </div>
    </fieldset>
  );
}
