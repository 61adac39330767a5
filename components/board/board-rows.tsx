'use client';

import clsx from 'clsx';
import { memo } from 'react';
import { StatusMark, statusInk, toneBar, toneGround } from '../extensions/state-mark';
import { partyText, statusOf } from '../extensions/status';
import { usePresenceStates, useRecord } from '../live/hooks';
import { Timer } from '../live/timer';
import type { BoardLook } from './board';
import { type BoardRow, lampsPerColumn } from './pages';
import { QueueCard } from './queue-card';

interface BoardRowsProps {
  readonly rows: readonly BoardRow[];
  readonly settings: BoardLook;
}

/** One page of the board. Rows of cards share the room that is left. */
export function BoardRows({ rows, settings }: BoardRowsProps) {
  if (rows.length === 0) return <p className="text-[2rem] text-ink-2">There is nothing to show on this board yet.</p>;
  return (
    <div className="flex h-full flex-col gap-4">
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is nothing but its place on the page
        <Row key={at} row={row} settings={settings} />
      ))}
    </div>
  );
}

function Row({ row, settings }: { readonly row: BoardRow; readonly settings: BoardLook }) {
  const { columns } = settings;
  switch (row.kind) {
    case 'heading':
      return <h2 className="h-[2.5rem] shrink-0 text-[1.75rem] font-semibold text-ink-2">{row.title}</h2>;
    case 'cards':
      return (
        <div
          className={clsx('board-grid min-h-0', row.tall ? 'flex-[27_27_0]' : 'flex-[13_13_0]')}
          style={{
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            maxHeight: row.tall ? '34rem' : '18rem',
          }}
        >
          {row.cards.map((card) =>
            card.kind === 'queue' ? (
              <QueueCard key={card.name} name={card.name} members={card.members} settings={settings} />
            ) : (
              <LotCard key={card.lot} lot={card.lot} />
            ),
          )}
        </div>
      );
    case 'lamps':
      return (
        <ul
          className="board-grid h-[5rem] shrink-0"
          style={{ gridTemplateColumns: `repeat(${columns * lampsPerColumn}, minmax(0, 1fr))` }}
        >
          {row.numbers.map((number) => (
            <Lamp key={number} number={number} />
          ))}
        </ul>
      );
  }
}

/** A person: who, and what they do. */
const Lamp = memo(function Lamp({ number }: { readonly number: string }) {
  const extension = useRecord('extensions', number);
  const choices = usePresenceStates();
  if (!extension) return null;
  const status = statusOf(extension, choices);
  return (
    <li className={clsx('board-lamp', toneGround[status.tone])}>
      <span aria-hidden className={clsx('absolute inset-y-0 left-0 w-[0.625rem]', toneBar[status.tone])} />
      <StatusMark status={status} className="size-[2.25rem] shrink-0" />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-[1.625rem] font-semibold leading-tight">
          {extension.name || extension.number}
        </span>
        <span className={clsx('block truncate text-[1.25rem] leading-tight', statusInk(status))}>
          {status.short} {status.since ? <Timer since={status.since} /> : null}
        </span>
      </span>
    </li>
  );
});

const slotsShown = 6;

const LotCard = memo(function LotCard({ lot }: { readonly lot: string }) {
  const record = useRecord('parking', lot);
  if (!record) return null;
  const rest = record.slots.length - slotsShown;
  return (
    <section className="board-card">
      <h2 className="truncate text-[2rem] font-semibold">Parked calls{record.label ? ` · ${record.label}` : ''}</h2>
      {record.slots.length === 0 ? <p className="mt-2 text-[1.75rem] text-ink-2">Nobody is parked</p> : null}
      <ul className="mt-2 flex flex-col gap-1">
        {record.slots.slice(0, slotsShown).map((slot) => (
          <li key={slot.uniqueid} className="flex items-baseline gap-4 text-[1.75rem] leading-snug">
            <span className="shrink-0 font-bold tabular-nums">{slot.space}</span>
            <span className="min-w-0 flex-1 truncate">{partyText(slot)}</span>
            <Timer since={slot.parkedSince} className="shrink-0 font-semibold text-hold-ink" />
          </li>
        ))}
      </ul>
      {rest > 0 ? <p className="text-[1.5rem] text-ink-2">and {rest} more</p> : null}
    </section>
  );
});
