'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { type FeatureChange, historyPage } from '@/server/protocol/availability';
import type { FeatureKey } from '@/server/protocol/records';
import { type CallFailure, call } from '../auth/api';

/** What to look for; ISO times, from (inclusive) to (exclusive). */
export interface HistoryFilter {
  readonly extension?: string;
  readonly feature?: FeatureKey;
  readonly from?: string;
  readonly to?: string;
}

export const pageSize = 100;

/** The query of a filter, without its `?`; the same filter gives the same text. */
export function queryOf({ extension, feature, from, to }: HistoryFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ extension, feature, from, to })) if (value) query.set(name, value);
  return query.toString();
}

/** Where the browser downloads all of it. */
export function csvAddress(query: string): string {
  return `/api/v1/history.csv${query && `?${query}`}`;
}

interface History {
  /** Newest first; null until the first page has been read. While another query is asked, what the former found. */
  readonly changes: readonly FeatureChange[] | null;
  readonly failure: CallFailure | null;
  readonly busy: boolean;
  /** There are older ones. */
  readonly more: boolean;
  readonly older: () => void;
  readonly refresh: () => void;
}

interface Read {
  readonly query: string;
  readonly changes: readonly FeatureChange[];
  readonly next: number | null;
}

/** The history by pages; another query begins anew, and answers to a former one are dropped. */
export function useHistory(query: string): History {
  const [read, setRead] = useState<Read | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [busy, setBusy] = useState(true);
  const leave = useRef<AbortController | null>(null);
  const load = useCallback(
    async (known: Read | null) => {
      leave.current?.abort();
      const controller = new AbortController();
      const { signal } = controller;
      leave.current = controller;
      setBusy(true);
      const page = new URLSearchParams(query);
      page.set('limit', String(pageSize));
      if (known?.next) page.set('before', String(known.next));
      const outcome = await call(historyPage, `history?${page}`, { signal });
      if (signal.aborted) return;
      setBusy(false);
      setFailure(outcome.ok ? null : outcome);
      if (!outcome.ok) {
        // What another query found is not what was asked for.
        if (!known) setRead(null);
        return;
      }
      const { rows, next } = outcome.value;
      setRead({ query, changes: [...(known?.changes ?? []), ...rows], next });
    },
    [query],
  );
  useEffect(() => {
    void load(null);
    return () => leave.current?.abort();
  }, [load]);
  return {
    changes: read?.changes ?? null,
    failure,
    busy,
    more: read?.query === query && read.next !== null,
    older: () => void load(read),
    refresh: () => void load(null),
  };
}
