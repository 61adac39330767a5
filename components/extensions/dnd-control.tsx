'use client';

import clsx from 'clsx';
import { BellOff } from 'lucide-react';
import type { DndRecord } from '@/server/protocol/records';
import { perform } from '../actions/action';
import { toggleDnd } from '../actions/extension-actions';
import { useActionContext, useContextGetter } from '../actions/use-action-context';
import { momentText } from '../live/clock-text';
import { useDndPending } from '../live/hooks';

/** Why do-not-disturb cannot be changed by this user now; null when it can. */
export function useDndBlocked(): string | null {
  return toggleDnd.blocked?.(useActionContext(), '') ?? null;
}

/** Who set it and since when, as far as anybody knows. */
export function dndStory(dnd: DndRecord, now: number): string {
  const who = dnd.by ? `by ${dnd.by}` : dnd.source === 'pbx' ? 'on the phone or PBX' : `by ${dnd.source}`;
  const when = dnd.since ? ` since ${momentText(Date.parse(dnd.since), now)}` : '';
  return `Set ${who}${when}${dnd.note ? `: ${dnd.note}` : ''}`;
}

interface DndControlProps {
  readonly number: string;
  readonly name: string;
  readonly on: boolean;
  readonly className?: string;
}

/** The tile's own switch. Out of the Tab order: the tile has it on `d`, and the details show it large. */
export function DndControl({ number, name, on, className }: DndControlProps) {
  const blocked = useDndBlocked();
  const pending = useDndPending(number);
  const context = useContextGetter();
  return (
    <button
      type="button"
      tabIndex={-1}
      data-dnd
      aria-label={`Do not disturb, ${name}`}
      aria-pressed={on}
      aria-disabled={blocked !== null || undefined}
      aria-busy={pending || undefined}
      title={blocked ?? (on ? 'Turn off do not disturb (D)' : 'Turn on do not disturb (D)')}
      onClick={(event) => {
        event.stopPropagation();
        perform(toggleDnd, context(), number);
      }}
      className={clsx(
        'group/dnd grid size-6 shrink-0 cursor-pointer rounded-md aria-disabled:cursor-not-allowed',
        !on && 'dnd-quiet',
        blocked !== null && !on && 'invisible',
        pending && 'opacity-70',
        className,
      )}
    >
      <span
        className={clsx(
          'grid size-4 place-items-center rounded',
          on ? 'bg-dnd text-on-state' : 'text-ink-2 group-hover/dnd:bg-dnd-soft group-hover/dnd:text-dnd-ink',
        )}
      >
        <BellOff aria-hidden className="size-2.75" strokeWidth={2.5} />
      </span>
    </button>
  );
}
