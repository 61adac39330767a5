'use client';

import { useEffect, useState } from 'react';
import { useClock, useMirror } from '../live/hooks';
import { type EndedCall, endedAfter, stillEnded } from './ended';
import { myCallsNow, subscribeMyCalls } from './use-my-calls';

interface Ended {
  readonly calls: readonly EndedCall[];
  readonly dismiss: (callId: string) => void;
}

/** The calls of mine that this window saw end a moment ago. */
export function useEnded(): Ended {
  const mirror = useMirror();
  const { now, ticker } = useClock();
  const [calls, setCalls] = useState<readonly EndedCall[]>([]);
  useEffect(() => {
    let before = myCallsNow(mirror);
    return subscribeMyCalls(mirror, () => {
      const after = myCallsNow(mirror);
      const from = before;
      before = after;
      if (from !== after) setCalls((ended) => endedAfter(ended, from, after, now()));
    });
  }, [mirror, now]);
  const some = calls.length > 0;
  useEffect(() => {
    if (!some) return;
    return ticker.subscribe(() => {
      // Who is writing is not interrupted.
      if (document.activeElement?.closest('[data-ended]')) return;
      setCalls((ended) => stillEnded(ended, now()));
    });
  }, [some, ticker, now]);
  return { calls, dismiss: (callId) => setCalls((ended) => ended.filter((one) => one.callId !== callId)) };
}
