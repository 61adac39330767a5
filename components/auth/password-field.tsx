'use client';

import { Field } from '@base-ui/react/field';
import clsx from 'clsx';
import { Eye, EyeOff } from 'lucide-react';
import { type InputHTMLAttributes, type ReactNode, type Ref, useState } from 'react';
import { fieldBase } from '../ui/text-field';

interface PasswordFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'value' | 'defaultValue'> {
  readonly label: string;
  readonly value: string;
  /** What the field may be asked for by a password manager. */
  readonly autoComplete: 'current-password' | 'new-password' | 'off';
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly ref?: Ref<HTMLInputElement>;
}

/** A secret that can be looked at while typing it. */
export function PasswordField({ label, hint, error, className, ...input }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field.Root invalid={Boolean(error)} disabled={input.disabled} className={clsx('flex flex-col gap-1', className)}>
      <Field.Label className="text-[0.8125rem] font-medium text-ink">{label}</Field.Label>
      <span className="relative block">
        <Field.Control
          spellCheck={false}
          autoCapitalize="none"
          {...input}
          type={shown ? 'text' : 'password'}
          className={clsx(fieldBase, 'pr-10', shown && 'font-mono')}
        />
        <button
          type="button"
          aria-label="Show what is typed"
          aria-pressed={shown}
          title={shown ? 'Hide' : 'Show'}
          onClick={() => setShown(!shown)}
          className="absolute right-0.5 top-0.5 grid size-8 cursor-pointer place-items-center rounded text-ink-2 hover:bg-hover hover:text-ink"
        >
          <Icon aria-hidden className="size-4" />
        </button>
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
