'use client';

import { z } from 'zod';
import { me as meSchema, password, username } from '@/server/protocol/session';
import { NewPasswordField } from '../account/new-password-field';
import { useSession } from '../account/session-gate';
import { FormFailure } from '../admin/form-failure';
import { useForm } from '../admin/use-form';
import { type CallFailure, call, type Outcome } from '../auth/api';
import { Button } from '../ui/button';
import { TextField } from '../ui/text-field';
import { StepActions, StepFrame } from './step-frame';
import type { StepProps } from './step-props';

/** Who administers the panel. Nothing to do for somebody who has a password already. */
export function AccountStep({ setup }: StepProps) {
  const { me } = useSession();
  if (!me.hasPassword) return <NewAccount setup={setup} />;
  return (
    <StepFrame
      title="Your account"
      about={
        <>
          You administer this panel as <strong className="font-semibold text-ink">{me.name}</strong>, user name{' '}
          <strong className="font-semibold text-ink">{me.username}</strong>. Your password and a second factor are under{' '}
          <a href="/account/" className="font-medium text-accent underline underline-offset-2">
            My account
          </a>
          .
        </>
      }
    >
      <StepActions>
        <Button tone="primary" autoFocus onClick={() => setup.pass('account')}>
          Continue
        </Button>
      </StepActions>
    </StepFrame>
  );
}

const accountBody = z.object({
  name: z.string().trim().min(1, 'enter your name').max(80),
  username,
  next: password,
});
type AccountBody = z.infer<typeof accountBody>;

function NewAccount({ setup }: Pick<StepProps, 'setup'>) {
  const { me, changed } = useSession();
  const form = useForm({
    initial: { name: me.name === 'Administrator' ? '' : me.name, username: me.username, next: '' },
    schema: accountBody,
    body: (values) => values,
    send: makeAccount,
    done: (now) => {
      changed(now);
      setup.pass('account');
    },
  });
  return (
    <StepFrame title="Your account" about="You administer the panel with it. Nobody else can until you invite them.">
      <form ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-4">
        <TextField
          label="Your name"
          name="name"
          value={form.values.name}
          onChange={(event) => form.set('name', event.target.value)}
          error={form.errors.name}
          autoComplete="name"
          maxLength={80}
          autoFocus
        />
        <TextField
          label="User name"
          name="username"
          value={form.values.username}
          onChange={(event) => form.set('username', event.target.value)}
          error={form.errors.username}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
        />
        <NewPasswordField
          label="Password"
          name="next"
          value={form.values.next}
          onChange={(value) => form.set('next', value)}
          error={form.errors.next}
        />
        <FormFailure failure={form.failure} />
        <StepActions>
          <Button type="submit" tone="primary" busy={form.busy}>
            {form.busy ? 'Saving…' : 'Continue'}
          </Button>
        </StepActions>
      </form>
    </StepFrame>
  );
}

/** The password last: what was done before it can be done again, it cannot. */
async function makeAccount({ name, username: wanted, next }: AccountBody): Promise<Outcome<z.infer<typeof meSchema>>> {
  const renamed = await call(meSchema, 'admin/setup/username', { method: 'PUT', body: { username: wanted } });
  if (!renamed.ok) return renamed;
  const named = await call(meSchema, 'me', { method: 'PATCH', body: { name } });
  if (!named.ok) return named;
  const set = await call(z.object({ ok: z.literal(true) }), 'me/password', { method: 'POST', body: { next } });
  return set.ok ? { ok: true, value: { ...named.value, hasPassword: true } } : (set satisfies CallFailure);
}
