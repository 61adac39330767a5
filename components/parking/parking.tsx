'use client';

import { memo, useCallback } from 'react';
import type { ParkingSlot } from '@/server/protocol/records';
import { callHandle } from '../drag/call-source';
import { dropHandle } from '../drag/drop-target';
import { partyText } from '../extensions/status';
import { clockText } from '../live/clock-text';
import { useKeys, useRecord, useServerNow } from '../live/hooks';
import { shownPlaces } from '../live/shown-places';
import { Timer } from '../live/timer';
import { MoreButton } from '../menus/more-button';
import { ColourDot } from '../presence/colour-dot';
import { None } from '../ui/none';
import { Section } from '../ui/section';

const parked = (records: ReadonlyMap<string, { slots: readonly unknown[] }>) =>
  [...records.values()].reduce((sum, lot) => sum + lot.slots.length, 0);

export function Parking() {
  const keys = useKeys('parking', shownPlaces);
  const count = useKeys('parking', parked, 'any');
  return (
    <Section title="Parking" count={count} remember="parking">
      {keys.length === 0 ? <None>No parking lot to show</None> : null}
      <div className="flex flex-col gap-1.5">
        {keys.map((lot) => (
          <Lot key={lot} lot={lot} several={keys.length > 1} />
        ))}
      </div>
    </Section>
  );
}

const Lot = memo(function Lot({ lot, several }: { readonly lot: string; readonly several: boolean }) {
  const record = useRecord('parking', lot);
  if (!record) return null;
  const range = record.spaces ? `${record.spaces.first}–${record.spaces.last}` : '';
  return (
    <div {...dropHandle({ kind: 'lot', lot })} className="rounded-md border border-line bg-surface py-1">
      <p className="flex min-h-6 items-center gap-1.5 px-2 text-xs text-ink-2">
        <ColourDot colour={record.colour} />
        {several || record.label !== lot ? <span className="font-semibold text-ink">{record.label}</span> : null}
        <span className="tabular-nums">{range ? `Spaces ${range}` : 'Lot'}</span>
        {record.slots.length === 0 ? <span className="ml-auto">empty</span> : null}
      </p>
      <ul>
        {record.slots.map((slot) => (
          <Slot key={slot.uniqueid} lot={lot} slot={slot} />
        ))}
      </ul>
    </div>
  );
});

/** `PJSIP/102` is the phone of 102 on most PBXs. */
function numberOf(parkedBy: string): string {
  return parkedBy.replace(/^[^/]*\//, '');
}

function Slot({ lot, slot }: { readonly lot: string; readonly slot: ParkingSlot }) {
  const by = useRecord('extensions', numberOf(slot.parkedBy));
  return (
    <li
      {...callHandle({ kind: 'parked', lot, uniqueid: slot.uniqueid })}
      className="px-2 py-0.5 text-xs leading-4 hover:bg-hover"
    >
      <div className="flex items-center gap-1.5">
        <span className="shrink-0 font-semibold tabular-nums text-ink">{slot.space}</span>
        <span className="min-w-0 flex-1 truncate text-ink">{partyText(slot)}</span>
        <Timer since={slot.parkedSince} className="shrink-0 font-medium text-hold-ink" />
        <MoreButton label={partyText(slot)} />
      </div>
      <div className="flex items-center gap-1.5 text-ink-2">
        <span className="min-w-0 flex-1 truncate">by {by?.name || numberOf(slot.parkedBy) || 'unknown'}</span>
        {slot.timeout > 0 ? <Left slot={slot} /> : null}
      </div>
    </li>
  );
}

/** How soon the call comes back. */
function Left({ slot }: { readonly slot: ParkingSlot }) {
  const end = Date.parse(slot.parkedSince) + slot.timeout * 1_000;
  const text = useServerNow(useCallback((now: number) => clockText(now, end), [end]));
  return <span className="shrink-0 tabular-nums text-ink-2">back in {text}</span>;
}
