'use client';

import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import type { ReactNode } from 'react';

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon: ReactNode }[];
  readonly onChange: (value: T) => void;
}

/** One of a few, side by side. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={([next]) => {
        if (next) onChange(next as T);
      }}
      className="flex rounded-md bg-sunken p-0.5"
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          aria-label={option.label}
          title={option.label}
          className="grid h-6 w-8 cursor-pointer place-items-center rounded text-ink-2 hover:text-ink data-[pressed]:bg-surface data-[pressed]:text-ink data-[pressed]:shadow-sm"
        >
          {option.icon}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
