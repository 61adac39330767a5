'use client';

import { useEffect } from 'react';
import { toast } from 'sonner';
import { z } from 'zod';
import { passwordBody } from '@/server/protocol/session';
import { FormFailure } from '../admin/form-failure';
import { useForm } from '../admin/use-form';
import { useLeaveGuard } from '../admin/use-leave-guard';
import { call } from '../auth/api';
import { PasswordField } from '../auth/password-field';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { NewPasswordField } from './new-password-field';
import { useSession } from './session-gate';

const blank = { current: '', next: '', again: '' };

export function PasswordForm() {
  const { me, changed } = useSession();
  const form = useForm({
    initial: blank,
    schema: passwordBody,
    body: ({ current, next }) => (me.hasPassword ? { current, next } : { next }),
    check: ({ current, next, again }) => ({
      ...(me.hasPassword && !current ? { current: 'Enter your current password.' } : {}),
      ...(next !== again ? { again: 'The two new passwords differ.' } : {}),
    }),
    send: (body) => call(z.object({ ok: z.literal(true) }), 'me/password', { method: 'POST', body }),
    done: () => {
      changed({ ...me, hasPassword: true });
      form.reset(blank);
      toast.success('The new password is set. Other devices have been signed out.');
    },
  });
  useLeaveGuard(form.dirty);
  useHashFocus(form.ref);
  return (
    <form ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-4">
      {me.hasPassword ? null : (
        <Callout tone="warn">
          You came in by a link that works once. Set a password to be able to come back as “{me.username}”.
        </Callout>
      )}
      <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
      {me.hasPassword ? (
        <PasswordField
          label="Current password"
          name="current"
          value={form.values.current}
          onChange={(event) => form.set('current', event.target.value)}
          error={form.errors.current}
          autoComplete="current-password"
          maxLength={256}
        />
      ) : null}
      <NewPasswordField
        label="New password"
        name="next"
        value={form.values.next}
        onChange={(value) => form.set('next', value)}
        error={form.errors.next}
      />
      <PasswordField
        label="New password again"
        name="again"
        value={form.values.again}
        onChange={(event) => form.set('again', event.target.value)}
        error={form.errors.again}
        autoComplete="new-password"
        maxLength={256}
      />
      <FormFailure failure={form.failure} />
      <Button type="submit" tone="primary" busy={form.busy} className="self-start">
        {me.hasPassword ? 'Change the password' : 'Set the password'}
      </Button>
    </form>
  );
}

/** `/account/#password` leads to the first field. */
function useHashFocus(form: { readonly current: HTMLFormElement | null }): void {
  useEffect(() => {
    const go = () => {
      if (location.hash !== '#password') return;
      form.current?.closest('section')?.scrollIntoView();
      form.current?.querySelector<HTMLInputElement>('input:not([hidden])')?.focus({ preventScroll: true });
    };
    go();
    addEventListener('hashchange', go);
    return () => removeEventListener('hashchange', go);
  }, [form]);
}
