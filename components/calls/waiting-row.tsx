'use client';

import clsx from 'clsx';
import { memo, useCallback } from 'react';
import type { CallRecord } from '@/server/protocol/records';
import { takeWaiting } from '../actions/queue-actions';
import { callHandle } from '../drag/call-source';
import { partyText } from '../extensions/status';
import { useKeys, useLayout, useServerNow } from '../live/hooks';
import { Timer } from '../live/timer';
import { ActionButton } from './action-button';
import { EarlierLine } from './earlier-line';
import type { WaitingCaller } from './waiting';

/** Somebody who waits: who, for which queue, since when, and the way to take them. */
export const WaitingRow = memo(function WaitingRow({ caller }: { readonly caller: WaitingCaller }) {
  const { party, label, since, uniqueid, queue } = caller;
  const late = useLate(since);
  const did = useDid(uniqueid);
  const via = [party.name ? party.number : '', label, did ? `to ${did}` : ''].filter(Boolean).join(' · ');
  return (
    <li
      {...callHandle({ kind: 'waiting', queue, uniqueid })}
      className={clsx(
        'relative flex items-center gap-1.5 overflow-hidden rounded-md border py-1 pl-3 pr-1.5',
        late ? 'border-away/60 bg-warn-soft' : 'border-line bg-surface',
      )}
    >
      <span aria-hidden className={clsx('absolute inset-y-0 left-0 w-1', late ? 'bg-away' : 'bar-ringing')} />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-1.5 text-[0.8125rem] leading-[1.125rem]">
          <span className="min-w-0 flex-1 truncate font-medium text-ink">{partyText(party)}</span>
          {late ? <span className="sr-only">waits for long</span> : null}
          <Timer since={since} className={clsx('shrink-0 font-semibold', late ? 'text-warn-ink' : 'text-ring-ink')} />
        </div>
        <p className={clsx('truncate text-xs tabular-nums', late ? 'text-warn-ink' : 'text-ink-2')} title={via}>
          {via}
        </p>
        <div className="text-xs empty:hidden">
          <EarlierLine party={party} call={uniqueid} />
        </div>
      </div>
      <ActionButton action={takeWaiting} target={caller} word="Take" />
    </li>
  );
});

/** Over the time that the user set for their notifications. */
function useLate(since: string): boolean {
  const limit = useLayout().console.notify.waitingSeconds;
  const start = Date.parse(since);
  return useServerNow(useCallback((now: number) => limit !== null && now - start >= limit * 1_000, [start, limit]));
}

/** The number that the caller of a leg dialled. */
function useDid(uniqueid: string): string | null {
  const read = useCallback(
    (calls: ReadonlyMap<string, CallRecord>) => {
      const known = calls.get(uniqueid);
      if (known) return known.did;
      for (const call of calls.values()) if (call.legs.includes(uniqueid)) return call.did;
      return null;
    },
    [uniqueid],
  );
  return useKeys('calls', read);
}
