'use client';

import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '../ui/button';
import { announce } from '../ui/live-region';

/** Three of them stand beside a row of fields; a finger on a telephone gets more room. */
const narrow = 'lg:w-7';

interface MoveButtonsProps {
  /** Of the row, for a person. */
  readonly name: string;
  readonly at: number;
  readonly count: number;
  readonly onMove: (to: number) => void;
}

/** Up and down; the focus goes along with the row, so that it can be pressed again. */
export function MoveButtons({ name, at, count, onMove }: MoveButtonsProps) {
  const buttons = useRef<Partial<Record<'up' | 'down', HTMLButtonElement | null>>>({});
  const move = (direction: 'up' | 'down') => {
    const to = direction === 'up' ? at - 1 : at + 1;
    if (to < 0 || to >= count) return;
    onMove(to);
    announce(`${name} is now number ${to + 1} of ${count}`);
    // The browser drops the focus of an element that is moved.
    requestAnimationFrame(() => buttons.current[direction]?.focus());
  };
  return (
    <>
      <IconButton
        className={narrow}
        label={`Move ${name} up`}
        ref={(button) => {
          buttons.current.up = button;
        }}
        aria-disabled={at === 0}
        onClick={() => move('up')}
      >
        <ArrowUp aria-hidden className="size-4" />
      </IconButton>
      <IconButton
        className={narrow}
        label={`Move ${name} down`}
        ref={(button) => {
          buttons.current.down = button;
        }}
        aria-disabled={at === count - 1}
        onClick={() => move('down')}
      >
        <ArrowDown aria-hidden className="size-4" />
      </IconButton>
    </>
  );
}

interface RemoveButtonProps {
  readonly name: string;
  /** Why it cannot be removed; null: it can. */
  readonly blocked: string | null;
  readonly onRemove: () => void;
}

export function RemoveButton({ name, blocked, onRemove }: RemoveButtonProps) {
  return (
    <IconButton
      className={narrow}
      label={blocked === null ? `Remove ${name}` : `Remove ${name}: ${blocked}`}
      title={blocked ?? undefined}
      aria-disabled={blocked !== null}
      onClick={() => {
        if (blocked !== null) return;
        onRemove();
        announce(`${name} removed`);
      }}
    >
      <Trash2 aria-hidden className="size-4" />
    </IconButton>
  );
}
