'use client';

import { useCallback, useEffect, useState } from 'react';
import type { z } from 'zod';
import { goSignIn } from '../account/session-gate';
import { type CallFailure, call } from '../auth/api';

export interface Resource<T> {
  /** Null until it has been read. */
  readonly value: T | null;
  readonly failure: CallFailure | null;
  readonly set: (value: T) => void;
  readonly reload: () => Promise<T | null>;
}

/** Something of the API, read when the page opens. `answer` must be the same object at every render. */
export function useResource<T>(answer: z.ZodType<T>, path: string): Resource<T> {
  const [value, set] = useState<T | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const load = useCallback(
    async (signal?: AbortSignal) => {
      const outcome = await call(answer, path, signal ? { signal } : {});
      if (signal?.aborted) return null;
      if (!outcome.ok && outcome.error === 'unauthenticated') goSignIn();
      setFailure(outcome.ok ? null : outcome);
      if (outcome.ok) set(outcome.value);
      return outcome.ok ? outcome.value : null;
    },
    [answer, path],
  );
  useEffect(() => {
    const leave = new AbortController();
    void load(leave.signal);
    return () => leave.abort();
  }, [load]);
  const reload = useCallback(() => load(), [load]);
  return { value, failure, set, reload };
}
