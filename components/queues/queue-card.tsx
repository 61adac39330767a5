'use client';

import { ChevronRight, Hourglass } from 'lucide-react';
import { memo, useState } from 'react';
import type { QueueCaller, QueueRecord } from '@/server/protocol/records';
import { callHandle } from '../drag/call-source';
import { dropHandle } from '../drag/drop-target';
import { partyText } from '../extensions/status';
import { useRecord } from '../live/hooks';
import { Timer } from '../live/timer';
import { menuHandle } from '../menus/menu-state';
import { MoreButton } from '../menus/more-button';
import { ColourDot } from '../presence/colour-dot';
import { Badge } from '../ui/badge';
import { MemberRow } from './member-row';

/** One queue: who waits, then who answers. */
export const QueueCard = memo(function QueueCard({ name }: { readonly name: string }) {
  const queue = useRecord('queues', name);
  const [open, setOpen] = useState(true);
  if (!queue) return null;
  const waiting = queue.callers.length;
  return (
    <li
      {...dropHandle({ kind: 'queue', name })}
      {...menuHandle({ kind: 'queue', name })}
      className="rounded-md border border-line bg-surface pb-1"
    >
      <div className="flex items-center pr-2">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex h-8 min-w-0 flex-1 cursor-pointer items-center gap-1.5 px-2 text-left text-[0.8125rem] font-semibold text-ink"
        >
          <ChevronRight
            aria-hidden
            className={open ? 'size-3.5 shrink-0 rotate-90 text-ink-3' : 'size-3.5 shrink-0 text-ink-3'}
          />
          <ColourDot colour={queue.colour} />
          <span className="min-w-0 flex-1 truncate">{queue.label}</span>
          <Summary queue={queue} />
          {waiting > 0 ? (
            <Badge tone="warn">
              <Hourglass aria-hidden className="size-3" />
              {waiting} waiting
            </Badge>
          ) : null}
        </button>
        <MoreButton label={`queue ${queue.label}`} />
      </div>
      {waiting > 0 ? (
        <ol aria-label="Waiting callers">
          {queue.callers.map((caller) => (
            <CallerRow key={caller.uniqueid} queue={name} caller={caller} />
          ))}
        </ol>
      ) : null}
      {open ? (
        <ul aria-label="Members" className={waiting > 0 ? 'mt-1 border-t border-line pt-1' : ''}>
          {queue.members.map((member) => (
            <MemberRow key={member.interface} queue={name} member={member} />
          ))}
          {queue.members.length === 0 ? <li className="px-2 text-xs text-ink-3">Nobody is logged in</li> : null}
        </ul>
      ) : null}
    </li>
  );
});

function Summary({ queue }: { readonly queue: QueueRecord }) {
  const free = queue.members.filter((member) => member.state === 'idle' && !member.paused).length;
  return (
    <span className="shrink-0 text-xs font-normal tabular-nums text-ink-2">
      {free}/{queue.members.length} free
    </span>
  );
}

function CallerRow({ queue, caller }: { readonly queue: string; readonly caller: QueueCaller }) {
  return (
    <li
      {...callHandle({ kind: 'waiting', queue, uniqueid: caller.uniqueid })}
      className="flex min-h-6 items-center gap-1.5 px-2 text-xs hover:bg-hover"
    >
      <span className="w-3.5 shrink-0 text-center font-semibold tabular-nums text-ink-2">{caller.position}</span>
      <span className="min-w-0 flex-1 truncate text-ink">{partyText(caller)}</span>
      {caller.name ? <span className="shrink-0 truncate tabular-nums text-ink-3">{caller.number}</span> : null}
      <Timer since={caller.waitingSince} className="shrink-0 font-medium text-warn-ink" />
      <MoreButton label={partyText(caller)} />
    </li>
  );
}
