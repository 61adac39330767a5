'use client';

import type { RoleTemplate } from '@/server/protocol/access';
import { type SavedSignIn, savedSignIn } from '@/server/protocol/sign-in';
import { call } from '../../auth/api';
import { SaveBar } from '../save-bar';
import { type SettingsFormProps, useSettingsForm } from '../use-settings-form';
import { DirectoryCard } from './directory-card';
import { OnlyCard } from './only-card';
import { bodyOf, formBody, signInValues } from './sign-in-values';
import { SsoCard } from './sso-card';

interface SignInFormProps extends SettingsFormProps<SavedSignIn> {
  readonly roles: readonly RoleTemplate[];
}

/** Single sign-on and the directory. */
export function SignInForm({ roles, ...props }: SignInFormProps) {
  const { saved } = props;
  const { form, bar } = useSettingsForm({
    ...props,
    valuesOf: signInValues,
    schema: formBody,
    body: (values) => bodyOf(values, saved.version),
    send: (body) => call(savedSignIn, 'admin/sign-in', { method: 'PUT', body }),
    within: 'settings',
    inForce: 'Saved. The next sign-in goes by it.',
  });
  return (
    <form ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-5">
      <SsoCard form={form} saved={saved} roles={roles} />
      <DirectoryCard form={form} saved={saved} roles={roles} />
      <OnlyCard form={form} />
      <SaveBar {...bar} />
    </form>
  );
}
