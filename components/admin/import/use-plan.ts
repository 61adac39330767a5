'use client';

import { useCallback, useEffect, useState } from 'react';
import { type ImportChoices, type ImportPlan, importPlan } from '@/server/protocol/fop2-import';
import { goSignIn } from '../../account/session-gate';
import { type CallFailure, call } from '../../auth/api';
import type { GivenFile } from './given-files';

export interface PlanState {
  /** Of the files and choices before, while `busy`. */
  readonly plan: ImportPlan | null;
  readonly busy: boolean;
  readonly failure: CallFailure | null;
  readonly again: () => void;
}

/** What these files would do, asked anew whenever they or the choices change. */
export function usePlan(files: readonly GivenFile[], choices: ImportChoices): PlanState {
  const [plan, setPlan] = useState<ImportPlan | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn asks anew
  useEffect(() => {
    if (files.length === 0) {
      setPlan(null);
      setFailure(null);
      setBusy(false);
      return;
    }
    const leave = new AbortController();
    setBusy(true);
    void call(importPlan, 'admin/import/fop2/plan', {
      method: 'POST',
      body: { files: files.map(({ name, content }) => ({ name, content })), choices },
      signal: leave.signal,
    }).then((outcome) => {
      if (leave.signal.aborted) return;
      setBusy(false);
      setFailure(outcome.ok ? null : outcome);
      setPlan(outcome.ok ? outcome.value : null);
      if (!outcome.ok && outcome.error === 'unauthenticated') goSignIn();
    });
    return () => leave.abort();
  }, [files, choices, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return { plan, busy, failure, again };
}
