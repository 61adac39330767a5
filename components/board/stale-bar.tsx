'use client';

import { TriangleAlert } from 'lucide-react';
import { useCallback } from 'react';
import { agoText, momentText } from '../live/clock-text';
import { useWallNow } from '../live/hooks';
import type { Staleness } from '../live/staleness';

/** From across the room: what is below is not the present. */
export function StaleBar({ stale }: { readonly stale: Staleness }) {
  const { since, cause } = stale;
  const words = useWallNow(
    useCallback((now: number) => `since ${momentText(since, now)} (${agoText(since, now)} ago)`, [since]),
  );
  return (
    <p
      role="alert"
      className="board-warning mb-3 flex shrink-0 items-center gap-4 rounded-2xl px-6 py-3 text-[2.25rem] font-bold"
    >
      <TriangleAlert aria-hidden className="size-12 shrink-0" />
      <span className="min-w-0">
        NOT LIVE: {cause === 'pbx' ? 'no connection to the PBX' : 'no connection to the panel'} {words}
      </span>
    </p>
  );
}
