'use client';

import { useEffect, useRef, useState } from 'react';
import { type PbxTestResult, pbxTestResult } from '@/server/protocol/admin';
import { type CallFailure, call } from '../../auth/api';

interface ConnectionTest {
  readonly busy: boolean;
  /** Of what the form holds now; null: not tried. */
  readonly result: PbxTestResult | null;
  readonly failure: CallFailure | null;
  readonly run: (body: unknown) => void;
}

/** Tries a connection. A result is forgotten as soon as `values` are others than it was got with. */
export function useConnectionTest(values: object): ConnectionTest {
  const [state, setState] = useState<Omit<ConnectionTest, 'run'>>({ busy: false, result: null, failure: null });
  const turn = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other values make the result void.
  useEffect(() => {
    turn.current += 1;
    setState({ busy: false, result: null, failure: null });
  }, [values]);
  const run = (body: unknown) => {
    turn.current += 1;
    const mine = turn.current;
    setState({ busy: true, result: null, failure: null });
    void call(pbxTestResult, 'admin/pbx/test', { method: 'POST', body }).then((outcome) => {
      if (mine !== turn.current) return;
      setState({
        busy: false,
        result: outcome.ok ? outcome.value : null,
        failure: outcome.ok ? null : outcome,
      });
    });
  };
  return { ...state, run };
}
