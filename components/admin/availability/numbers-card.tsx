'use client';

import clsx from 'clsx';
import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { Card } from '../../account/card';
import { Button } from '../../ui/button';
import type { Form } from '../use-form';
import { type AvailabilityValues, asRow, type PatternRow } from './availability-values';
import { CheckBox } from './check-box';
import { chosen, moved } from './lists';
import { NumberTester } from './number-tester';
import { classHints, classWords, forwardClasses } from './number-words';
import { MoveButtons, RemoveButton } from './row-buttons';
import { RowSelect, RowText } from './row-fields';

const mostPatterns = 200;
const columns =
  'grid-cols-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_6.75rem] lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_5.25rem]';

/** Which numbers calls may be forwarded to. */
export function NumbersCard({ form }: { readonly form: Form<AvailabilityValues> }) {
  const { numbers } = form.values;
  const { forwardTo } = numbers;
  return (
    <Card
      id="numbers"
      title="Where calls may be forwarded to"
      description="Guards against calls forwarded abroad at your cost. It holds for everybody, on the panel and on phones behind OpenSIPS; what somebody sets in Asterisk itself is not stopped."
    >
      <fieldset>
        <legend className="mb-1 text-[0.8125rem] font-medium text-ink">Forwarding is allowed to</legend>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {forwardClasses.map((of) => (
            <CheckBox
              key={of}
              label={classWords[of]}
              hint={classHints[of]}
              checked={forwardTo.includes(of)}
              onChange={(on) =>
                form.set('numbers', { ...numbers, forwardTo: chosen(forwardClasses, forwardTo, of, on) })
              }
            />
          ))}
        </div>
        <p className="mt-1 text-xs text-ink-2">Emergency numbers never.</p>
      </fieldset>
      <Patterns form={form} />
      <NumberTester numbers={numbers} />
    </Card>
  );
}

function Patterns({ form }: { readonly form: Form<AvailabilityValues> }) {
  const list = useRef<HTMLOListElement>(null);
  const { numbers } = form.values;
  const { patterns } = numbers;
  const put = (next: readonly PatternRow[]) => form.set('numbers', { ...numbers, patterns: next });
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
              error={form.problem(`numbers.patterns.${at}.pattern`)}
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
        name={`numbers.patterns.${at}.pattern`}
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
