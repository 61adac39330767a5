'use client';

import { useEffect, useRef, useState } from 'react';
import { type DfksTestResult, dfksTestResult } from '@/server/protocol/availability';
import { type CallFailure, call } from '../../auth/api';

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
    setState({ ...untried, busy: true });
    const body = { url: url.trim(), domain: domain.trim() };
    void call(dfksTestResult, 'admin/availability/test-dfks', { method: 'POST', body }).then((outcome) => {
      if (mine !== turn.current) return;
      setState(outcome.ok ? { ...untried, result: outcome.value } : { ...untried, failure: outcome });
    });
  };
  return { ...state, run };
}
