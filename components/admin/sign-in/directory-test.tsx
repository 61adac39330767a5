'use client';

import { useState } from 'react';
import { ldapTestBody } from '@/server/protocol/sign-in';
import { PasswordField } from '../../auth/password-field';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/text-field';
import { FormFailure } from '../form-failure';
import type { Form } from '../use-form';
import { ldapOf, type SignInValues } from './sign-in-values';
import { TestSteps } from './test-steps';
import { useSignInTest } from './use-sign-in-test';

/** Tries the directory of the form, and what it makes of somebody. */
export function DirectoryTest({ form }: { readonly form: Form<SignInValues> }) {
  const { ldap, bindPassword } = form.values;
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const test = useSignInTest('test-ldap', ldapTestBody, ldap);
  const run = () => {
    const secrets = { ...(bindPassword === '' ? {} : { bindPassword }), ...(password === '' ? {} : { password }) };
    test.run({ ldap: ldapOf(ldap), username, ...secrets });
  };
  // Enter in these fields must not save the form around them.
  const tryOnEnter = (event: { key: string; preventDefault(): void }) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    run();
  };
  return (
    <div className="flex flex-col gap-3 rounded-md bg-sunken px-3 py-3">
      <div className="grid items-end gap-x-4 gap-y-2 sm:grid-cols-[1fr_1fr_auto]">
        <TextField
          label="Try a user name (optional)"
          value={username}
          onChange={(event) => setUsername(event.target.value)}
          onKeyDown={tryOnEnter}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
        />
        <PasswordField
          label="Its password (optional, not kept)"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          onKeyDown={tryOnEnter}
          autoComplete="off"
          maxLength={256}
        />
        <Button busy={test.busy} disabled={ldap.urls.trim() === ''} onClick={run}>
          {test.busy ? 'Asking the directory…' : 'Test the directory'}
        </Button>
      </div>
      <div aria-live="polite" className="empty:hidden">
        {test.result ? <TestSteps result={test.result} /> : null}
      </div>
      <FormFailure failure={test.failure} />
    </div>
  );
}
