'use client';

import { type FormEvent, useRef, useState } from 'react';
import { signInAnswer } from '@/server/protocol/session';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { TextField } from '../ui/text-field';
import { type CallFailure, call } from './api';
import type { GoOn } from './go-on';
import { useCountdown } from './use-countdown';

interface CodeStepProps {
  readonly ticket: string;
  readonly goOn: GoOn;
  /** Back to user name and password. */
  readonly again: (why: string | null) => void;
}

/** The code of the authenticator app, or a recovery code, after the password. */
export function CodeStep({ ticket, goOn, again }: CodeStepProps) {
  const [code, setCode] = useState('');
  const [recovery, setRecovery] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [busy, setBusy] = useState(false);
  const { left, start } = useCountdown();
  const field = useRef<HTMLInputElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || left > 0) return;
    const typed = code.trim();
    if (!typed) return setFailure({ ok: false, error: 'invalid', message: 'Enter the code.' });
    setBusy(true);
    const outcome = await call(signInAnswer, 'login/code', { method: 'POST', body: { ticket, code: typed } });
    if (outcome.ok) return goOn(outcome.value);
    if (outcome.error === 'notFound') return again(outcome.message);
    setBusy(false);
    setFailure(outcome);
    if (outcome.retryAfter) start(outcome.retryAfter);
    field.current?.focus();
    field.current?.select();
  };
  const other = () => {
    setRecovery(!recovery);
    setCode('');
    setFailure(null);
    field.current?.focus();
  };
  const wrong = failure?.error === 'unauthenticated' || failure?.error === 'invalid';
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3.5" noValidate>
      <p className="text-sm leading-relaxed text-ink-2">
        {recovery
          ? 'Enter one of the recovery codes that you kept. Each works once.'
          : 'Enter the six digits that your authenticator app shows for this panel.'}
      </p>
      <TextField
        ref={field}
        label={recovery ? 'Recovery code' : 'Code'}
        name="code"
        value={code}
        onChange={(event) => setCode(event.target.value)}
        error={wrong ? failure.message : undefined}
        inputMode={recovery ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        autoFocus
        required
        placeholder={recovery ? 'XXXX-XXXX-XXXX-XXXX' : '123 456'}
      />
      <Button type="submit" tone="primary" busy={busy} disabled={left > 0}>
        {busy ? 'Signing in…' : left > 0 ? `Wait ${left} s` : 'Sign in'}
      </Button>
      <div role="alert" className="empty:hidden">
        {failure && !wrong ? <Callout tone="warn">{failure.message}</Callout> : null}
      </div>
      <div className="flex flex-wrap justify-between gap-2 text-sm">
        <button type="button" onClick={other} className={linkLike}>
          {recovery ? 'Use the authenticator app' : 'No phone at hand? Use a recovery code'}
        </button>
        <button type="button" onClick={() => again(null)} className={linkLike}>
          Back
        </button>
      </div>
    </form>
  );
}

const linkLike = 'cursor-pointer rounded font-medium text-accent underline underline-offset-2';
