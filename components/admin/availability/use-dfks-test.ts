'use client';

import { useEffect, useRef, useState } from 'react';
import { type DfksTestResult, dfksTestBody, dfksTestResult } from '@/server/protocol/availability';
import { type CallFailure, call } from '../../auth/api';
import { sentence } from '../words';

interface DfksTest {
  readonly busy: boolean;
  readonly result: DfksTestResult | null;
  readonly failure: CallFailure | null;
  readonly run: () => void;
}

const untried = { busy: false, result: null, failure: null } as const;

/** Asks the OpenSIPS of the form. A result is forgotten as soon as the form says something else. */
export function useDfksTest(url: string, domain: string): DfksTest {
  const [state, setState] = useState<Omit<DfksTest, 'run'>>(untried);
  const turn = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address makes the result void.
  useEffect(() => {
    turn.current += 1;
    setState(untried);
  }, [url, domain]);
  const run = () => {
    turn.current += 1;
    const mine = turn.current;
    const checked = dfksTestBody.safeParse({ url, domain });
    if (!checked.success) {
      const message = sentence(checked.error.issues[0]?.message ?? '');
      setState({ ...untried, failure: { ok: false, error: 'invalid', message } });
      return;
    }
    setState({ ...untried, busy: true });
    const options = { method: 'POST', body: checked.data } as const;
    void call(dfksTestResult, 'admin/availability/test-dfks', options).then((outcome) => {
      if (mine !== turn.current) return;
      setState(outcome.ok ? { ...untried, result: outcome.value } : { ...untried, failure: outcome });
    });
  };
  return { ...state, run };
}
