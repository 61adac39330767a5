'use client';

import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo } from 'react';
import { mayNotSet } from '../actions/permissions';
import { useActionContext } from '../actions/use-action-context';
import { useLayout, usePresenceStates } from '../live/hooks';
import { gridId, tileElement, view } from '../shell/view';
import { useStore } from '../ui/store';
import { DndBlocked } from './dnd-control';
import { GridRow } from './grid-row';
import type { Row } from './pack';
import { PresenceChoices } from './presence-choices';
import { useGridKeys } from './use-grid-keys';
import { headingHeight, measures } from './use-grid-rows';
import { useTilePointer } from './use-tile-pointer';
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
  const pointer = useTilePointer(rows, scroller);
  const context = useActionContext();
  const blocked = useMemo(() => (number: string) => mayNotSet(context, 'dnd', number), [context]);
  const choices = usePresenceStates();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be virtual
    <div
      id={gridId}
      role="grid"
      aria-label="Extensions"
      aria-rowcount={rows.length}
      aria-colcount={columns}
      aria-multiselectable
      onKeyDown={onKeyDown}
      {...pointer}
      className="relative w-full"
      style={{ height: virtual.getTotalSize() }}
    >
      <PresenceChoices value={choices}>
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
      </PresenceChoices>
    </div>
  );
}
