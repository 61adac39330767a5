'use client';

import clsx from 'clsx';
import { Undo2 } from 'lucide-react';
import type { TransferRecord } from '@/server/protocol/records';
import { StateMark, toneInk } from '../extensions/state-mark';
import { type TransferSide, transferStory } from './transfer-words';

interface TransferSidesProps {
  readonly transfer: TransferRecord;
  /** Without what comes next. */
  readonly brief: boolean;
}

/** The two of a transfer, who of them waits and who talks, and what comes next. */
export function TransferSides({ transfer, brief }: TransferSidesProps) {
  const { caller, target, next } = transferStory(transfer);
  if (transfer.state === 'returned' || transfer.state === 'returning') return <CameBack target={target} why={next} />;
  return (
    <div className="mt-1 rounded-md bg-sunken px-2 py-1 text-xs">
      <ul className="flex flex-col gap-0.5">
        {transfer.mode === 'attended' ? <Side side={caller} /> : null}
        <Side side={target} />
      </ul>
      {brief ? null : <p className="mt-1 text-ink-2">{next}</p>}
    </div>
  );
}

function Side({ side }: { readonly side: TransferSide }) {
  return (
    <li className="flex min-w-0 items-center gap-1.5">
      <StateMark tone={side.tone} className="size-3.5 shrink-0" />
      <span className="min-w-0 truncate font-medium text-ink">{side.who}</span>
      {side.number ? <span className="shrink-0 tabular-nums text-ink-2">{side.number}</span> : null}
      <span className={clsx('ml-auto shrink-0', toneInk[side.tone])}>{side.doing}</span>
    </li>
  );
}

/** From whom it comes back, and why: must not be missed. */
function CameBack({ target, why }: { readonly target: TransferSide; readonly why: string }) {
  return (
    <p className="mt-1.5 flex items-start gap-1.5 rounded-md bg-warn-soft px-2 py-1.5 text-[0.8125rem] text-warn-ink">
      <Undo2 aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className="min-w-0">
        <strong className="font-semibold">Back from {target.who}</strong> — {why}
      </span>
    </p>
  );
}
