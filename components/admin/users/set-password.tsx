'use client';

import { type UserRecord, updateUserBody, userRecord } from '@/server/protocol/admin';
import { NewPasswordField } from '../../account/new-password-field';
import { call } from '../../auth/api';
import { FormDialog } from '../form-dialog';
import { FormFailure } from '../form-failure';
import { useForm } from '../use-form';
import { TakeNewest } from './take-newest';

interface SetPasswordProps {
  readonly user: UserRecord;
  readonly onClose: () => void;
  readonly onSaved: (user: UserRecord) => void;
  readonly newest: () => Promise<UserRecord | null>;
}

export function SetPassword({ user, onClose, onSaved, newest }: SetPasswordProps) {
  const form = useForm({
    initial: { password: '' },
    schema: updateUserBody,
    body: ({ password }) => ({ password, version: user.version }),
    send: (body) => call(userRecord, `admin/users/${user.id}`, { method: 'PATCH', body }),
    done: onSaved,
  });
  return (
    <FormDialog
      form={form}
      title={`New password for ${user.name}`}
      description={`Tell it to ${user.name} yourself. Signed-in devices of this user are signed out at once.`}
      action="Set the password"
      onClose={onClose}
    >
      <input type="text" name="username" autoComplete="username" value={user.username} readOnly hidden />
      <NewPasswordField
        label="New password"
        name="password"
        value={form.values.password}
        onChange={(value) => form.set('password', value)}
        error={form.errors.password}
      />
      <FormFailure failure={form.failure}>
        <TakeNewest failure={form.failure} take={newest} />
      </FormFailure>
    </FormDialog>
  );
}
