'use client';

import { useCallback, useEffect, useState } from 'react';
import { type Enrolment, enrolment as enrolmentSchema } from '@/server/protocol/account';
import { signOut } from '../account/sign-out';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Skeleton } from '../ui/skeleton';
import { type CallFailure, call } from './api';
import { EnrolSteps } from './enrol-steps';
import { enterPanel } from './go-on';

/** Before the panel opens: the second factor that the role asks for. */
export function EnrolDoor() {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const begin = useCallback(async (signal?: AbortSignal) => {
    const outcome = await call(enrolmentSchema, 'me/second-factor', {
      method: 'POST',
      body: {},
      ...(signal && { signal }),
    });
    if (signal?.aborted) return;
    setFailure(outcome.ok ? null : outcome);
    if (outcome.ok) setEnrolment(outcome.value);
    // Somebody was faster in another window: it is on.
    else if (outcome.error === 'conflict') enterPanel();
    else if (outcome.error === 'unauthenticated') location.replace('/login/');
  }, []);
  useEffect(() => {
    const leave = new AbortController();
    void begin(leave.signal);
    return () => leave.abort();
  }, [begin]);
  return (
    <div className="flex flex-col gap-4">
      <Callout>Your role asks for a second factor. It is set up once, now; then the panel opens.</Callout>
      {failure ? (
        <div role="alert">
          <Callout tone="danger">
            {failure.message}
            <div className="mt-2">
              <Button size="small" onClick={() => void begin()}>
                Try again
              </Button>
            </div>
          </Callout>
        </div>
      ) : null}
      {enrolment ? (
        <EnrolSteps enrolment={enrolment} username={usernameOf(enrolment)} onDone={enterPanel} />
      ) : failure ? null : (
        <Skeleton className="h-72" />
      )}
      <button
        type="button"
        onClick={() => void signOut()}
        className="cursor-pointer self-start rounded text-sm font-medium text-accent underline underline-offset-2"
      >
        Sign out instead
      </button>
    </div>
  );
}

/** The key belongs to `issuer:username`. */
function usernameOf({ uri }: Enrolment): string {
  const label = decodeURIComponent(/^otpauth:\/\/totp\/([^?]*)/.exec(uri)?.[1] ?? '');
  return label.split(':').at(-1) ?? '';
}
