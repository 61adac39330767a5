'use client';

import type { ReactNode } from 'react';
import {
  type CreateUserBody,
  createUserBody,
  type UserRecord,
  updateUserBody,
  userRecord,
} from '@/server/protocol/admin';
import { type Role, role as roleSchema } from '@/server/protocol/permissions';
import { ExtensionField } from '../../account/extension-field';
import { NewPasswordField } from '../../account/new-password-field';
import { call } from '../../auth/api';
import { SelectField } from '../../ui/select-field';
import { TextField } from '../../ui/text-field';
import { OwnRights, type OwnValues } from '../access/own-rights';
import { FormDialog } from '../form-dialog';
import { FormFailure } from '../form-failure';
import { type Form, useForm } from '../use-form';
import { TakeNewest } from './take-newest';
import { useRoles } from './use-roles';

interface PersonValues extends OwnValues {
  readonly name: string;
  readonly email: string;
}

/** How a new user gets in. */
type Entry = 'link' | 'password' | 'later';

const entries: readonly { readonly value: Entry; readonly label: string }[] = [
  { value: 'link', label: 'They set a password by a link that I send' },
  { value: 'password', label: 'With a password that I set now' },
  { value: 'later', label: 'Not yet, or with a company account' },
];

interface NewUserProps {
  readonly onClose: () => void;
  /** `invite`: the link is to be made next. */
  readonly onAdded: (user: UserRecord, invite: boolean) => void;
}

export function NewUser({ onClose, onAdded }: NewUserProps) {
  const form = useForm({
    initial: {
      name: '',
      username: '',
      role: 'receptionist' as Role,
      extension: '',
      grants: null as OwnValues['grants'],
      sees: null as OwnValues['sees'],
      email: '',
      entry: 'link' as Entry,
      password: '',
    },
    schema: createUserBody,
    body: ({ entry, password, ...values }): CreateUserBody => ({
      ...values,
      extension: values.extension.trim() || null,
      email: values.email.trim() || null,
      ...(entry === 'password' && { password }),
    }),
    send: (body) => call(userRecord, 'admin/users', { method: 'POST', body }),
    done: (user, { entry }) => onAdded(user, entry === 'link'),
  });
  const { values, errors, set } = form;
  return (
    <FormDialog form={form} title="Add a user" action="Add" onClose={onClose}>
      <PersonFields form={form} user={null}>
        <TextField
          label="User name"
          name="username"
          value={values.username}
          onChange={(event) => set('username', event.target.value)}
          error={errors.username}
          hint="To sign in with; it cannot be changed later."
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
        />
        <SelectField
          label="How they sign in"
          name="entry"
          value={values.entry}
          onChange={(event) => set('entry', entries.find(({ value }) => value === event.target.value)?.value ?? 'link')}
          options={entries}
        />
        {values.entry === 'password' ? (
          <NewPasswordField
            label="First password"
            name="password"
            value={values.password}
            onChange={(value) => set('password', value)}
            error={errors.password}
          />
        ) : null}
      </PersonFields>
      <FormFailure failure={form.failure} />
    </FormDialog>
  );
}

interface EditUserProps {
  readonly user: UserRecord;
  readonly onClose: () => void;
  readonly onSaved: (user: UserRecord) => void;
  readonly newest: () => Promise<UserRecord | null>;
}

function personOf(user: UserRecord): PersonValues {
  const { name, role, grants, sees } = user;
  return { name, role, extension: user.extension ?? '', email: user.email ?? '', grants, sees };
}

export function EditUser({ user, onClose, onSaved, newest }: EditUserProps) {
  const form = useForm({
    initial: personOf(user),
    schema: updateUserBody,
    body: ({ extension, email, ...values }) => ({
      ...values,
      extension: extension.trim() || null,
      email: email.trim() || null,
      version: user.version,
    }),
    send: (body) => call(userRecord, `admin/users/${user.id}`, { method: 'PATCH', body }),
    done: onSaved,
  });
  const take = async () => {
    const record = await newest();
    if (record) form.reset(personOf(record));
    else onClose();
  };
  return (
    <FormDialog
      form={form}
      title={user.name}
      description={`User name: ${user.username}`}
      action="Save"
      onClose={onClose}
    >
      <PersonFields form={form} user={user.id} />
      <FormFailure failure={form.failure}>
        <TakeNewest failure={form.failure} take={take} />
      </FormFailure>
    </FormDialog>
  );
}

interface PersonFieldsProps<V extends PersonValues> {
  readonly form: Form<V>;
  /** Id of the one who is edited; null: a new one. */
  readonly user: string | null;
  /** More fields, before the rights. */
  readonly children?: ReactNode;
}

function PersonFields<V extends PersonValues>({ form, user, children }: PersonFieldsProps<V>) {
  const { values, errors } = form;
  const roles = useRoles();
  const set = <K extends keyof PersonValues>(name: K, value: PersonValues[K]) => form.set(name, value as V[K]);
  return (
    <>
      <TextField
        label="Name"
        name="name"
        value={values.name}
        onChange={(event) => set('name', event.target.value)}
        error={errors.name}
        autoComplete="off"
        maxLength={80}
      />
      <SelectField
        label="Role"
        name="role"
        value={values.role}
        onChange={(event) => set('role', roleSchema.parse(event.target.value))}
        options={roles.list.map(({ id, name }) => ({ value: id, label: name }))}
        error={errors.role}
        hint={roles.list.find(({ id }) => id === values.role)?.about}
      />
      <ExtensionField
        label="Extension"
        name="extension"
        value={values.extension}
        onChange={(value) => set('extension', value)}
        error={errors.extension}
        hint="The phone of this person; may be left empty."
      />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        value={values.email}
        onChange={(event) => set('email', event.target.value)}
        error={errors.email}
        hint="To send them their link with; may be left empty."
        autoComplete="off"
        spellCheck={false}
        maxLength={254}
      />
      {children}
      <OwnRights
        user={user}
        values={values}
        onGrants={(grants) => set('grants', grants)}
        onSees={(sees) => set('sees', sees)}
        problem={(name) => form.problem(name) ?? firstWithin(errors, name)}
      />
    </>
  );
}

/** The first problem deep inside them. */
function firstWithin(errors: Partial<Record<string, string>>, field: string): string | undefined {
  const path = Object.keys(errors).find((name) => name.startsWith(`${field}.`));
  return path === undefined ? undefined : errors[path];
}
