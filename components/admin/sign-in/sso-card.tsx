'use client';

import type { RoleTemplate } from '@/server/protocol/access';
import { oidcTestBody, type SavedSignIn } from '@/server/protocol/sign-in';
import { Card } from '../../account/card';
import { PasswordField } from '../../auth/password-field';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { Switch } from '../../ui/switch';
import { FormFailure } from '../form-failure';
import { TextAreaField } from '../text-area-field';
import type { Form } from '../use-form';
import { CopyLine } from './copy-line';
import { PartField } from './fields';
import { oidcOf, problemWithin, type SignInValues } from './sign-in-values';
import { SsoPeople } from './sso-people';
import { TestSteps } from './test-steps';
import { useSignInTest } from './use-sign-in-test';

interface SsoCardProps {
  readonly form: Form<SignInValues>;
  readonly saved: SavedSignIn;
  readonly roles: readonly RoleTemplate[];
}

/** Single sign-on with OpenID Connect. */
export function SsoCard({ form, saved, roles }: SsoCardProps) {
  const { oidc } = form.values;
  const set = (part: Partial<typeof oidc>) => form.set('oidc', { ...oidc, ...part });
  // What was entered stays in sight while it is off, and what is wrong has to be seen.
  const isShown = oidc.enabled || oidc.issuer !== '' || problemWithin(form.errors, 'oidc') !== undefined;
  return (
    <Card
      id="single-sign-on"
      title="Single sign-on"
      description="OpenID Connect: Keycloak, Microsoft Entra ID, Google, Okta, authentik and others. docs/sign-in.md has the steps for each."
    >
      <div className="flex flex-col gap-5">
        <div className="flex items-start justify-between gap-4">
          <p className="text-sm text-ink">People sign in with the account they have elsewhere</p>
          <Switch label="Single sign-on" checked={oidc.enabled} onChange={(enabled) => set({ enabled })} />
        </div>
        {isShown ? (
          <>
            <Addresses saved={saved} />
            <Client form={form} hasSecret={saved.has.clientSecret} />
            <SsoPeople form={form} roles={roles} />
            <Test form={form} />
          </>
        ) : null}
      </div>
    </Card>
  );
}

function Addresses({ saved }: { readonly saved: SavedSignIn }) {
  if (saved.redirectUri === null || saved.afterLogout === null) {
    return (
      <Callout tone="warn">
        Start the panel with <code className="font-mono text-xs">PUBLIC_URL</code> set to the address that people open
        it at, such as https://panel.example.com: the provider has to know it.
      </Callout>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <CopyLine label="Redirect URI to register with the provider" text={saved.redirectUri} />
      <CopyLine label="Address after signing out" text={saved.afterLogout} />
    </div>
  );
}

interface ClientProps {
  readonly form: Form<SignInValues>;
  readonly hasSecret: boolean;
}

function Client({ form, hasSecret }: ClientProps) {
  const { oidc } = form.values;
  const field = { part: oidc, path: 'oidc', form, onChange: (next: typeof oidc) => form.set('oidc', next) };
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <PartField {...field} name="name" label="Name on the button" placeholder="Example account" maxLength={40} />
        <PartField
          {...field}
          name="issuer"
          label="Issuer"
          placeholder="https://sso.example.com/realms/example"
          hint="Exactly as the provider writes it."
        />
        <PartField {...field} name="clientId" label="Client ID" />
        <PasswordField
          label="Client secret"
          name="clientSecret"
          value={form.values.clientSecret}
          onChange={(event) => form.set('clientSecret', event.target.value)}
          error={form.problem('clientSecret')}
          autoComplete="off"
          placeholder={hasSecret ? 'Saved; leave empty to keep it' : ''}
          hint="Kept encrypted; never shown again."
          maxLength={1000}
        />
        <PartField {...field} name="scopes" label="Scopes" hint="openid is always asked for." />
      </div>
      <TextAreaField
        label="CA certificate (optional)"
        name="oidc.ca"
        value={oidc.ca}
        onChange={(event) => form.set('oidc', { ...oidc, ca: event.target.value })}
        error={form.problem('oidc.ca')}
        placeholder="-----BEGIN CERTIFICATE-----"
        hint="PEM of the authority that signed the provider’s certificate. Empty: those of the system."
      />
    </>
  );
}

function Test({ form }: { readonly form: Form<SignInValues> }) {
  const { oidc, clientSecret } = form.values;
  const test = useSignInTest('test-oidc', oidcTestBody, oidc);
  const run = () => test.run({ oidc: oidcOf(oidc), ...(clientSecret === '' ? {} : { clientSecret }) });
  return (
    <div className="flex flex-col items-start gap-3">
      <Button busy={test.busy} disabled={oidc.issuer.trim() === ''} onClick={run}>
        {test.busy ? 'Asking the provider…' : 'Test single sign-on'}
      </Button>
      <div aria-live="polite" className="w-full empty:hidden">
        {test.result ? <TestSteps result={test.result} /> : null}
      </div>
      <FormFailure failure={test.failure} />
    </div>
  );
}
