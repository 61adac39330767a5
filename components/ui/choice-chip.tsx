'use client';

import clsx from 'clsx';
import type { ReactNode } from 'react';

interface ChoiceChipProps {
  /** Chips of one name exclude each other. */
  readonly name: string;
  readonly value: string;
  readonly checked: boolean;
  readonly onChange: () => void;
  readonly children: ReactNode;
  readonly className?: string;
}

/** One of a few, as a chip: a radio button, so that the arrows walk and Enter sends the form. */
export function ChoiceChip({ name, value, checked, onChange, children, className }: ChoiceChipProps) {
  return (
    <label
      className={clsx(
        'relative inline-flex min-h-8 cursor-pointer select-none items-center gap-2 rounded-md border px-2.5 text-[0.8125rem]',
        'has-disabled:cursor-not-allowed has-disabled:opacity-55',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
        checked
          ? 'border-accent bg-hover font-medium shadow-[inset_0_0_0_1px_var(--c-accent)]'
          : 'border-control bg-surface hover:bg-hover',
        className,
      )}
    >
      <input
        type="radio"
        name={name}
        value={value}
        checked={checked}
        onChange={onChange}
        className="absolute inset-0 cursor-pointer appearance-none rounded-md outline-none disabled:cursor-not-allowed"
      />
      {children}
    </label>
  );
}
