'use client';

import { type FormEvent, useRef, useState } from 'react';
import { signInAnswer } from '@/server/protocol/session';
import { Button } from '../ui/button';
import { TextField } from '../ui/text-field';
import { call } from './api';
import { codeIn } from './setup-code';

interface CodeFormProps {
  readonly autoFocus?: boolean;
}

/** Takes the one-time code, or the whole printed link, and signs in with it. */
export function CodeForm({ autoFocus }: CodeFormProps) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const code = codeIn(text);
    const trouble = code ? await enter(code, setBusy) : 'Paste the code or the whole link.';
    setError(trouble ?? undefined);
    if (trouble) field.current?.focus();
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3" noValidate>
      <TextField
        ref={field}
        label="One-time code or link"
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={error}
        autoFocus={autoFocus}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        placeholder="XXXX-XXXX-XXXX-XXXX"
        name="code"
      />
      <Button type="submit" busy={busy} className="self-start">
        {busy ? 'Signing in…' : 'Sign in with the code'}
      </Button>
    </form>
  );
}

async function enter(code: string, setBusy: (busy: boolean) => void): Promise<string | null> {
  setBusy(true);
  const outcome = await enterWith(code);
  if (outcome === null) return null;
  setBusy(false);
  return outcome;
}

/** Signs in and goes on to the set-up assistant (null), or says in a sentence why not. */
export async function enterWith(code: string): Promise<string | null> {
  const outcome = await call(signInAnswer, 'setup/enter', { method: 'POST', body: { code } });
  if (!outcome.ok) return outcome.message;
  location.replace('/welcome/');
  return null;
}
