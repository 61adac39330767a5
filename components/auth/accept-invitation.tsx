'use client';

import { useEffect, useState } from 'react';
import { acceptBody, type InvitationShown, invitationShown, signInAnswer } from '@/server/protocol/session';
import { NewPasswordField } from '../account/new-password-field';
import { FormFailure } from '../admin/form-failure';
import { useForm } from '../admin/use-form';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Skeleton } from '../ui/skeleton';
import { type CallFailure, call } from './api';
import { CodeStep } from './code-step';
import { DoorCard } from './door-card';
import { EnrolDoor } from './enrol-door';
import { enterPanel, type GoOn, type Step, stepAfter } from './go-on';
import { PasswordField } from './password-field';
import { Or, SignInWith, useOffer } from './ways-in';

/** What an invitation opens: who invites as what, a password, and then the panel. */
export function AcceptInvitation({ token }: { readonly token: string }) {
  const [shown, setShown] = useState<InvitationShown | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [step, setStep] = useState<Step>({ name: 'password', why: null });
  useEffect(() => {
    const leave = new AbortController();
    void call(invitationShown, 'invitation', { method: 'POST', body: { token }, signal: leave.signal }).then(
      (outcome) => {
        if (leave.signal.aborted) return;
        if (outcome.ok) setShown(outcome.value);
        else setFailure(outcome);
      },
    );
    return () => leave.abort();
  }, [token]);
  const goOn: GoOn = (answer) => {
    const next = stepAfter(answer);
    if (next) setStep(next);
    else enterPanel();
  };
  if (step.name === 'enrolment') {
    return (
      <DoorCard title="Set up your second factor">
        <EnrolDoor />
      </DoorCard>
    );
  }
  if (step.name === 'code') {
    return (
      <DoorCard title="One more step">
        <CodeStep ticket={step.ticket} goOn={goOn} again={() => location.replace('/login/')} />
      </DoorCard>
    );
  }
  return (
    <DoorCard title={shown ? `Welcome, ${shown.name}` : failure ? 'This link does not work' : 'One moment…'}>
      {shown ? <Invited token={token} shown={shown} goOn={goOn} /> : <Waiting failure={failure} />}
    </DoorCard>
  );
}

function Waiting({ failure }: { readonly failure: CallFailure | null }) {
  if (!failure) return <Skeleton className="h-56" />;
  return (
    <div className="flex flex-col gap-4">
      <div role="alert">
        <Callout tone="danger">{failure.message}</Callout>
      </div>
      <p className="text-sm leading-relaxed text-ink-2">
        You have set a password already?{' '}
        <a href="/login/" className="font-medium text-accent underline underline-offset-2">
          Sign in with it
        </a>
        . Otherwise ask the administrator who sent it for a new link.
      </p>
    </div>
  );
}

/** A password, or the company account where there is single sign-on. */
function Invited(props: ChoosePasswordProps) {
  const { shown } = props;
  const offer = useOffer();
  if (offer === null) return <Skeleton className="h-56" />;
  const { oidc, passwords } = offer;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm leading-relaxed text-ink-2">
        {shown.hasPassword
          ? `${shown.by} sent you this link to set a new password.`
          : `${shown.by} invites you to this telephone panel as ${shown.roleName}.`}{' '}
        Your user name is <strong className="font-semibold text-ink">{shown.username}</strong>.
      </p>
      {passwords || oidc === null ? <ChoosePassword {...props} /> : null}
      {oidc !== null && passwords ? <Or /> : null}
      {oidc === null ? null : <SignInWith name={oidc} main={!passwords} />}
    </div>
  );
}

interface ChoosePasswordProps {
  readonly token: string;
  readonly shown: InvitationShown;
  readonly goOn: GoOn;
}

function ChoosePassword({ token, shown, goOn }: ChoosePasswordProps) {
  const form = useForm({
    initial: { password: '', again: '' },
    schema: acceptBody,
    body: ({ password }) => ({ token, password }),
    check: ({ password, again }) => (password === again ? {} : { again: 'The two passwords differ.' }),
    send: (body) => call(signInAnswer, 'invitation/accept', { method: 'POST', body }),
    done: (answer) => goOn(answer),
  });
  return (
    <form ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-4">
      <input type="text" name="username" autoComplete="username" value={shown.username} readOnly hidden />
      <NewPasswordField
        label="Choose a password"
        name="password"
        value={form.values.password}
        onChange={(value) => form.set('password', value)}
        error={form.errors.password}
        shortest={shown.minLength}
      />
      <PasswordField
        label="The same again"
        name="again"
        value={form.values.again}
        onChange={(event) => form.set('again', event.target.value)}
        error={form.errors.again}
        autoComplete="new-password"
        maxLength={256}
      />
      <FormFailure failure={form.failure} />
      <Button type="submit" tone="primary" busy={form.busy}>
        {form.busy ? 'Signing in…' : 'Set the password and open the panel'}
      </Button>
    </form>
  );
}
