'use client';

import { Card } from '../../account/card';
import { TextField } from '../../ui/text-field';
import { CheckBox } from '../check-box';
import type { Form } from '../use-form';
import type { SignInValues } from './sign-in-values';

/** Whether passwords of the panel's own are good at all. */
export function OnlyCard({ form }: { readonly form: Form<SignInValues> }) {
  const { passwords } = form.values;
  const problem = form.problem('passwords.onlySingleSignOn');
  return (
    <Card
      id="only"
      title="Single sign-on only"
      description="For when nobody shall have a password in the panel itself."
    >
      <CheckBox
        label="Passwords kept here are good for one administrator only"
        hint="Everybody else signs in with single sign-on or the directory. Sessions that are open go on."
        checked={passwords.onlySingleSignOn}
        onChange={(onlySingleSignOn) => form.set('passwords', { ...passwords, onlySingleSignOn })}
      />
      {problem ? (
        <p role="alert" className="text-xs font-medium text-dnd-ink">
          {problem}
        </p>
      ) : null}
      {passwords.onlySingleSignOn ? (
        <TextField
          className="mt-3 max-w-80"
          label="Administrator who keeps a password"
          name="passwords.breakGlass"
          value={passwords.breakGlass}
          onChange={(event) => form.set('passwords', { ...passwords, breakGlass: event.target.value })}
          error={form.problem('passwords.breakGlass')}
          hint="The user name. Gets in when the provider is away: choose a long password, and keep it in a safe place."
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
        />
      ) : null}
    </Card>
  );
}
