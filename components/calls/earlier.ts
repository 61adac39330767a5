'use client';

import { useEffect } from 'react';
import type { LoggedCall } from '@/server/protocol/call-log';
import { useMe } from '../live/hooks';
import { createStore, useStore } from '../ui/store';

/** What is known of a number's calls that are over, newest first. */
export interface EarlierCalls {
  readonly rows: readonly LoggedCall[];
  /** There are more than these. */
  readonly more: boolean;
}

type Reader = (number: string) => Promise<EarlierCalls | null>;

/** Enough for the count and the last colleague on a card. */
export const shownOnCard = 3;

const freshMs = 60_000;

const store = createStore<{ readonly known: ReadonlyMap<string, EarlierCalls | null> }>({ known: new Map() });
const askedAt = new Map<string, number>();

// Loaded when the first caller is looked up: the schemas it needs are not the panel's.
let reader: Reader = async (number) => (await import('./read-earlier')).readEarlier(number, shownOnCard);

/** Where they come from instead, on a pretended server. */
export function readEarlierWith(other: Reader): void {
  reader = other;
}

/** Only a whole number can be looked up, not one that is hidden from this user. */
function canBeAsked(number: string): boolean {
  return /^\+?[0-9*#]{2,40}$/.test(number);
}

async function ask(number: string, now: number): Promise<void> {
  askedAt.set(number, now);
  const found = await reader(number);
  store.set({ known: new Map([...store.get().known, [number, found]]) });
}

/** The earlier calls of a number; null: not known, or not for this user. Asked once per caller and minute. */
export function useEarlierCalls(number: string): EarlierCalls | null {
  const me = useMe();
  const may = (me?.permissions.includes('callhistory') ?? false) && canBeAsked(number);
  useEffect(() => {
    if (!may) return;
    const now = Date.now();
    if (now - (askedAt.get(number) ?? Number.NEGATIVE_INFINITY) > freshMs) void ask(number, now);
  }, [may, number]);
  return useStore(store, ({ known }) => (may ? (known.get(number) ?? null) : null));
}

/** `3 earlier calls, last with Erik Berg`; null: there were none. `nameOf`: a colleague by extension. */
export function earlierWords(earlier: EarlierCalls, nameOf: (number: string) => string): string | null {
  const { rows, more } = earlier;
  if (rows.length === 0) return null;
  const count = `${rows.length}${more ? '+' : ''} earlier ${rows.length === 1 && !more ? 'call' : 'calls'}`;
  const last = rows.find((row) => row.extensions.length > 0)?.extensions.at(-1);
  return last === undefined ? count : `${count}, last with ${nameOf(last)}`;
}
