'use client';

import clsx from 'clsx';
import { PasswordField } from '../auth/password-field';
import { strengthOf } from './strength';

interface NewPasswordFieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  /** How many characters it has to have; unset: as many as everywhere. */
  readonly shortest?: number;
  readonly className?: string;
}

const tones = ['bg-line', 'bg-dnd', 'bg-away', 'bg-free', 'bg-free'];

/** A password to be set, with how good it is. */
export function NewPasswordField({ value, onChange, shortest, ...field }: NewPasswordFieldProps) {
  const { level, word } = strengthOf(value, shortest);
  return (
    <PasswordField
      {...field}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      autoComplete="new-password"
      maxLength={256}
      hint={
        <span className="mt-1 flex flex-col gap-1">
          <span aria-hidden className="flex gap-1">
            {[1, 2, 3, 4].map((step) => (
              <span key={step} className={clsx('h-1 flex-1 rounded-full', step <= level ? tones[level] : 'bg-line')} />
            ))}
          </span>
          <span>{word}</span>
        </span>
      }
    />
  );
}
