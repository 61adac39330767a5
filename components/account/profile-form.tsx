'use client';

import { toast } from 'sonner';
import { me as meSchema, profileBody } from '@/server/protocol/session';
import { FormFailure } from '../admin/form-failure';
import { useForm } from '../admin/use-form';
import { useLeaveGuard } from '../admin/use-leave-guard';
import { call } from '../auth/api';
import { Button } from '../ui/button';
import { TextField } from '../ui/text-field';
import { choosesExtension } from './chooses-extension';
import { ExtensionField } from './extension-field';
import { useSession } from './session-gate';

export function ProfileForm() {
  const { me, changed } = useSession();
  const chooses = choosesExtension(me);
  const form = useForm({
    initial: { name: me.name, extension: me.extension ?? '' },
    schema: profileBody,
    body: ({ name, extension }) => (chooses ? { name, extension: extension.trim() || null } : { name }),
    send: (body) => call(meSchema, 'me', { method: 'PATCH', body }),
    done: (next) => {
      changed(next);
      form.reset({ name: next.name, extension: next.extension ?? '' });
      toast.success('Saved');
    },
  });
  useLeaveGuard(form.dirty);
  return (
    <form ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-4">
      <dl className="text-sm">
        <dt className="text-[0.8125rem] font-medium text-ink">User name</dt>
        <dd className="text-ink-2">{me.username}</dd>
        <dt className="mt-3 text-[0.8125rem] font-medium text-ink">Role</dt>
        <dd className="text-ink-2">{me.roleName || 'None'}</dd>
        {chooses ? null : (
          <>
            <dt className="mt-3 text-[0.8125rem] font-medium text-ink">My extension</dt>
            <dd className="text-ink-2">
              {me.extension ?? 'None yet'}. An administrator {me.extension === null ? 'chooses' : 'changes'} it.
            </dd>
          </>
        )}
      </dl>
      <TextField
        label="Name"
        name="name"
        value={form.values.name}
        onChange={(event) => form.set('name', event.target.value)}
        error={form.errors.name}
        autoComplete="name"
        maxLength={80}
      />
      {chooses ? (
        <ExtensionField
          label="My extension"
          name="extension"
          value={form.values.extension}
          onChange={(value) => form.set('extension', value)}
          error={form.errors.extension}
          hint="Whose calls are yours: the panel shows its state at the top left and announces its calls."
        />
      ) : null}
      <FormFailure failure={form.failure} />
      <Button type="submit" tone="primary" busy={form.busy} disabled={!form.dirty} className="self-start">
        Save
      </Button>
    </form>
  );
}
