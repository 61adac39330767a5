'use client';

import { useEffect } from 'react';
import { useClock, useMirror } from '../live/hooks';
import type { Mirror } from '../live/mirror';
import { createStore, type Store, useStore } from '../ui/store';
import { type EndedCall, endedAfter, stillEnded } from './ended';
import { myCallsNow, subscribeMyCalls } from './use-my-calls';

interface Ended {
  readonly calls: readonly EndedCall[];
  readonly dismiss: (callId: string) => void;
}

type EndedStore = Store<{ readonly calls: readonly EndedCall[] }>;

// A store beside React: the ended call is there in the same rendering in which its card goes, and who is writing writes on.
const stores = new WeakMap<Mirror, EndedStore>();

function storeOf(mirror: Mirror): EndedStore {
  const store = stores.get(mirror) ?? createStore<{ readonly calls: readonly EndedCall[] }>({ calls: [] });
  stores.set(mirror, store);
  return store;
}

function isPresent({ connection, records }: Mirror): boolean {
  return connection === 'live' && records.map('pbx').values().next().value?.link === 'up';
}

/** The calls of mine that this window saw end a moment ago. */
export function useEnded(): Ended {
  const mirror = useMirror();
  const { now, ticker } = useClock();
  const store = storeOf(mirror);
  const calls = useStore(store, (value) => value.calls);
  useEffect(() => {
    let before = myCallsNow(mirror);
    const look = () => {
      // A server that starts anew knows of no call until it has read the PBX.
      if (!isPresent(mirror)) return;
      const after = myCallsNow(mirror);
      if (before === after) return;
      store.set({ calls: endedAfter(store.get().calls, before, after, now()) });
      before = after;
    };
    const leave = [subscribeMyCalls(mirror, look), mirror.subscribeDomain('pbx', look)];
    return () => {
      for (const one of leave) one();
    };
  }, [mirror, store, now]);
  const some = calls.length > 0;
  useEffect(() => {
    if (!some) return;
    return ticker.subscribe(() => {
      // Who is writing is not interrupted.
      if (document.activeElement?.closest('[data-ended]')) return;
      store.set({ calls: stillEnded(store.get().calls, now()) });
    });
  }, [some, store, ticker, now]);
  return {
    calls,
    dismiss: (callId) => store.set({ calls: store.get().calls.filter((one) => one.callId !== callId) }),
  };
}
