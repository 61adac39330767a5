'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { useMirror } from '../live/hooks';
import type { Mirror } from '../live/mirror';
import { view } from '../shell/view';
import type { MyCall } from './my-call';
import { currentCall, myCallsOf } from './my-calls';

interface Kept {
  /** What the list was made from. */
  readonly from: readonly unknown[];
  readonly calls: readonly MyCall[];
}

const kept = new WeakMap<Mirror, Kept>();
const none: readonly MyCall[] = [];

/** My calls as they are now; entries and the list keep their identity while they are the same. */
export function myCallsNow(mirror: Mirror): readonly MyCall[] {
  const { me, records, topics } = mirror;
  const number = me?.extension ?? null;
  const own = number === null ? undefined : records.get('extensions', number);
  const from = [number, me?.username, own, ...watched.map((topic) => topics.version(topic))];
  const before = kept.get(mirror);
  if (before && before.from.length === from.length && before.from.every((value, i) => Object.is(value, from[i]))) {
    return before.calls;
  }
  const calls = keepSame(before?.calls ?? none, myCallsOf(records, number, me?.username ?? null));
  kept.set(mirror, { from, calls });
  return calls;
}

const watched = ['transfers', 'parking', 'calls'] as const;

/** The new list with the old objects where they say the same. */
export function keepSame(old: readonly MyCall[], fresh: readonly MyCall[]): readonly MyCall[] {
  const known = new Map(old.map((call) => [call.id, call]));
  const merged = fresh.map((call) => {
    const was = known.get(call.id);
    return was && JSON.stringify(was) === JSON.stringify(call) ? was : call;
  });
  return merged.length === old.length && merged.every((call, i) => call === old[i]) ? old : merged;
}

export function useMyCalls(): readonly MyCall[] {
  const mirror = useMirror();
  const subscribe = useCallback((listener: () => void) => subscribeMyCalls(mirror, listener), [mirror]);
  const snapshot = () => myCallsNow(mirror);
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}

/** Calls back whenever my calls may have changed. */
export function subscribeMyCalls(mirror: Mirror, listener: () => void): () => void {
  let number: string | null = null;
  let leaveOwn: (() => void) | null = null;
  const watchOwn = () => {
    const now = mirror.me?.extension ?? null;
    if (now === number) return;
    leaveOwn?.();
    number = now;
    leaveOwn = now === null ? null : mirror.subscribe('extensions', now, listener);
  };
  watchOwn();
  const onMe = () => {
    watchOwn();
    listener();
  };
  const leave = [
    ...watched.map((domain) => mirror.subscribeDomain(domain, listener)),
    mirror.topics.subscribe('me', onMe),
    mirror.topics.subscribe('connection', onMe),
  ];
  return () => {
    for (const one of leave) one();
    leaveOwn?.();
  };
}

/** The call that keys act on (`view.call`, else the ringing one, else the talking one); null: none. */
export function currentCallNow(mirror: Mirror): MyCall | null {
  return currentCall(myCallsNow(mirror), view.get().call);
}
