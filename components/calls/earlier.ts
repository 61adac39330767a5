'use client';

import { useEffect } from 'react';
import type { LoggedCall } from '@/server/protocol/call-log';
import { useMe } from '../live/hooks';
import { createStore, useStore } from '../ui/store';
import { callLog } from './call-log';

/** What is known of a number's calls that are over, newest first. */
export interface EarlierCalls {
  readonly rows: readonly LoggedCall[];
  /** There are more than these. */
  readonly more: boolean;
}

/** Enough for the count and the last colleague on a card. */
const shownOnCard = 3;

const store = createStore<{ readonly known: ReadonlyMap<string, EarlierCalls | null> }>({ known: new Map() });
/** By number, the call for which it was looked up last. */
const askedFor = new Map<string, string>();

/** Only a whole number can be looked up, not one that is hidden from this user. */
function canBeAsked(number: string): boolean {
  return /^\+?[0-9*#]{2,40}$/.test(number);
}

async function ask(number: string): Promise<void> {
  const outcome = await (await callLog()).calls({ number, limit: shownOnCard });
  // The next card of this number asks again.
  if (!outcome.ok) askedFor.delete(number);
  const found = outcome.ok ? { rows: outcome.value.rows, more: outcome.value.next !== null } : null;
  store.set({ known: new Map([...store.get().known, [number, found]]) });
}

/**
 * The earlier calls of a number; null: not known, or not for this user. Looked up once for each call.
 *
 * @param call - the call's id, or the leg's: another one is looked up anew.
 */
export function useEarlierCalls(number: string, call: string): EarlierCalls | null {
  const me = useMe();
  const may = (me?.permissions.includes('callhistory') ?? false) && canBeAsked(number);
  useEffect(() => {
    if (!may || askedFor.get(number) === call) return;
    askedFor.set(number, call);
    void ask(number);
  }, [may, number, call]);
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
