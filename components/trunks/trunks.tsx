'use client';

import clsx from 'clsx';
import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import { memo, useState } from 'react';
import type { TrunkState } from '@/server/protocol/records';
import { DirectionArrow } from '../extensions/marks';
import { partyText } from '../extensions/status';
import { useKeys, useRecord } from '../live/hooks';
import { shownPlaces } from '../live/shown-places';
import { Timer } from '../live/timer';
import { menuHandle } from '../menus/menu-state';
import { MoreButton } from '../menus/more-button';
import { ColourDot } from '../presence/colour-dot';
import { None } from '../ui/none';
import { Section } from '../ui/section';

export function Trunks() {
  const keys = useKeys('trunks', shownPlaces);
  return (
    <Section title="Trunks" count={keys.length} remember="trunks">
      {keys.length === 0 ? <None>No trunks found</None> : null}
      <div className="flex flex-col gap-1.5">
        {keys.map((name) => (
          <Trunk key={name} name={name} />
        ))}
      </div>
    </Section>
  );
}

const words: Record<TrunkState, string> = {
  registered: 'Registered',
  reachable: 'Reachable',
  unreachable: 'Unreachable',
  rejected: 'Rejected',
  unregistered: 'Not registered',
  unknown: 'Unknown',
};

function icon(state: TrunkState) {
  if (state === 'registered' || state === 'reachable') return { Icon: CircleCheck, tone: 'text-free-ink' };
  if (state === 'unknown') return { Icon: CircleHelp, tone: 'text-offline-ink' };
  return { Icon: CircleAlert, tone: 'text-dnd-ink' };
}

const Trunk = memo(function Trunk({ name }: { readonly name: string }) {
  const trunk = useRecord('trunks', name);
  const [open, setOpen] = useState(false);
  if (!trunk) return null;
  const { Icon, tone } = icon(trunk.state);
  const calls = trunk.channels.length;
  return (
    <div className="rounded-md border border-line bg-surface">
      <button
        type="button"
        aria-expanded={open}
        disabled={calls === 0}
        onClick={() => setOpen(!open)}
        className="flex min-h-8 w-full enabled:cursor-pointer items-center gap-1.5 px-2 text-left text-xs"
      >
        <Icon aria-hidden className={clsx('size-3.5 shrink-0', tone)} />
        <ColourDot colour={trunk.colour} />
        <span className="min-w-0 flex-1 truncate text-[0.8125rem] font-medium text-ink">
          {trunk.label === trunk.name ? trunk.name.replace(/^[^/]*\//, '') : trunk.label}
        </span>
        <span className={clsx('shrink-0', tone)}>{words[trunk.state]}</span>
        <span className="shrink-0 tabular-nums text-ink-2">{calls === 1 ? '1 call' : `${calls} calls`}</span>
      </button>
      {open && calls > 0 ? (
        <ul className="border-t border-line py-1">
          {trunk.channels.map((channel) => (
            <li
              key={channel.uniqueid}
              {...menuHandle({ kind: 'trunk', trunk: name, uniqueid: channel.uniqueid })}
              className="flex min-h-6 items-center gap-1.5 px-2 text-xs text-ink-2 hover:bg-hover"
            >
              <DirectionArrow direction={channel.direction} />
              <span className="min-w-0 flex-1 truncate text-ink">{partyText(channel.party)}</span>
              <Timer since={channel.answeredAt ?? channel.startedAt} className="shrink-0" />
              <MoreButton label={partyText(channel.party)} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
});
