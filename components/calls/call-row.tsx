'use client';

import clsx from 'clsx';
import { MoveRight } from 'lucide-react';
import { memo } from 'react';
import type { CallRecord, CallState, Party } from '@/server/protocol/records';
import { callHandle } from '../drag/call-source';
import { StateMark, toneBar, toneInk } from '../extensions/state-mark';
import { partyText, type Tone } from '../extensions/status';
import { useRecord } from '../live/hooks';
import { Timer } from '../live/timer';
import { MoreButton } from '../menus/more-button';
import { focusTile } from '../shell/view';
import { callSince } from './sections';

const tones: Record<CallState, Tone> = {
  dialing: 'ringing',
  ringing: 'ringing',
  queued: 'ringing',
  talking: 'talking',
  conference: 'talking',
  service: 'talking',
  onHold: 'held',
  parked: 'held',
};

const words: Record<CallState, string> = {
  dialing: 'Calling',
  ringing: 'Ringing',
  queued: 'Waiting',
  talking: 'Talking',
  conference: 'Meeting',
  service: 'Service',
  onHold: 'On hold',
  parked: 'Parked',
};

/** Who with whom, through what, for how long. */
export const CallRow = memo(function CallRow({ id }: { readonly id: string }) {
  const call = useRecord('calls', id);
  if (!call) return null;
  const tone = tones[call.state];
  return (
    <li
      {...callHandle({ kind: 'call', id })}
      className="call-row relative overflow-hidden rounded-md border border-line bg-surface py-1.5 pl-3 pr-2 text-[0.8125rem] leading-[1.125rem]"
    >
      <span aria-hidden className={clsx('absolute inset-y-0 left-0 w-1', toneBar[tone])} />
      <div className="flex items-center gap-1.5">
        <span className="min-w-0 flex-1 truncate font-medium text-ink">{partyText(call.from)}</span>
        <span className={clsx('shrink-0 text-xs font-medium', toneInk[tone])}>
          <Timer since={callSince(call)} />
        </span>
      </div>
      <div className="flex items-center gap-1.5 text-ink-2">
        <MoveRight aria-label="to" role="img" className="size-3.5 shrink-0" />
        <PartyLink party={call.to} />
        <MoreButton label={partyText(call.from)} className="ml-auto" />
      </div>
      <div className={clsx('mt-px flex items-center gap-1 text-xs', toneInk[tone])}>
        <StateMark tone={tone} className="size-3 shrink-0" />
        <span className="shrink-0">{words[call.state]}</span>
        <span className="min-w-0 truncate text-ink-2">{via(call)}</span>
      </div>
    </li>
  );
});

function via(call: CallRecord): string {
  const parts = [
    call.from.name ? call.from.number : '',
    call.queue && call.queue !== call.to.number ? `queue ${call.queue}` : '',
    call.did ? `DID ${call.did}` : '',
  ];
  return parts
    .filter(Boolean)
    .map((part) => `· ${part}`)
    .join(' ');
}

/** A colleague's name leads to the tile. */
function PartyLink({ party }: { readonly party: Party }) {
  const extension = useRecord('extensions', party.number);
  if (!extension) return <span className="min-w-0 truncate">{partyText(party)}</span>;
  return (
    <button
      type="button"
      onClick={() => focusTile(party.number)}
      className="min-h-6 min-w-0 cursor-pointer truncate rounded text-left hover:text-ink hover:underline"
    >
      {partyText(party)} <span className="tabular-nums text-ink-3">{party.number}</span>
    </button>
  );
}
