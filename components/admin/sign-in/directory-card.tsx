'use client';

import type { RoleTemplate } from '@/server/protocol/access';
import type { SavedSignIn } from '@/server/protocol/sign-in';
import { type LdapPreset, ldapPresets } from '@/server/protocol/sign-in-default';
import { Card } from '../../account/card';
import { PasswordField } from '../../auth/password-field';
import { Button } from '../../ui/button';
import { Switch } from '../../ui/switch';
import { CheckBox } from '../check-box';
import { TextAreaField } from '../text-area-field';
import type { Form } from '../use-form';
import { DirectoryPeople } from './directory-people';
import { DirectoryTest } from './directory-test';
import { PartField } from './fields';
import { problemWithin, type SignInValues } from './sign-in-values';

interface DirectoryCardProps {
  readonly form: Form<SignInValues>;
  readonly saved: SavedSignIn;
  readonly roles: readonly RoleTemplate[];
}

/** Sign-in with the password of a directory. */
export function DirectoryCard({ form, saved, roles }: DirectoryCardProps) {
  const { ldap } = form.values;
  const set = (part: Partial<typeof ldap>) => form.set('ldap', { ...ldap, ...part });
  // What was entered stays in sight while it is off, and what is wrong has to be seen.
  const isShown = ldap.enabled || ldap.urls !== '' || problemWithin(form.errors, 'ldap') !== undefined;
  return (
    <Card
      id="directory"
      title="Directory"
      description="LDAP: Active Directory, OpenLDAP, FreeIPA and others. People use the same form, with the user name and password they have there. Who has a password here uses that one."
    >
      <div className="flex flex-col gap-5">
        <div className="flex items-start justify-between gap-4">
          <p className="text-sm text-ink">Passwords of the directory are good here</p>
          <Switch label="Directory" checked={ldap.enabled} onChange={(enabled) => set({ enabled })} />
        </div>
        {isShown ? (
          <>
            <Presets onChoose={(preset) => set(preset)} />
            <Servers form={form} hasPassword={saved.has.bindPassword} />
            <DirectoryPeople form={form} roles={roles} />
            <DirectoryTest form={form} />
          </>
        ) : null}
      </div>
    </Card>
  );
}

function Presets({
  onChoose,
}: {
  readonly onChoose: (preset: Omit<(typeof ldapPresets)[LdapPreset], 'title'>) => void;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="text-[0.8125rem] text-ink-2">Fill in the filters and attributes for</p>
      {(Object.keys(ldapPresets) as LdapPreset[]).map((id) => {
        const { title, ...preset } = ldapPresets[id];
        return (
          <Button key={id} size="small" onClick={() => onChoose(preset)}>
            {title}
          </Button>
        );
      })}
    </div>
  );
}

interface ServersProps {
  readonly form: Form<SignInValues>;
  readonly hasPassword: boolean;
}

function Servers({ form, hasPassword }: ServersProps) {
  const { ldap } = form.values;
  const set = (part: Partial<typeof ldap>) => form.set('ldap', { ...ldap, ...part });
  const field = { part: ldap, path: 'ldap', form, onChange: (next: typeof ldap) => form.set('ldap', next) };
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextAreaField
          label="Servers, one on each line"
          name="ldap.urls"
          value={ldap.urls}
          onChange={(event) => set({ urls: event.target.value })}
          error={problemWithin(form.errors, 'ldap.urls')}
          placeholder={'ldaps://dc1.example.com\nldaps://dc2.example.com'}
          hint="Asked in this order; the next one when one is away."
        />
        <TextAreaField
          label="CA certificate (optional)"
          name="ldap.ca"
          value={ldap.ca}
          onChange={(event) => set({ ca: event.target.value })}
          error={form.problem('ldap.ca')}
          placeholder="-----BEGIN CERTIFICATE-----"
          hint="PEM of the authority that signed their certificates. Empty: those of the system."
        />
      </div>
      <CheckBox
        label="Encrypt ldap:// with StartTLS"
        hint="Without it everybody on the way can read the passwords. ldaps:// is encrypted anyway."
        checked={ldap.startTls}
        onChange={(startTls) => set({ startTls })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <PartField {...field} name="name" label="Name of the directory" placeholder="Example" maxLength={40} />
        <PartField {...field} name="baseDn" label="Base of people" placeholder="dc=example,dc=com" />
        <PartField
          {...field}
          name="bindDn"
          label="Account that searches"
          placeholder="cn=panel,ou=services,dc=example,dc=com"
          hint="It needs to read only. Empty: anonymous."
        />
        <PasswordField
          label="Its password"
          name="bindPassword"
          value={form.values.bindPassword}
          onChange={(event) => form.set('bindPassword', event.target.value)}
          error={form.problem('bindPassword')}
          autoComplete="off"
          placeholder={hasPassword ? 'Saved; leave empty to keep it' : ''}
          hint="Kept encrypted; never shown again."
          maxLength={1000}
        />
      </div>
    </>
  );
}
