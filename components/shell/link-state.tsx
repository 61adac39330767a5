'use client';

import clsx from 'clsx';
import { useCallback } from 'react';
import { agoText } from '../live/clock-text';
import { useConnection, usePbx, useStaleness, useWallNow } from '../live/hooks';

/** Whether what is on the screen is the present, in the top bar. */
export function LinkState() {
  const connection = useConnection();
  const pbx = usePbx();
  const stale = useStaleness();
  const ago = useWallNow(useCallback((now: number) => (stale ? agoText(stale.since, now) : ''), [stale]));
  const live = connection === 'live' && pbx?.link === 'up';
  const word = live ? 'Live' : stale ? `Lost ${ago} ago` : pbx?.link === 'syncing' ? 'Reading…' : 'Connecting…';
  const version = pbx?.asteriskVersion ? `Asterisk ${pbx.asteriskVersion}` : '';
  return (
    <div
      className="flex shrink-0 items-center gap-2 text-xs text-ink-2"
      title={[pbx?.name, version].filter(Boolean).join(' · ')}
    >
      <span
        aria-hidden
        className={clsx(
          'size-2.5',
          live ? 'rounded-full bg-free' : stale ? 'rounded-xs bg-dnd' : 'rounded-full border-2 border-away',
        )}
      />
      <span className="max-w-40 truncate max-lg:hidden">{pbx?.name}</span>
      <span
        className={clsx('font-medium tabular-nums', live ? 'text-free-ink' : stale ? 'text-dnd-ink' : 'text-away-ink')}
      >
        {word}
      </span>
    </div>
  );
}
