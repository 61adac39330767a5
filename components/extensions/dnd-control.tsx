'use client';

import clsx from 'clsx';
import { createContext, useContext } from 'react';

/** Why do-not-disturb of an extension cannot be changed by this user now; null when it can. One function for all tiles. */
export const DndBlocked = createContext<(number: string) => string | null>(() => null);

/** lucide's bell-off, drawn plainly: it is on every tile. */
const bell = (
  <svg
    aria-hidden
    viewBox="0 0 24 24"
    width={11}
    height={11}
    fill="none"
    stroke="currentColor"
    strokeWidth="2.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    role="presentation"
  >
    <path d="M10.268 21a2 2 0 0 0 3.464 0M17 17H4a1 1 0 0 1-.74-1.673C4.59 13.956 6 12.499 6 8a6 6 0 0 1 .258-1.742M2 2l20 20M8.668 3.01A6 6 0 0 1 18 8c0 2.687.77 4.653 1.707 6.05" />
  </svg>
);

interface DndControlProps {
  readonly name: string;
  readonly number: string;
  readonly on: boolean;
  readonly className?: string;
}

/**
 * The tile's own switch; the grid takes its press. Out of the Tab order: the tile has it on `d`, and the details show it
 * large.
 */
export function DndControl({ name, number, on, className }: DndControlProps) {
  const blocked = useContext(DndBlocked)(number);
  return (
    <button
      type="button"
      tabIndex={-1}
      data-dnd
      aria-label={`Do not disturb, ${name}`}
      aria-pressed={on}
      aria-disabled={blocked !== null || undefined}
      title={blocked ?? (on ? 'Turn off do not disturb (D)' : 'Turn on do not disturb (D)')}
      className={clsx(
        'group/dnd grid size-6 shrink-0 cursor-pointer rounded-md aria-disabled:cursor-not-allowed',
        !on && 'dnd-quiet',
        blocked !== null && !on && 'invisible',
        className,
      )}
    >
      <span
        className={clsx(
          'grid size-4 place-items-center rounded',
          on ? 'bg-dnd text-on-state' : 'text-ink-2 group-hover/dnd:bg-dnd-soft group-hover/dnd:text-dnd-ink',
        )}
      >
        {bell}
      </span>
    </button>
  );
}
