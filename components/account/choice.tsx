'use client';

import clsx from 'clsx';
import type { ReactNode } from 'react';

interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly name: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon: ReactNode }[];
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
}

/** One of a few, as radio buttons that look like buttons. */
export function Choice<T extends string>({ legend, name, value, options, onChange, disabled }: ChoiceProps<T>) {
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-1 text-[0.8125rem] font-medium text-ink">{legend}</legend>
      <div className="grid grid-cols-3 gap-2">
        {options.map((option) => (
          <label
            key={option.value}
            className={clsx(
              'flex cursor-pointer flex-col items-center gap-1.5 rounded-md border px-2 py-2.5 text-center text-sm',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
              option.value === value
                ? 'border-accent bg-hover font-medium text-ink shadow-[inset_0_0_0_1px_var(--c-accent)]'
                : 'border-control bg-surface text-ink-2 hover:bg-hover hover:text-ink',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="sr-only"
            />
            {option.icon}
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
