'use client';

import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type PointerEvent, useCallback, useEffect, useRef } from 'react';
import { perform } from '../actions/action';
import { mayMove, moveExtension, openDetails, toggleDnd } from '../actions/extension-actions';
import { useActionContext, useContextGetter } from '../actions/use-action-context';
import { useLayout } from '../live/hooks';
import { gridId, tileElement, view } from '../shell/view';
import { announce } from '../ui/live-region';
import { useStore } from '../ui/store';
import { DndBlocked } from './dnd-control';
import { beginDrag } from './drag';
import { GridRow } from './grid-row';
import type { Row } from './pack';
import { useGridKeys } from './use-grid-keys';
import { headingHeight, measures } from './use-grid-rows';
import { findSpot, firstSpot } from './walk';

interface GridProps {
  readonly rows: readonly Row[];
  readonly columns: number;
  readonly scroller: HTMLDivElement;
}

/** The tiles. Only the lines on the screen are in the page, and the one that holds the focus. */
export function Grid({ rows, columns, scroller }: GridProps) {
  const { density } = useLayout();
  const { height, gap } = measures[density];
  const current = useStore(view, (v) => v.current);
  const grab = useStore(view, (v) => v.grab);
  const spot = (current === null ? null : findSpot(rows, current)) ?? firstSpot(rows);
  const keepRow = spot?.row ?? -1;
  const sizeOf = useCallback(
    (i: number) => (rows[i]?.kind === 'heading' ? headingHeight : height + gap),
    [rows, height, gap],
  );
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: sizeOf,
    overscan: 4,
    // Scrolling is not held up: React renders the new lines as soon as it can.
    useFlushSync: false,
    paddingStart: 4,
    paddingEnd: 16,
    scrollPaddingStart: 32,
    scrollPaddingEnd: 12,
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range);
        return keepRow < 0 || shown.includes(keepRow) ? shown : [...shown, keepRow].sort((a, b) => a - b);
      },
      [keepRow],
    ),
  });
  // Heights belong to rows, not to their indexes: after a new arrangement they are measured anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizeOf stands for rows and density
  useEffect(() => virtual.measure(), [sizeOf]);
  useEffect(() => {
    const wanted = grab === null ? null : findSpot(rows, grab);
    if (!wanted) return;
    virtual.scrollToIndex(wanted.row, { align: 'auto' });
    tileElement(wanted.number)?.focus({ preventScroll: true });
    view.set({ grab: null });
  }, [grab, rows, virtual]);
  const page = Math.max(1, Math.floor(scroller.clientHeight / (height + gap)) - 1);
  const onKeyDown = useGridKeys(rows, virtual, page);
  const pointer = useTilePointer(scroller);
  const blocked = toggleDnd.blocked?.(useActionContext(), '') ?? null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be virtual
    <div
      id={gridId}
      role="grid"
      aria-label="Extensions"
      aria-rowcount={rows.length}
      aria-colcount={columns}
      onKeyDown={onKeyDown}
      {...pointer}
      className="relative w-full"
      style={{ height: virtual.getTotalSize() }}
    >
      <DndBlocked value={blocked}>
        {virtual.getVirtualItems().map(({ index, start, size }) => {
          const row = rows[index];
          return row ? (
            <GridRow
              key={index}
              row={row}
              index={index}
              top={start}
              height={size}
              columns={columns}
              gap={gap}
              density={density}
              entry={spot?.row === index ? spot.number : null}
            />
          ) : null;
        })}
      </DndBlocked>
    </div>
  );
}

function tileOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-tile]') : null;
}

function onSwitch(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-dnd]') !== null;
}

/** A press selects, a click opens the details, a pull moves the tile. */
function useTilePointer(scroller: HTMLElement) {
  const context = useContextGetter();
  const pressedAt = useRef<string | null>(null);
  const onPointerDown = (event: PointerEvent) => {
    const tile = tileOf(event.target);
    const number = tile?.dataset.tile;
    pressedAt.current = number ?? null;
    if (!tile || !number || onSwitch(event.target) || event.button !== 0) return;
    view.set({ current: number });
    if (event.pointerType === 'touch') return;
    beginDrag(event.nativeEvent, tile, scroller, {
      allows: (moved, target) => mayMove(context(), moved, target),
      drop: (moved, target, side) => moveExtension(context(), moved, target, side),
    });
  };
  const onClick = (event: MouseEvent) => {
    const number = tileOf(event.target)?.dataset.tile;
    if (!number) return;
    if (!onSwitch(event.target)) {
      if (number === pressedAt.current) perform(openDetails, context(), number);
      return;
    }
    const reason = perform(toggleDnd, context(), number);
    if (reason) announce(reason, true);
  };
  return { onPointerDown, onClick };
}
