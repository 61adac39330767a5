'use client';

import { Field } from '@base-ui/react/field';
import clsx from 'clsx';
import type { ReactNode, TextareaHTMLAttributes } from 'react';
import { fieldBase } from '../ui/text-field';

interface TextAreaFieldProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly label: string;
  readonly value: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
}

export function TextAreaField({ label, hint, error, className, ...area }: TextAreaFieldProps) {
  return (
    <Field.Root invalid={Boolean(error)} disabled={area.disabled} className={clsx('flex flex-col gap-1', className)}>
      <Field.Label className="text-[0.8125rem] font-medium text-ink">{label}</Field.Label>
      <Field.Control
        render={
          <textarea
            spellCheck={false}
            {...area}
            className={clsx(fieldBase, 'h-auto min-h-24 resize-y py-2 font-mono text-xs')}
          />
        }
      />
      {hint ? <Field.Description className="text-xs text-ink-2">{hint}</Field.Description> : null}
      {error ? (
        <Field.Error match className="text-xs font-medium text-dnd-ink">
          {error}
        </Field.Error>
      ) : null}
    </Field.Root>
  );
}
