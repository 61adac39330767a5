'use client';

import { CircleDot, Crown, Lock, MicOff, Volume2 } from 'lucide-react';
import { memo } from 'react';
import type { Participant } from '@/server/protocol/records';
import { callHandle } from '../drag/call-source';
import { dropHandle } from '../drag/drop-target';
import { partyText } from '../extensions/status';
import { useKeys, useRecord } from '../live/hooks';
import { shownPlaces } from '../live/shown-places';
import { Timer } from '../live/timer';
import { menuHandle } from '../menus/menu-state';
import { MoreButton } from '../menus/more-button';
import { ColourDot } from '../presence/colour-dot';
import { None } from '../ui/none';
import { Section } from '../ui/section';

export function Conferences() {
  const keys = useKeys('conferences', shownPlaces);
  return (
    <Section title="Conferences" count={keys.length} remember="conferences">
      {keys.length === 0 ? <None>No conference is going on</None> : null}
      <div className="flex flex-col gap-1.5">
        {keys.map((name) => (
          <Room key={name} name={name} />
        ))}
      </div>
    </Section>
  );
}

const Room = memo(function Room({ name }: { readonly name: string }) {
  const room = useRecord('conferences', name);
  if (!room) return null;
  return (
    <div
      {...dropHandle({ kind: 'conference', name })}
      {...menuHandle({ kind: 'conference', name })}
      className="rounded-md border border-line bg-surface py-1"
    >
      <p className="flex min-h-6 items-center gap-1.5 px-2 text-[0.8125rem] font-semibold text-ink">
        <ColourDot colour={room.colour} />
        <span className="min-w-0 truncate tabular-nums">{room.label}</span>
        {room.locked ? <Lock role="img" aria-label="locked" className="size-3.5 text-ink-2" /> : null}
        {room.recording ? <CircleDot role="img" aria-label="recording" className="size-3.5 text-dnd" /> : null}
        <span className="ml-auto text-xs font-normal tabular-nums text-ink-2">{room.participants.length} inside</span>
        <MoreButton label={`conference ${room.label}`} />
      </p>
      <ul>
        {room.participants.map((one) => (
          <Person key={one.uniqueid} conference={name} one={one} />
        ))}
      </ul>
    </div>
  );
});

function Person({ conference, one }: { readonly conference: string; readonly one: Participant }) {
  return (
    <li
      {...callHandle({ kind: 'participant', conference, uniqueid: one.uniqueid })}
      className="flex min-h-6 items-center gap-1.5 px-2 text-xs hover:bg-hover"
    >
      {one.muted ? (
        <MicOff role="img" aria-label="muted" className="size-3.5 shrink-0 text-ink-2" />
      ) : one.talking ? (
        <Volume2 role="img" aria-label="speaking" className="size-3.5 shrink-0 text-busy" />
      ) : (
        <span className="size-3.5 shrink-0" />
      )}
      <span className="min-w-0 flex-1 truncate text-ink">{partyText(one)}</span>
      {one.admin ? <Crown role="img" aria-label="leads" className="size-3 shrink-0 text-ink-3" /> : null}
      <Timer since={one.joinedAt} className="shrink-0 text-ink-2" />
      <MoreButton label={partyText(one)} />
    </li>
  );
}
