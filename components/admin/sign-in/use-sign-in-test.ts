'use client';

import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { type SignInTest, signInTest } from '@/server/protocol/sign-in';
import { type CallFailure, call } from '../../auth/api';
import { problemInWords, sentence } from '../words';

interface SignInTestState {
  readonly busy: boolean;
  /** Of what the form holds now; null: not tried. */
  readonly result: SignInTest | null;
  readonly failure: CallFailure | null;
}

const untried: SignInTestState = { busy: false, result: null, failure: null };

/** Tries what the form holds. A result is forgotten as soon as `values` are others than it was got with. */
export function useSignInTest(path: 'test-oidc' | 'test-ldap', schema: z.ZodType, values: unknown) {
  const [state, setState] = useState(untried);
  const turn = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other values make the result void.
  useEffect(() => {
    turn.current += 1;
    setState(untried);
  }, [values]);
  const run = (body: unknown) => {
    turn.current += 1;
    const mine = turn.current;
    const checked = schema.safeParse(body, { error: problemInWords });
    if (!checked.success) {
      const issue = checked.error.issues[0];
      const where = issue?.path.slice(1).join(' ') ?? '';
      const message = sentence(`${where === '' ? '' : `${where}: `}${issue?.message ?? 'something is not right yet'}`);
      setState({ ...untried, failure: { ok: false, error: 'invalid', message } });
      return;
    }
    setState({ ...untried, busy: true });
    void call(signInTest, `admin/sign-in/${path}`, { method: 'POST', body: checked.data }).then((outcome) => {
      if (mine !== turn.current) return;
      setState(outcome.ok ? { ...untried, result: outcome.value } : { ...untried, failure: outcome });
    });
  };
  return { ...state, run };
}
