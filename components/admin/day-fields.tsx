'use client';

import { TextField } from '../ui/text-field';

/** Days as `2026-03-01`, in the user's zone; empty: open. */
interface Days {
  readonly from: string;
  readonly to: string;
}

/** From which day to which: the one ends where the other begins. */
export function DayFields({ from, to, onChange }: Days & { readonly onChange: (change: Partial<Days>) => void }) {
  return (
    <>
      <TextField
        label="From"
        type="date"
        value={from}
        max={to || undefined}
        onChange={({ target }) => onChange({ from: target.value })}
      />
      <TextField
        label="To"
        type="date"
        value={to}
        min={from || undefined}
        onChange={({ target }) => onChange({ to: target.value })}
      />
    </>
  );
}
