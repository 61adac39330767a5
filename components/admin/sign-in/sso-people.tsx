'use client';

import type { RoleTemplate } from '@/server/protocol/access';
import { oidcSettings } from '@/server/protocol/sign-in';
import { SelectField } from '../../ui/select-field';
import { CheckBox } from '../check-box';
import type { Form } from '../use-form';
import { PartField } from './fields';
import { MappingTable } from './mapping-table';
import type { SignInValues } from './sign-in-values';
import { SyncBoxes } from './sync-boxes';

const { newUsers, link, prompt } = oidcSettings.shape;

interface SsoPeopleProps {
  readonly form: Form<SignInValues>;
  readonly roles: readonly RoleTemplate[];
}

/** Who gets in, and as what. */
export function SsoPeople({ form, roles }: SsoPeopleProps) {
  const { oidc } = form.values;
  const set = (part: Partial<typeof oidc>) => form.set('oidc', { ...oidc, ...part });
  const field = { part: oidc, path: 'oidc', form, onChange: (next: typeof oidc) => form.set('oidc', next) };
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <PartField
          {...field}
          name="emailDomains"
          label="E-mail domains that may come in"
          placeholder="example.com"
          hint="Separated by commas; the provider must have verified the address. Empty: everybody it lets in."
        />
        <SelectField
          label="People the panel does not know yet"
          name="oidc.newUsers"
          value={oidc.newUsers}
          onChange={(event) => set({ newUsers: newUsers.parse(event.target.value) })}
          options={[
            { value: 'create', label: 'are added at their first sign-in' },
            { value: 'refuse', label: 'may not sign in' },
          ]}
        />
        <SelectField
          label="Users there are already"
          name="oidc.link"
          value={oidc.link}
          onChange={(event) => set({ link: link.parse(event.target.value) })}
          options={[
            { value: 'none', label: 'are never linked' },
            { value: 'email', label: 'are linked by their e-mail' },
            { value: 'username', label: 'are linked by their user name' },
          ]}
          hint="Only when the provider has verified the e-mail. An administrator is never linked by the user name."
        />
        <SelectField
          label="The provider asks"
          name="oidc.prompt"
          value={oidc.prompt}
          onChange={(event) => set({ prompt: prompt.parse(event.target.value) })}
          options={[
            { value: 'none', label: 'only when it has to' },
            { value: 'select_account', label: 'which account, every time' },
            { value: 'login', label: 'for the password, every time' },
            { value: 'consent', label: 'for consent, every time' },
          ]}
        />
      </div>
      <details className="group rounded-md border border-line px-4 py-3">
        <summary className="cursor-pointer text-[0.8125rem] font-medium text-ink">Names of the claims</summary>
        <div className="mt-3 grid gap-4 sm:grid-cols-2">
          <PartField {...field} name="usernameClaim" label="User name" maxLength={200} />
          <PartField {...field} name="nameClaim" label="Name" maxLength={200} />
          <PartField {...field} name="emailClaim" label="E-mail" maxLength={200} />
          <PartField
            {...field}
            name="extensionClaim"
            label="Extension"
            hint="Empty: extensions are set here."
            maxLength={200}
          />
          <PartField
            {...field}
            name="groupsClaim"
            label="Groups"
            hint="A dot goes into what is nested: realm_access.roles"
            maxLength={200}
          />
        </div>
      </details>
      <MappingTable
        mapping={oidc.mapping}
        onChange={(mapping) => set({ mapping })}
        roles={roles}
        path="oidc.mapping"
        problem={form.problem}
        example="front-desk"
        hint="As the claim of groups has it, letter by letter."
      />
      <SyncBoxes sync={oidc.sync} onChange={(sync) => set({ sync })} />
      <CheckBox
        label="Signing out here signs out at the provider as well"
        checked={oidc.endSession}
        onChange={(endSession) => set({ endSession })}
      />
    </>
  );
}
