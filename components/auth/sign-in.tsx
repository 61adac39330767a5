'use client';

import { KeyRound } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type SetupStatus, setupStatus, signInAnswer } from '@/server/protocol/session';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { TextField } from '../ui/text-field';
import { type CallFailure, call } from './api';
import { CodeForm } from './code-form';
import { CodeStep } from './code-step';
import { DoorCard } from './door-card';
import { EnrolDoor } from './enrol-door';
import { enterPanel, type GoOn, type Step, stepAfter } from './go-on';
import { PasswordField } from './password-field';
import { useCountdown } from './use-countdown';
import { WaysIn } from './ways-in';

/** Why a session ended, as the panel passes it on in the address. */
const farewells: Readonly<Record<string, string>> = {
  disabled: 'Your account was disabled. Ask an administrator.',
  expired: 'You were away for long and have been signed out. Sign in again.',
  secondFactor: 'Your role asks for a second factor from now on. Sign in to set it up.',
  passwordChanged: 'Your password was changed elsewhere. Sign in with the new one.',
};

export function SignIn() {
  const [status, setStatus] = useState<SetupStatus | null>(null);
  const [step, setStep] = useState<Step>({ name: 'password', why: null });
  useEffect(() => {
    const leave = new AbortController();
    void call(setupStatus, 'setup', { signal: leave.signal }).then((outcome) => {
      if (!outcome.ok) return;
      setStatus(outcome.value);
      if (outcome.value.enrolment) setStep({ name: 'enrolment' });
    });
    return () => leave.abort();
  }, []);
  const goOn: GoOn = (answer) => {
    const next = stepAfter(answer);
    if (next) setStep(next);
    else enterPanel();
  };
  return (
    <DoorCard
      title={titles[step.name]}
      footer={
        <>
          {status?.needed && step.name === 'password' ? <FirstStart /> : null}
          <p className="mt-auto pt-8 text-center text-xs text-ink-2">
            {status ? `Cordboard ${status.version}${status.demo ? ' · shows the demo PBX' : ''}` : '\u00a0'}
          </p>
        </>
      }
    >
      <SignInStep step={step} goOn={goOn} again={(why) => setStep({ name: 'password', why })} />
    </DoorCard>
  );
}

const titles: Readonly<Record<Step['name'], string>> = {
  password: 'Sign in',
  code: 'One more step',
  enrolment: 'Set up your second factor',
};

interface SignInStepProps {
  readonly step: Step;
  readonly goOn: GoOn;
  readonly again: (why: string | null) => void;
}

function SignInStep({ step, goOn, again }: SignInStepProps) {
  if (step.name === 'code') return <CodeStep ticket={step.ticket} goOn={goOn} again={again} />;
  if (step.name === 'enrolment') return <EnrolDoor />;
  return (
    <WaysIn>
      <PasswordForm why={step.why} goOn={goOn} />
    </WaysIn>
  );
}

function PasswordForm({ why, goOn }: { readonly why: string | null; readonly goOn: GoOn }) {
  const [values, setValues] = useState({ username: '', password: '' });
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [busy, setBusy] = useState(false);
  const { left, start } = useCountdown();
  const form = useRef<HTMLFormElement>(null);
  const farewell = useFarewell();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // Password managers of some browsers fill in without an event: the fields know best.
    const typed = new FormData(form.current ?? undefined);
    const body = { username: text(typed, 'username').trim(), password: text(typed, 'password') };
    const empty = !body.username ? 'username' : !body.password ? 'password' : null;
    const outcome = empty ? blank(empty) : await signIn(body, setBusy, goOn);
    setFailure(outcome);
    if (outcome?.retryAfter) start(outcome.retryAfter);
    if (outcome) focusField(form.current, empty ?? 'password');
  };
  const change = (name: keyof typeof values) => (event: { target: { value: string } }) =>
    setValues({ ...values, [name]: event.target.value });
  const waiting = failure?.retryAfter !== undefined;
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-3.5" noValidate>
      <TextField
        label="User name"
        name="username"
        value={values.username}
        onChange={change('username')}
        error={failure?.field === 'username' ? failure.message : undefined}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        maxLength={64}
      />
      <PasswordField
        label="Password"
        name="password"
        value={values.password}
        onChange={change('password')}
        error={failure?.field === 'password' ? failure.message : undefined}
        autoComplete="current-password"
        required
        maxLength={256}
      />
      <Button type="submit" tone="primary" busy={busy} disabled={left > 0} className="mt-1">
        {busy ? 'Signing in…' : left > 0 ? `Wait ${left} s` : 'Sign in'}
      </Button>
      <div role="alert" className="empty:hidden">
        {failure && !failure.field ? (
          <Callout tone={failure.error === 'unreachable' || waiting ? 'warn' : 'danger'}>
            {waiting && left === 0 ? 'You can try again now.' : failure.message}
          </Callout>
        ) : null}
      </div>
      {(why ?? farewell) && !failure ? <Callout tone="warn">{why ?? farewell}</Callout> : null}
    </form>
  );
}

function text(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}

function blank(field: 'username' | 'password'): CallFailure {
  const message = field === 'username' ? 'Enter your user name.' : 'Enter your password.';
  return { ok: false, error: 'invalid', field, message };
}

function focusField(form: HTMLFormElement | null, name: string): void {
  const field = form?.elements.namedItem(name);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}

/** Null: the password was right, and it goes on. */
async function signIn(
  body: { username: string; password: string },
  setBusy: (busy: boolean) => void,
  goOn: GoOn,
): Promise<CallFailure | null> {
  setBusy(true);
  const outcome = await call(signInAnswer, 'login', { method: 'POST', body });
  if (outcome.ok) {
    goOn(outcome.value);
    return null;
  }
  setBusy(false);
  return outcome;
}

function useFarewell(): string | null {
  const [farewell, setFarewell] = useState<string | null>(null);
  useEffect(() => {
    setFarewell(farewells[new URLSearchParams(location.search).get('reason') ?? ''] ?? null);
  }, []);
  return farewell;
}

function FirstStart() {
  return (
    <section aria-labelledby="first-start" className="mt-4 rounded-xl border border-line bg-surface p-5 sm:p-6">
      <h2 id="first-start" className="flex items-center gap-2 text-sm font-semibold text-ink">
        <KeyRound aria-hidden className="size-4 text-ink-2" />
        First time here?
      </h2>
      <p className="mb-3 mt-1.5 text-sm leading-relaxed text-ink-2">
        No administrator has a password yet. A link that signs you in once was printed where the server runs: open it,
        or paste it here. Starting the server again prints a new one.
      </p>
      <CodeForm />
    </section>
  );
}
