'use client';

import { savedAccess } from '@/server/protocol/access';
import { savedPasswords } from '@/server/protocol/passwords';
import { savedSignIn } from '@/server/protocol/sign-in';
import { Skeleton } from '../../ui/skeleton';
import { LoadFailure } from '../load-failure';
import { type Resource, useResource } from '../use-resource';
import { PasswordsForm } from './passwords-form';
import { SignInForm } from './sign-in-form';

export default function SignInSection() {
  const passwords = useResource(savedPasswords, 'admin/passwords');
  const access = useResource(savedAccess, 'admin/access');
  const signIn = useResource(savedSignIn, 'admin/sign-in');
  return (
    <div className="flex flex-col gap-5">
      {passwords.value ? (
        <PasswordsForm saved={passwords.value} onSaved={passwords.set} reload={passwords.reload} />
      ) : (
        <Awaited of={passwords} />
      )}
      {!signIn.value ? (
        <Awaited of={signIn} />
      ) : !access.value ? (
        <Awaited of={access} />
      ) : (
        <SignInForm
          saved={signIn.value}
          onSaved={signIn.set}
          reload={signIn.reload}
          roles={access.value.settings.roles}
        />
      )}
    </div>
  );
}

function Awaited<T>({ of }: { readonly of: Resource<T> }) {
  if (!of.failure) return <Skeleton className="h-40 rounded-xl" />;
  return <LoadFailure failure={of.failure} retry={() => void of.reload()} />;
}
