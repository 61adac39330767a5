'use client';

import { useCallback, useEffect, useState } from 'react';
import type { z } from 'zod';
import { goSignIn } from '../account/session-gate';
import { type CallFailure, call } from '../auth/api';

export interface Polled<T> {
  /** What was read last; null until it was read once. */
  readonly value: T | null;
  /** Why the last try failed; null: it did not. */
  readonly failure: CallFailure | null;
  readonly refresh: () => void;
}

/**
 * Something of the API that changes by itself, read again every so often while the page is seen. `answer` must be the same
 * object at every render.
 */
export function usePolled<T>(answer: z.ZodType<T>, path: string, everyMs: number): Polled<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [asked, setAsked] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` asks once more
  useEffect(() => {
    const leave = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (): Promise<void> => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') {
        const outcome = await call(answer, path, { signal: leave.signal });
        if (leave.signal.aborted) return;
        if (!outcome.ok && outcome.error === 'unauthenticated') return goSignIn();
        setFailure(outcome.ok ? null : outcome);
        if (outcome.ok) setValue(outcome.value);
      }
      timer = setTimeout(() => void read(), everyMs);
    };
    const seen = (): void => {
      if (document.visibilityState === 'visible') void read();
    };
    document.addEventListener('visibilitychange', seen);
    void read();
    return () => {
      leave.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [answer, path, everyMs, asked]);
  const refresh = useCallback(() => setAsked((before) => before + 1), []);
  return { value, failure, refresh };
}
