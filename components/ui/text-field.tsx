'use client';

import { Field } from '@base-ui/react/field';
import clsx from 'clsx';
import type { InputHTMLAttributes, ReactNode, Ref } from 'react';

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'defaultValue' | 'value'> {
  readonly label: string;
  readonly value?: string;
  readonly defaultValue?: string;
  readonly hint?: ReactNode;
  /** What is wrong with it, one sentence; empty or undefined: nothing. */
  readonly error?: string | undefined;
  readonly hideLabel?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
}

export const fieldBase =
  'h-9 w-full rounded-md border border-control bg-surface px-3 text-sm text-ink placeholder:text-ink-3 ' +
  'disabled:bg-sunken disabled:text-ink-3 aria-invalid:border-dnd';

export function TextField({ label, hint, error, hideLabel, className, ...input }: TextFieldProps) {
  return (
    <Field.Root invalid={Boolean(error)} disabled={input.disabled} className={clsx('flex flex-col gap-1', className)}>
      <Field.Label className={hideLabel ? 'sr-only' : 'text-[0.8125rem] font-medium text-ink'}>{label}</Field.Label>
      <Field.Control {...input} className={fieldBase} />
      {hint ? <Field.Description className="text-xs text-ink-2">{hint}</Field.Description> : null}
      {error ? (
        <Field.Error match className="text-xs font-medium text-dnd-ink">
          {error}
        </Field.Error>
      ) : null}
    </Field.Root>
  );
}
