'use client';

import { useState } from 'react';
import { type LayoutsAnswer, layoutsAnswer, type RoleLayout, savedLayoutDefaults } from '@/server/protocol/layout';
import { Card } from '../../account/card';
import { call } from '../../auth/api';
import { SelectField } from '../../ui/select-field';
import { LoadFailure } from '../load-failure';
import { SaveBar } from '../save-bar';
import { SectionSkeleton } from '../section-skeleton';
import { useResource } from '../use-resource';
import { type SettingsFormProps, useSettingsForm } from '../use-settings-form';
import { type Roles, useRoles } from '../users/use-roles';
import { LayoutFields } from './layout-fields';
import { LayoutPeople } from './layout-people';
import { LayoutPreview } from './layout-preview';
import { type Person, usePeople } from './use-people';

export default function LayoutsSection() {
  const saved = useResource(layoutsAnswer, 'admin/layouts');
  const roles = useRoles();
  const people = usePeople();
  if (saved.failure) return <LoadFailure failure={saved.failure} retry={() => void saved.reload()} />;
  if (!saved.value) return <SectionSkeleton />;
  return <LayoutsForm saved={saved.value} onSaved={saved.set} reload={saved.reload} roles={roles} people={people} />;
}

interface LayoutsFormProps extends SettingsFormProps<LayoutsAnswer> {
  readonly roles: Roles;
  /** Null until they have been read. */
  readonly people: readonly Person[] | null;
}

function LayoutsForm(props: LayoutsFormProps) {
  const { saved, onSaved, reload, roles, people } = props;
  const [role, setRole] = useState('receptionist');
  const { form, bar } = useSettingsForm({
    ...{ saved, onSaved, reload },
    valuesOf: (answer: LayoutsAnswer) => ({ roles: answer.settings.roles }),
    schema: savedLayoutDefaults,
    body: (values) => ({ version: saved.version, settings: values }),
    send: (body) => call(layoutsAnswer, 'admin/layouts', { method: 'PUT', body }),
    within: 'settings',
    inForce: 'Saved. Open panels show it now, but for what their people arranged themselves.',
  });
  const layout = form.values.roles[role] ?? {};
  const change = (part: RoleLayout) =>
    form.set('roles', { ...form.values.roles, [role]: { ...form.values.roles[role], ...part } });
  const forget = () => {
    const { [role]: _, ...others } = form.values.roles;
    form.set('roles', others);
  };
  return (
    <div className="flex flex-col gap-5">
      <form ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-5">
        <SelectField
          className="max-w-72"
          label="Layout of the role"
          value={role}
          onChange={(event) => setRole(event.target.value)}
          options={roles.list.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <LayoutFields layout={layout} people={people ?? []} onChange={change} onForget={forget} />
        <Card
          id="preview"
          title="How it looks"
          description="Pull a tile to its place, or press Alt+Shift and an arrow on it; H hides a person and shows them again."
        >
          <LayoutPreview layout={layout} people={people} onChange={change} />
        </Card>
        <SaveBar {...bar} />
      </form>
      <LayoutPeople role={role} users={saved.users} reload={reload} />
    </div>
  );
}
