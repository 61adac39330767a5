'use client';

import { createContext, useCallback, useContext, useRef, useSyncExternalStore } from 'react';
import type { Domain } from '@/server/protocol/domains';
import type { Layout } from '@/server/protocol/layout';
import type { FeatureKey, PbxRecord, PresenceChoice } from '@/server/protocol/records';
import type { Me } from '@/server/protocol/session';
import type { RecordOf } from '@/server/protocol/state';
import type { Connection, Mirror } from './mirror';
import { presenceStatesOf } from './presence-choice';
import { type Staleness, stalenessOf } from './staleness';
import type { Ticker } from './ticker';

export interface Live {
  readonly mirror: Mirror;
  readonly ticker: Ticker;
  /** The moment that is shown, epoch ms of the server: now, or when the state was last true. */
  readonly now: () => number;
}

export const LiveContext = createContext<Live | null>(null);

/** The mirror with its clock and ticker, for what lives beside React. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('this needs a <LiveProvider> above it');
  return live;
}

export function useMirror(): Mirror {
  return useLive().mirror;
}

function useTopic<T>(topic: string, read: (mirror: Mirror) => T): T {
  const { mirror } = useLive();
  const subscribe = useCallback((listener: () => void) => mirror.topics.subscribe(topic, listener), [mirror, topic]);
  const snapshot = () => read(mirror);
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}

/** One record; renders again only when it changes. */
export function useRecord<D extends Domain>(domain: D, key: string): RecordOf<D> | undefined {
  return useTopic(`${domain}/${key}`, (mirror) => mirror.get(domain, key));
}

/**
 * Something computed from all records of a domain. `on: 'keys'` (usual) runs it when records come, go or are regrouped;
 * `'any'` at every change. `select` should be stable; equal lists keep their identity.
 */
export function useKeys<D extends Domain, T>(
  domain: D,
  select: (records: ReadonlyMap<string, RecordOf<D>>) => T,
  on: 'keys' | 'any' = 'keys',
): T {
  const { mirror } = useLive();
  const cache = useRef<{ select: unknown; version: number; value: T } | null>(null);
  const topic = on === 'keys' ? `${domain}#` : domain;
  const subscribe = useCallback((listener: () => void) => mirror.topics.subscribe(topic, listener), [mirror, topic]);
  const snapshot = () => {
    const known = cache.current;
    const version = mirror.topics.version(topic);
    if (known && known.select === select && known.version === version) return known.value;
    const value = select(mirror.records.map(domain));
    const kept = known && sameList(known.value, value) ? known.value : value;
    cache.current = { select, version, value: kept };
    return kept;
  };
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}

function sameList(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((item, i) => Object.is(item, b[i]));
}

/** The PBX's link and functions; undefined before the first snapshot. */
export function usePbx(): PbxRecord | undefined {
  return useTopic('pbx', (mirror) => mirror.records.map('pbx').values().next().value);
}

export function useMe(): Me | null {
  return useTopic('me', (mirror) => mirror.me);
}

export function useLayout(): Layout {
  return useTopic('layout', (mirror) => mirror.layouts.layout);
}

export function useConnection(): Connection {
  return useTopic('connection', (mirror) => mirror.connection);
}

/** True once a first snapshot is there. */
export function useLoaded(): boolean {
  return useTopic('connection', (mirror) => mirror.loaded);
}

/** True while a change of the extension's feature waits for the server. */
export function usePending(extension: string, feature: FeatureKey): boolean {
  return useTopic(`extensions/${extension}`, (mirror) => mirror.overlay.isPending(extension, feature));
}

/** The administrator's presence states; the same list as long as they are the same. */
export function usePresenceStates(): readonly PresenceChoice[] {
  return useTopic('pbx', presenceStatesOf);
}

/** Null while what is shown is live; else since when it is not, and why. */
export function useStaleness(): Staleness | null {
  usePbx();
  useConnection();
  return stalenessOf(useMirror());
}

/**
 * Server time in whole seconds passed on by `read`; renders again only when what `read` makes of it changes. While the
 * state is stale, time stands at the moment it was last true.
 */
export function useServerNow<T extends string | number | boolean | null>(read: (now: number) => T): T {
  const { now, ticker } = useLive();
  // Not subscribed to the link: a clock hears of it at the next tick.
  const snapshot = () => read(now());
  return useSyncExternalStore(ticker.subscribe, snapshot, snapshot);
}

/** For what keeps time without rendering: the server's time (standing still while the state is stale), and its seconds. */
export function useClock(): { readonly now: () => number; readonly ticker: Ticker } {
  const { now, ticker } = useLive();
  return { now, ticker };
}

/** As useServerNow, but never standing still: for "lost 12 s ago". */
export function useWallNow<T extends string | number | boolean | null>(read: (now: number) => T): T {
  const { mirror, ticker } = useLive();
  const snapshot = () => read(mirror.clock.read());
  return useSyncExternalStore(ticker.subscribe, snapshot, snapshot);
}
