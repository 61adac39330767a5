'use client';

import { memo } from 'react';
import type { Density } from '@/server/protocol/layout';
import { GroupHeading } from './group-heading';
import type { Row } from './pack';
import { Tile } from './tile';

interface GridRowProps {
  readonly row: Row;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly columns: number;
  readonly gap: number;
  readonly density: Density;
  /** The number at which the Tab key enters the grid, when it is in this row. */
  readonly entry: string | null;
}

/** One line of the grid, at its place in the scrolled height. */
export const GridRow = memo(function GridRow({ row, index, top, height, columns, gap, density, entry }: GridRowProps) {
  const style = {
    transform: `translateY(${top}px)`,
    height,
    gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
    columnGap: gap,
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: lines are placed by the scrolled height, which a table cannot do
    // biome-ignore lint/a11y/useFocusableInteractive: the cells take the focus
    <div role="row" aria-rowindex={index + 1} className="absolute inset-x-0 top-0 grid" style={style}>
      {row.kind === 'heading'
        ? row.segments.map(({ group, column, columns: span }) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
            <div
              key={group.id}
              role="gridcell"
              aria-colindex={column + 1}
              aria-colspan={span}
              className="flex min-w-0 items-end"
              style={{ gridColumn: `${column + 1} / span ${span}` }}
            >
              <GroupHeading group={group} />
            </div>
          ))
        : row.cells.map((number, column) =>
            number ? (
              <div
                key={number}
                role="presentation"
                className="min-w-0"
                style={{ gridColumn: column + 1, paddingBottom: gap }}
              >
                <Tile number={number} column={column} density={density} entry={entry === number} />
              </div>
            ) : null,
          )}
    </div>
  );
});
