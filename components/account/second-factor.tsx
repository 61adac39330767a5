'use client';

import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { z } from 'zod';
import {
  type Enrolment,
  enrolBody,
  enrolment as enrolmentSchema,
  provedBody,
  recoveryCodes,
  type SecondFactorState,
  secondFactorState,
} from '@/server/protocol/account';
import { FormDialog } from '../admin/form-dialog';
import { FormFailure } from '../admin/form-failure';
import { LoadFailure } from '../admin/load-failure';
import { useForm } from '../admin/use-form';
import { useResource } from '../admin/use-resource';
import { call, type Outcome } from '../auth/api';
import { EnrolSteps, RecoveryCodes } from '../auth/enrol-steps';
import { PasswordField } from '../auth/password-field';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Dialog } from '../ui/dialog';
import { dateText } from '../ui/region';
import { Skeleton } from '../ui/skeleton';
import { TextField } from '../ui/text-field';
import { useSession } from './session-gate';

type Open =
  | { readonly name: 'password' | 'renew' | 'off' }
  | { readonly name: 'enrol'; readonly enrolment: Enrolment }
  | { readonly name: 'codes'; readonly codes: readonly string[] }
  | null;

export function SecondFactor() {
  const { me } = useSession();
  const { value: state, failure, reload } = useResource(secondFactorState, 'me/second-factor');
  const [open, setOpen] = useState<Open>(null);
  if (!state) {
    return failure ? <LoadFailure failure={failure} retry={() => void reload()} /> : <Skeleton className="h-16" />;
  }
  const close = () => {
    setOpen(null);
    void reload();
  };
  return (
    <>
      <Standing state={state} onTask={(name) => setOpen({ name })} />
      {open?.name === 'password' ? (
        <Begin
          hasPassword={state.hasPassword}
          onClose={close}
          onBegun={(enrolment) => setOpen({ name: 'enrol', enrolment })}
        />
      ) : null}
      {open?.name === 'enrol' ? (
        <Dialog open onOpenChange={(stays) => !stays && close()} title="Set up a second factor">
          <EnrolSteps enrolment={open.enrolment} username={me.username} onDone={close} />
        </Dialog>
      ) : null}
      {open?.name === 'renew' ? (
        <Renew state={state} onClose={close} onCodes={(codes) => setOpen({ name: 'codes', codes })} />
      ) : null}
      {open?.name === 'codes' ? (
        <Dialog open onOpenChange={(stays) => !stays && close()} title="New recovery codes">
          <RecoveryCodes codes={open.codes} username={me.username} onDone={close} />
        </Dialog>
      ) : null}
      {open?.name === 'off' ? <TurnOff state={state} onClose={close} /> : null}
    </>
  );
}

interface StandingProps {
  readonly state: SecondFactorState;
  readonly onTask: (task: 'password' | 'renew' | 'off') => void;
}

function Standing({ state, onTask }: StandingProps) {
  if (state.since === null) {
    return (
      <div className="flex flex-col items-start gap-3">
        <p className="text-sm leading-relaxed text-ink-2">
          With it, signing in takes your password and a code of an app on your phone: a password that somebody found out
          is not enough any more.
        </p>
        <Button onClick={() => onTask('password')}>Set it up…</Button>
      </div>
    );
  }
  const few = state.recoveryLeft < 3;
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-center gap-2 text-sm text-ink">
        <ShieldCheck aria-hidden className="size-4.5 text-free-ink" />
        On since {dateText('day', Date.parse(state.since))}
      </p>
      {few ? (
        <Callout tone="warn">
          {state.recoveryLeft === 0 ? 'No recovery code is left.' : `Only ${codesLeft(state.recoveryLeft)}.`} Make new
          ones, so that a lost phone does not keep you out.
        </Callout>
      ) : (
        <p className="text-sm text-ink-2">{codesLeft(state.recoveryLeft)}.</p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => onTask('renew')}>New recovery codes…</Button>
        <Button onClick={() => onTask('off')}>{state.required ? 'Move to another phone…' : 'Turn off…'}</Button>
      </div>
    </div>
  );
}

function codesLeft(count: number): string {
  return count === 1 ? '1 recovery code is left' : `${count} recovery codes are left`;
}

interface BeginProps {
  readonly hasPassword: boolean;
  readonly onClose: () => void;
  readonly onBegun: (enrolment: Enrolment) => void;
}

function Begin({ hasPassword, onClose, onBegun }: BeginProps) {
  const { me } = useSession();
  const form = useForm({
    initial: { password: '' },
    schema: enrolBody,
    body: ({ password }) => (hasPassword ? { password } : {}),
    check: ({ password }) => (hasPassword && !password ? { password: 'Enter your password.' } : {}),
    send: (body) => call(enrolmentSchema, 'me/second-factor', { method: 'POST', body }),
    done: onBegun,
  });
  return (
    <FormDialog
      form={form}
      title="Set up a second factor"
      description={hasPassword ? 'First, to be sure that it is you:' : 'You need an authenticator app on your phone.'}
      action="Go on"
      onClose={onClose}
    >
      <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
      {hasPassword ? (
        <PasswordField
          label="Your password"
          name="password"
          value={form.values.password}
          onChange={(event) => form.set('password', event.target.value)}
          error={form.errors.password}
          autoComplete="current-password"
          maxLength={256}
        />
      ) : null}
      <FormFailure failure={form.failure} />
    </FormDialog>
  );
}

interface ProofProps<R> {
  readonly state: SecondFactorState;
  readonly title: string;
  readonly description: string;
  readonly action: string;
  readonly send: (body: z.infer<typeof provedBody>) => Promise<Outcome<R>>;
  readonly onDone: (result: R) => void;
  readonly onClose: () => void;
}

/** What a change of the second factor is proved with: the password and a code. */
function Proof<R>({ state, title, description, action, send, onDone, onClose }: ProofProps<R>) {
  const form = useForm({
    initial: { password: '', code: '' },
    schema: provedBody,
    body: ({ password, code }) => (state.hasPassword ? { password, code } : { code }),
    check: ({ password }) => (state.hasPassword && !password ? { password: 'Enter your password.' } : {}),
    send,
    done: onDone,
  });
  return (
    <FormDialog form={form} title={title} description={description} action={action} onClose={onClose}>
      {state.hasPassword ? (
        <PasswordField
          label="Your password"
          name="password"
          value={form.values.password}
          onChange={(event) => form.set('password', event.target.value)}
          error={form.errors.password}
          autoComplete="current-password"
          maxLength={256}
        />
      ) : null}
      <TextField
        label="Code of the app, or a recovery code"
        name="code"
        value={form.values.code}
        onChange={(event) => form.set('code', event.target.value)}
        error={form.errors.code}
        autoComplete="one-time-code"
        spellCheck={false}
        maxLength={40}
      />
      <FormFailure failure={form.failure} />
    </FormDialog>
  );
}

interface RenewProps {
  readonly state: SecondFactorState;
  readonly onClose: () => void;
  readonly onCodes: (codes: readonly string[]) => void;
}

function Renew({ state, onClose, onCodes }: RenewProps) {
  return (
    <Proof
      state={state}
      title="New recovery codes"
      description="Those you have now stop working."
      action="Make new ones"
      send={(body) => call(recoveryCodes, 'me/second-factor/recovery', { method: 'POST', body })}
      onDone={({ codes }) => onCodes(codes)}
      onClose={onClose}
    />
  );
}

const done = z.object({ ok: z.literal(true) });

function TurnOff({ state, onClose }: { readonly state: SecondFactorState; readonly onClose: () => void }) {
  const off = () => {
    // The role asks for one: the server serves nothing before it is set up anew.
    if (state.required) return location.assign('/login/?next=/account/');
    toast.success('The second factor is off');
    onClose();
  };
  return (
    <Proof
      state={state}
      title={state.required ? 'Move to another phone' : 'Turn the second factor off'}
      description={
        state.required
          ? 'The one you have is turned off, and you set it up with the other phone at once: your role asks for it. Open panels of yours close until then.'
          : 'From then on your password alone signs you in.'
      }
      action={state.required ? 'Go on' : 'Turn off'}
      send={(body) => call(done, 'me/second-factor/off', { method: 'POST', body })}
      onDone={off}
      onClose={onClose}
    />
  );
}
