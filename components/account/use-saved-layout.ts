'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { type Layout, type SavedLayout, savedLayout } from '@/server/protocol/layout';
import { type CallFailure, call } from '../auth/api';

const saved = z.object({ ok: z.literal(true), version: z.number().int() });
const conflict = z.object({ current: savedLayout });
const tries = 3;

/** What shall be different; as a function where it depends on what is newest. */
export type LayoutChange = Partial<Layout> | ((layout: Layout) => Partial<Layout>);

interface KeptLayout {
  /** Null until it has been read. */
  readonly layout: Layout | null;
  readonly failure: CallFailure | null;
  /** Shown at once, saved over whatever is newest; taken back when that fails. */
  readonly change: (change: LayoutChange) => void;
}

/** One's own layout over REST, for pages without the live feed. */
export function useSavedLayout(): KeptLayout {
  const [shown, setShown] = useState<Layout | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const known = useRef<SavedLayout | null>(null);
  const queue = useRef(Promise.resolve());
  useEffect(() => {
    const leave = new AbortController();
    void call(savedLayout, 'me/layout', { signal: leave.signal }).then((outcome) => {
      if (leave.signal.aborted) return;
      if (!outcome.ok) return setFailure(outcome);
      known.current = outcome.value;
      setShown(outcome.value.layout);
    });
    return () => leave.abort();
  }, []);
  const change = useCallback((part: LayoutChange) => {
    setShown((old) => old && changed(old, part));
    // One after the other: each is saved over the version that the one before made.
    queue.current = queue.current.then(async () => {
      if (!known.current) return;
      const outcome = await save(known.current, part);
      setFailure(outcome.failure);
      known.current = outcome.known;
      if (outcome.failure) setShown(outcome.known.layout);
    });
  }, []);
  return { layout: shown, failure, change };
}

interface Saved {
  readonly known: SavedLayout;
  readonly failure: CallFailure | null;
}

function changed(layout: Layout, part: LayoutChange): Layout {
  return { ...layout, ...(typeof part === 'function' ? part(layout) : part) };
}

async function save(from: SavedLayout, part: LayoutChange): Promise<Saved> {
  let known = from;
  for (let turn = 1; ; turn += 1) {
    const body: SavedLayout = { version: known.version, layout: changed(known.layout, part) };
    const outcome = await call(saved, 'me/layout', { method: 'PUT', body });
    if (outcome.ok) return { known: { version: outcome.value.version, layout: body.layout }, failure: null };
    const newest = conflict.safeParse(outcome.body);
    if (!newest.success || turn === tries) return { known, failure: outcome };
    known = newest.data.current;
  }
}
