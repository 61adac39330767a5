'use client';

import clsx from 'clsx';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ExtensionChoice } from './extensions';

interface SuggestionsProps {
  readonly id: string;
  readonly label: string;
  readonly anchor: { readonly current: HTMLElement | null };
  readonly choices: readonly ExtensionChoice[];
  readonly active: number;
  readonly onTake: (choice: ExtensionChoice) => void;
  /** What is below moved away. */
  readonly onAway: () => void;
}

/** The keys are the field's, which keeps the focus. */
const noKeys = () => {};
const gap = 4;
const tallest = 288;

/** A list in the top layer, so that no dialog cuts it off; the focus stays in the field. */
export function Suggestions({ id, label, anchor, choices, active, onTake, onAway }: SuggestionsProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [box, field] = [list.current, anchor.current];
    if (!box || !field) return;
    place(box, field.getBoundingClientRect());
    box.showPopover?.();
  }, [anchor]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  const away = useRef(onAway);
  away.current = onAway;
  useEffect(() => {
    const moved = (event: Event) => {
      if (event.target !== list.current) away.current();
    };
    addEventListener('scroll', moved, true);
    addEventListener('resize', moved);
    return () => {
      removeEventListener('scroll', moved, true);
      removeEventListener('resize', moved);
    };
  }, []);
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={label}
      tabIndex={-1}
      popover="manual"
      className="fixed inset-auto m-0 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-sm text-ink shadow-overlay"
    >
      {choices.map((one, i) => (
        <div
          key={one.number}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === active}
          // The field keeps the focus, and the list stays until the click.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(one)}
          onKeyDown={noKeys}
          className={clsx(
            'flex min-h-8 cursor-pointer select-none items-center gap-3 rounded-md px-2.5 hover:bg-hover',
            i === active && 'bg-hover outline-2 -outline-offset-2 outline-focus',
          )}
        >
          <span className="w-14 shrink-0 truncate tabular-nums text-ink-2">{one.number}</span>
          <span className="truncate">{one.name}</span>
        </div>
      ))}
    </div>
  );
}

/** Below the field, or above it where there is more room. */
function place(box: HTMLElement, field: DOMRect): void {
  const [below, above] = [innerHeight - field.bottom, field.top];
  const up = below < tallest && above > below;
  box.style.left = `${field.left}px`;
  box.style.width = `${field.width}px`;
  box.style.maxHeight = `${Math.min(tallest, (up ? above : below) - 2 * gap)}px`;
  if (up) box.style.bottom = `${innerHeight - field.top + gap}px`;
  else box.style.top = `${field.bottom + gap}px`;
}
