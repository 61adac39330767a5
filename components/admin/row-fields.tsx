'use client';

import { Field } from '@base-ui/react/field';
import clsx from 'clsx';
import { ChevronDown } from 'lucide-react';
import type { InputHTMLAttributes, ReactNode } from 'react';
import { fieldBase } from '../ui/text-field';

interface RowFieldProps {
  readonly label: string;
  /** When the head of the column shows the label instead: always, or on a wide screen. */
  readonly headed?: 'always' | 'wide' | undefined;
  readonly error?: string | undefined;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A field of a table-like row. */
function RowField({ label, headed = 'wide', error, className, children }: RowFieldProps) {
  return (
    <Field.Root invalid={Boolean(error)} className={clsx('flex min-w-0 flex-col gap-1', className)}>
      <Field.Label className={headed === 'always' ? 'sr-only' : 'text-xs text-ink-2 lg:sr-only'}>{label}</Field.Label>
      {children}
      {error ? (
        <Field.Error match className="text-xs font-medium text-dnd-ink">
          {error}
        </Field.Error>
      ) : null}
    </Field.Root>
  );
}

interface RowTextProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'defaultValue'> {
  readonly label: string;
  readonly headed?: 'always' | 'wide';
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
}

export function RowText({ label, headed, error, className, onChange, ...input }: RowTextProps) {
  return (
    <RowField label={label} headed={headed} error={error} className={className ?? ''}>
      <Field.Control
        autoComplete="off"
        {...input}
        onChange={(event) => onChange(event.target.value)}
        className={fieldBase}
      />
    </RowField>
  );
}

interface RowSelectProps<T extends string> {
  readonly label: string;
  readonly headed?: 'always' | 'wide';
  readonly value: T;
  readonly options: Readonly<Record<T, string>>;
  readonly onChange: (value: T) => void;
  readonly error?: string | undefined;
  /** Stands before the word: a swatch, an icon. */
  readonly mark?: ReactNode;
}

/** The platform's own list, with a mark of what is chosen. */
export function RowSelect<T extends string>(props: RowSelectProps<T>) {
  const { label, headed, value, options, mark, error, onChange } = props;
  const entries = Object.entries(options) as [T, string][];
  return (
    <RowField label={label} headed={headed} error={error}>
      <span className="relative block">
        <Field.Control
          render={
            <select
              value={value}
              onChange={(event) => onChange(event.target.value as T)}
              className={clsx(fieldBase, 'appearance-none truncate pr-6', mark && 'pl-7.5')}
            >
              {entries.map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          }
        />
        {mark ? <span className="pointer-events-none absolute left-2 top-2.5">{mark}</span> : null}
        <ChevronDown aria-hidden className="pointer-events-none absolute right-1.5 top-2.5 size-4 text-ink-3" />
      </span>
    </RowField>
  );
}
