'use client';

import { Field } from '@base-ui/react/field';
import clsx from 'clsx';
import { ChevronDown } from 'lucide-react';
import type { ReactNode, SelectHTMLAttributes } from 'react';
import { fieldBase } from './text-field';

interface SelectFieldProps extends SelectHTMLAttributes<HTMLSelectElement> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** The platform's own list: short, known, and good on a telephone. */
export function SelectField({ label, hint, error, options, className, ...select }: SelectFieldProps) {
  return (
    <Field.Root invalid={Boolean(error)} className={clsx('flex flex-col gap-1', className)}>
      <Field.Label className="text-[0.8125rem] font-medium text-ink">{label}</Field.Label>
      <span className="relative block">
        <Field.Control
          render={
            <select {...select} className={clsx(fieldBase, 'appearance-none pr-8')}>
              {options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </select>
          }
        />
        <ChevronDown aria-hidden className="pointer-events-none absolute right-2.5 top-2.5 size-4 text-ink-3" />
      </span>
      {hint ? <Field.Description className="text-xs text-ink-2">{hint}</Field.Description> : null}
      {error ? (
        <Field.Error match className="text-xs font-medium text-dnd-ink">
          {error}
        </Field.Error>
      ) : null}
    </Field.Root>
  );
}
