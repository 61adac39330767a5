'use client';

import clsx from 'clsx';
import { memo } from 'react';
import { StatusMark, statusInk, toneBar, toneGround } from '../extensions/state-mark';
import { partyText, statusOf } from '../extensions/status';
import { usePresenceStates, useRecord } from '../live/hooks';
import { Timer } from '../live/timer';
import type { BoardLook } from './board';
import { type BoardRow, cardsAcross, lampsAcross } from './pages';
import { QueueCard } from './queue-card';

interface BoardRowsProps {
  readonly rows: readonly BoardRow[];
  /** Of the screen, rem. */
  readonly width: number;
  readonly settings: BoardLook;
}

/** One page of the board. Rows of cards share the room that is left. */
export function BoardRows({ rows, width, settings }: BoardRowsProps) {
  const across = lampsAcross(cardsAcross(settings.columns, width), width);
  if (rows.length === 0) return <p className="text-[2rem] text-ink-2">There is nothing to show on this board yet.</p>;
  return (
    <div className="flex h-full flex-col gap-4">
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is nothing but its place on the page
        <Row key={at} row={row} across={across} width={width} settings={settings} />
      ))}
    </div>
  );
}

interface RowProps extends Omit<BoardRowsProps, 'rows'> {
  readonly row: BoardRow;
  /** Lamps side by side. */
  readonly across: number;
}

function Row({ row, across, width, settings }: RowProps) {
  switch (row.kind) {
    case 'heading':
      return (
        <div className="board-grid h-[2.5rem] shrink-0" style={columnsOf(across)}>
          {row.headings.map(({ title, column, columns: span }) => (
            <h2
              key={column}
              className="truncate text-[1.75rem] font-semibold text-ink-2"
              style={{ gridColumn: `${column + 1} / span ${span}` }}
            >
              {title}
            </h2>
          ))}
        </div>
      );
    case 'cards':
      return (
        <div
          className={clsx('board-grid min-h-0', row.tall ? 'flex-[27_27_0]' : 'flex-[13_13_0]')}
          style={{
            ...columnsOf(row.columns),
            maxHeight: row.tall ? '34rem' : '18rem',
          }}
        >
          {row.cards.map((card, at) =>
            card.kind === 'queue' ? (
              <QueueCard key={card.name} name={card.name} members={card.members} settings={settings} />
            ) : (
              <LotCard
                key={card.lot}
                lot={card.lot}
                span={at === row.cards.length - 1 ? row.columns - at : 1}
                columnWidth={width / row.columns}
              />
            ),
          )}
        </div>
      );
    case 'lamps':
      return (
        <ul className="board-grid h-[5rem] shrink-0" style={columnsOf(across)}>
          {row.cells.map((number, column) =>
            number === null ? null : <Lamp key={number} number={number} at={column} />,
          )}
        </ul>
      );
  }
}

function columnsOf(count: number) {
  return { gridTemplateColumns: `repeat(${count}, minmax(0, 1fr))` };
}

/** A person: who, and what they do. */
const Lamp = memo(function Lamp({ number, at }: { readonly number: string; readonly at: number }) {
  const extension = useRecord('extensions', number);
  const choices = usePresenceStates();
  if (!extension) return null;
  const status = statusOf(extension, choices);
  return (
    <li className={clsx('board-lamp', toneGround[status.tone])} style={{ gridColumn: at + 1 }}>
      <span aria-hidden className={clsx('absolute inset-y-0 left-0 w-[0.625rem]', toneBar[status.tone])} />
      <StatusMark status={status} className="size-[2rem] shrink-0" />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-[1.5rem] font-semibold leading-tight">
          {extension.name || extension.number}
        </span>
        <span className={clsx('block truncate text-[1.25rem] leading-tight', statusInk(status))}>
          {status.short} {status.since ? <Timer since={status.since} /> : null}
        </span>
      </span>
    </li>
  );
});

interface LotCardProps {
  readonly lot: string;
  /** The last card of a row has the columns that are left. */
  readonly span: number;
  /** rem */
  readonly columnWidth: number;
}

/** What a parked call needs, rem. */
const slotWidth = 26;
const slotLines = 3;

const LotCard = memo(function LotCard({ lot, span, columnWidth }: LotCardProps) {
  const record = useRecord('parking', lot);
  if (!record) return null;
  const across = Math.max(1, Math.floor((span * columnWidth) / slotWidth));
  const shown = record.slots.slice(0, across * slotLines);
  const rest = record.slots.length - shown.length;
  return (
    <section className="board-card" style={{ gridColumn: `span ${span}` }}>
      <h2 className="flex items-baseline gap-4 text-[2rem] font-semibold leading-tight">
        <span className="truncate">Parked calls{record.label ? ` · ${record.label}` : ''}</span>
        {rest > 0 ? <span className="shrink-0 text-[1.5rem] font-normal text-ink-2">and {rest} more</span> : null}
      </h2>
      {shown.length === 0 ? <p className="mt-2 text-[1.75rem] text-ink-2">Nobody is parked</p> : null}
      <ul className="mt-2 grid gap-x-8" style={columnsOf(across)}>
        {shown.map((slot) => (
          <li key={slot.uniqueid} className="flex h-[2.5rem] items-baseline gap-4 text-[1.75rem] leading-snug">
            <span className="shrink-0 font-bold tabular-nums">{slot.space}</span>
            <span className="min-w-0 flex-1 truncate">{partyText(slot)}</span>
            <Timer since={slot.parkedSince} className="shrink-0 font-semibold text-hold-ink" />
          </li>
        ))}
      </ul>
    </section>
  );
});
