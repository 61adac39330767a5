'use client';

import clsx from 'clsx';
import { memo } from 'react';
import type { Density } from '@/server/protocol/layout';
import { useMirror, useRecord } from '../live/hooks';
import { toneBar, toneGround } from './state-mark';
import { describe, statusOf } from './status';
import { ComfortableBody, CompactBody, LargeBody } from './tile-body';

const bodies = { compact: CompactBody, comfortable: ComfortableBody, large: LargeBody } as const;

interface TileProps {
  readonly number: string;
  readonly column: number;
  readonly density: Density;
  /** It is where the Tab key enters the grid. */
  readonly entry: boolean;
}

/**
 * One extension. Renders when its own record changes, and at nothing else: presses, keys, focus and dragging are the
 * grid's, because fast scrolling mounts hundreds of tiles a second.
 */
export const Tile = memo(function Tile({ number, column, density, entry }: TileProps) {
  const extension = useRecord('extensions', number);
  const mirror = useMirror();
  if (!extension) return null;
  const status = statusOf(extension);
  const Body = bodies[density];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a grid that cannot be a table
    <div
      role="gridcell"
      aria-colindex={column + 1}
      aria-label={describe(extension)}
      aria-busy={mirror.dnd.isPending(number) || undefined}
      tabIndex={entry ? 0 : -1}
      data-tile={number}
      data-state={extension.state}
      data-tone={status.tone}
      className={clsx(
        'group/tile relative h-full min-w-0 cursor-default select-none overflow-hidden rounded-md border outline-offset-1',
        toneGround[status.tone],
        extension.dnd.on && status.tone !== 'dnd' && 'shadow-dnd',
      )}
    >
      <span aria-hidden className={clsx('absolute inset-y-0 left-0 w-1', toneBar[status.tone])} />
      <Body extension={extension} status={status} />
    </div>
  );
});
