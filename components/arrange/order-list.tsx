'use client';

import { Eye, EyeOff, GripVertical } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useId } from 'react';
import { IconButton } from '../ui/button';
import { announce } from '../ui/live-region';
import { beginBlockDrag } from './drag-block';
import { beside, oneFurther } from './order';

interface OrderListProps {
  /** What the list is of, for a person: `Departments`. */
  readonly label: string;
  readonly items: readonly { readonly id: string; readonly name: string }[];
  readonly onOrder: (ids: string[]) => void;
  /** Left out: nothing of it can be hidden. */
  readonly hidden?: readonly string[];
  readonly onHide?: (id: string, hide: boolean) => void;
}

/** Things in an order: pulled by their handle, or moved by the arrow keys on it. */
export function OrderList({ label, items, onOrder, hidden = [], onHide }: OrderListProps) {
  const list = useId();
  const ids = items.map(({ id }) => id);
  const nameOf = (id: string) => items.find((item) => item.id === id)?.name ?? id;
  const put = (moved: string, next: readonly string[]) => {
    if (next.every((id, at) => id === ids[at])) return;
    onOrder([...next]);
    announce(`${nameOf(moved)} is now number ${next.indexOf(moved) + 1} of ${next.length}`);
  };
  const onKeyDown = (event: KeyboardEvent, id: string) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (by === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const next = oneFurther(ids, id, by);
    if (next === ids) announce(`${nameOf(id)} is at the ${by < 0 ? 'top' : 'bottom'} already`);
    const handle = event.currentTarget as HTMLElement;
    put(id, next);
    // The browser drops the focus of an element that is moved.
    requestAnimationFrame(() => handle.focus());
  };
  const onPointerDown = (event: PointerEvent, id: string) => {
    if (event.button !== 0) return;
    const drop = (target: string, side: 'before' | 'after') => put(id, beside(ids, id, target, side));
    beginBlockDrag(event.nativeEvent, { list, moved: id, drop });
  };
  return (
    <ol aria-label={label} className="flex flex-col gap-1">
      {items.map(({ id, name }, at) => {
        const away = hidden.includes(id);
        return (
          <li
            key={id}
            data-blocks={list}
            data-block={id}
            className="flex min-h-9 items-center gap-1 rounded-md border border-line bg-surface pr-1"
          >
            <IconButton
              label={`Move ${name}, number ${at + 1} of ${items.length}: arrow up or down`}
              size="small"
              className="h-9 touch-none cursor-grab"
              onKeyDown={(event) => onKeyDown(event, id)}
              onPointerDown={(event) => onPointerDown(event, id)}
            >
              <GripVertical aria-hidden className="size-4" />
            </IconButton>
            <span className={away ? 'min-w-0 flex-1 truncate text-sm text-ink-3' : 'min-w-0 flex-1 truncate text-sm'}>
              {name}
              {away ? ' (hidden)' : ''}
            </span>
            {onHide ? (
              <IconButton label={away ? `Show ${name}` : `Hide ${name}`} size="small" onClick={() => onHide(id, !away)}>
                {away ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
              </IconButton>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
