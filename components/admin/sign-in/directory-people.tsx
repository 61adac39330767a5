'use client';

import type { RoleTemplate } from '@/server/protocol/access';
import { ldapSettings } from '@/server/protocol/sign-in';
import { SelectField } from '../../ui/select-field';
import type { Form } from '../use-form';
import { PartField } from './fields';
import { MappingTable } from './mapping-table';
import type { SignInValues } from './sign-in-values';
import { SyncBoxes } from './sync-boxes';

const { newUsers, groups: groupsShape } = ldapSettings.shape;

interface DirectoryPeopleProps {
  readonly form: Form<SignInValues>;
  readonly roles: readonly RoleTemplate[];
}

/** How people and their groups are found, and what they become. */
export function DirectoryPeople({ form, roles }: DirectoryPeopleProps) {
  const { ldap } = form.values;
  const set = (part: Partial<typeof ldap>) => form.set('ldap', { ...ldap, ...part });
  const field = { part: ldap, path: 'ldap', form, onChange: (next: typeof ldap) => form.set('ldap', next) };
  return (
    <>
      <PartField
        {...field}
        name="userFilter"
        label="Filter of people"
        hint="{username} stands for what was typed. Leave out of it who shall not sign in, such as disabled accounts."
        maxLength={1000}
      />
      <Attributes form={form} />
      <Groups form={form} />
      <MappingTable
        mapping={ldap.mapping}
        onChange={(mapping) => set({ mapping })}
        roles={roles}
        path="ldap.mapping"
        problem={form.problem}
        example="cn=desk,ou=groups,dc=example,dc=com"
        hint="The whole DN of a group; its name alone is enough where nobody else can make one of that name."
      />
      <SelectField
        className="max-w-80"
        label="People the panel does not know yet"
        name="ldap.newUsers"
        value={ldap.newUsers}
        onChange={(event) => set({ newUsers: newUsers.parse(event.target.value) })}
        options={[
          { value: 'create', label: 'are added at their first sign-in' },
          { value: 'refuse', label: 'may not sign in' },
        ]}
        hint="A user here without a password, and no administrator, is linked by the user name."
      />
      <SyncBoxes sync={ldap.sync} onChange={(sync) => set({ sync })} />
      <div className="grid gap-4 sm:grid-cols-2">
        <PartField
          {...field}
          name="recheckMinutes"
          label="Look whether people are still there, every … minutes"
          hint="Who is not is signed out; while the directory is away, nobody is. 0: never."
          inputMode="numeric"
          maxLength={4}
        />
        <PartField
          {...field}
          name="timeoutSeconds"
          label="Wait for a server, seconds"
          inputMode="numeric"
          maxLength={2}
        />
      </div>
    </>
  );
}

function Attributes({ form }: { readonly form: Form<SignInValues> }) {
  const { ldap } = form.values;
  const field = {
    ...{ part: ldap.attributes, path: 'ldap.attributes', form, maxLength: 100 },
    onChange: (attributes: typeof ldap.attributes) => form.set('ldap', { ...ldap, attributes }),
  };
  return (
    <fieldset>
      <legend className="mb-2 text-[0.8125rem] font-medium text-ink">Attributes</legend>
      <div className="grid gap-4 sm:grid-cols-3">
        <PartField {...field} name="username" label="User name" />
        <PartField {...field} name="name" label="Name" />
        <PartField {...field} name="email" label="E-mail" />
        <PartField {...field} name="extension" label="Extension" hint="Empty: extensions are set here." />
        <PartField {...field} name="id" label="Lasting ID" hint="Stays when somebody is renamed." />
      </div>
    </fieldset>
  );
}

function Groups({ form }: { readonly form: Form<SignInValues> }) {
  const { ldap } = form.values;
  const { groups } = ldap;
  const put = (next: typeof groups) => form.set('ldap', { ...ldap, groups: next });
  const field = { part: groups, path: 'ldap.groups', form, onChange: put };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label="Groups are found"
        name="ldap.groups.from"
        value={groups.from}
        onChange={(event) => put({ ...groups, from: groupsShape.shape.from.parse(event.target.value) })}
        options={[
          { value: 'search', label: 'by searching for groups with this member' },
          { value: 'attribute', label: 'in an attribute of the person' },
        ]}
      />
      {groups.from === 'attribute' ? (
        <PartField {...field} name="attribute" label="Attribute" placeholder="memberOf" maxLength={100} />
      ) : (
        <>
          <PartField {...field} name="baseDn" label="Base of groups" hint="Empty: the base of people." />
          <PartField
            {...field}
            className="sm:col-span-2"
            name="filter"
            label="Filter of groups"
            hint="{dn} and {username} stand for the person’s."
            maxLength={1000}
          />
        </>
      )}
    </div>
  );
}
