'use client';

import { Search } from 'lucide-react';

interface FilterFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Narrows a list down while one types; Escape empties it. */
export function FilterField({ label, value, onChange }: FilterFieldProps) {
  return (
    <span className="relative block min-w-0 flex-1 sm:max-w-72">
      <Search
        aria-hidden
        className="pointer-events-none absolute left-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-3"
      />
      <input
        type="text"
        inputMode="search"
        aria-label={label}
        placeholder={label}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onChange('')}
        className="h-9 w-full rounded-md border border-control bg-surface pl-8.5 pr-3 text-sm text-ink placeholder:text-ink-3"
      />
    </span>
  );
}
