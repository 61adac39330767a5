'use client';

import { passwordSettings, type SavedPasswords, savedPasswords } from '@/server/protocol/passwords';
import { Card } from '../../account/card';
import { call } from '../../auth/api';
import { TextField } from '../../ui/text-field';
import { SaveBar } from '../save-bar';
import { type SettingsFormProps, useSettingsForm } from '../use-settings-form';

/** What passwords have to be. */
export function PasswordsForm(props: SettingsFormProps<SavedPasswords>) {
  const { form, bar } = useSettingsForm({
    ...props,
    valuesOf: ({ settings }) => ({ minLength: String(settings.minLength) }),
    schema: passwordSettings,
    body: ({ minLength }) => ({ minLength: minLength.trim() === '' ? undefined : Number(minLength) }),
    send: (settings) =>
      call(savedPasswords, 'admin/passwords', { method: 'PUT', body: { version: props.saved.version, settings } }),
    within: 'settings',
    inForce: 'Saved. It holds for passwords set from now on.',
  });
  return (
    <Card
      id="passwords"
      title="Passwords"
      description={
        <>
          For users whose password is kept here. Common and leaked passwords are refused whatever their length. Who
          needs a second factor besides is a matter of the{' '}
          <a href="/admin/access/" className="text-accent underline underline-offset-2">
            role
          </a>
          .
        </>
      }
    >
      <form ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-4">
        <TextField
          className="max-w-56"
          label="Shortest password, characters"
          name="minLength"
          inputMode="numeric"
          autoComplete="off"
          value={form.values.minLength}
          onChange={(event) => form.set('minLength', event.target.value)}
          error={form.problem('minLength')}
          maxLength={3}
        />
        <SaveBar {...bar} inCard />
      </form>
    </Card>
  );
}
