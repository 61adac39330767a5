'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { useRef } from 'react';
import type { ButtonRecord } from '@/server/protocol/buttons';
import { presenceFill } from '../../presence/choice-colour';
import { kindNames, shownText } from './field-words';
import { State } from './grid-row';
import { idOf } from './use-buttons';

interface PhoneListProps {
  readonly rows: readonly ButtonRecord[];
  readonly onOpen: (row: ButtonRecord) => void;
}

/** The table where there is no room for one: a row is a button. */
export function PhoneList({ rows, onOpen }: PhoneListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 60,
    overscan: 8,
  });
  return (
    <div ref={scroller} className="h-[65vh] overflow-auto rounded-xl border border-line bg-surface">
      <ul aria-label="Everything on the panel" style={{ height: virtual.getTotalSize() }} className="relative">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const more = [kindNames[row.kind], row.key, shownText(row, 'group')].filter(Boolean);
          return (
            <li
              key={idOf(row)}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
              className="absolute left-0 top-0 w-full border-b border-line"
            >
              <button
                type="button"
                onClick={() => onOpen(row)}
                className="flex h-15 w-full cursor-pointer items-center gap-3 px-3 text-left text-sm hover:bg-hover"
              >
                {row.own.colour === null ? null : (
                  <span aria-hidden className={clsx('h-9 w-1 shrink-0 rounded-full', presenceFill[row.own.colour])} />
                )}
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium text-ink">{shownText(row, 'label') || row.key}</span>
                  <span className="block truncate text-xs text-ink-2">{more.join(' · ')}</span>
                </span>
                <State row={row} />
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
