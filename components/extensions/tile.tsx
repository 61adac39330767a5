'use client';

import clsx from 'clsx';
import { memo, useContext } from 'react';
import type { Density } from '@/server/protocol/layout';
import { untilText } from '../live/clock-text';
import { useMirror, useRecord } from '../live/hooks';
import { presenceFill } from '../presence/choice-colour';
import { selection } from '../selection/selection';
import { useStore } from '../ui/store';
import { PresenceChoices } from './presence-choices';
import { presenceLook } from './presence-look';
import { toneBar, toneGround } from './state-mark';
import { describe, statusOf, told } from './status';
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
  const choices = useContext(PresenceChoices);
  const selected = useStore(selection, (v) => v.numbers.has(number));
  if (!extension) return null;
  const status = statusOf(extension, choices);
  const { presence } = status;
  const beside = presence || told(extension) ? null : presenceLook(extension.presence, choices);
  const until = (iso: string) => untilText(Date.parse(iso), mirror.clock.read());
  const Body = bodies[density];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a grid that cannot be a table
    <div
      role="gridcell"
      aria-colindex={column + 1}
      aria-label={describe(extension, choices, until)}
      aria-selected={selected || undefined}
      aria-busy={mirror.overlay.isPending(number) || undefined}
      tabIndex={entry ? 0 : -1}
      data-tile={number}
      data-mailbox={extension.mailbox ? '' : undefined}
      data-state={extension.state}
      data-tone={status.tone}
      className={clsx(
        'group/tile relative h-full min-w-0 cursor-default select-none overflow-hidden rounded-md border outline-offset-1',
        toneGround[status.tone],
        extension.dnd.on && status.tone !== 'dnd' && 'shadow-dnd',
        selected && 'tile-selected',
      )}
    >
      <span
        aria-hidden
        className={clsx(
          'absolute inset-y-0 left-0 w-1',
          presence?.away ? ['bar-dotted', presenceFill[presence.colour]] : toneBar[status.tone],
        )}
      />
      {extension.colour === null ? null : (
        <span aria-hidden className={clsx('absolute inset-y-0 right-0 w-1', presenceFill[extension.colour])} />
      )}
      <Body extension={extension} status={status} beside={beside} />
      {selected ? <SelectedMark /> : null}
    </div>
  );
});

function SelectedMark() {
  return (
    <span
      aria-hidden
      className="absolute inset-y-0 left-0 grid w-4 place-items-center bg-accent text-accent-ink forced-colors:bg-[Highlight]"
    >
      <svg aria-hidden role="presentation" viewBox="0 0 12 12" className="size-3" fill="none" stroke="currentColor">
        <path d="m2.5 6.5 2.2 2.2 4.8-5" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    </span>
  );
}
