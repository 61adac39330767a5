'use client';

import { accessSettings, type SavedAccess, savedAccess } from '@/server/protocol/access';
import { call } from '../../auth/api';
import { SaveBar } from '../save-bar';
import { type SettingsFormProps, useSettingsForm } from '../use-settings-form';
import { accessOf, accessValues } from './access-values';
import { GroupsCard } from './groups-card';
import { RolesCard } from './roles-card';
import { useOffice } from './use-office';

/** Groups, and what each role may do. */
export function AccessForm(props: SettingsFormProps<SavedAccess>) {
  const office = useOffice();
  const { form, bar } = useSettingsForm({
    ...props,
    valuesOf: ({ settings }) => accessValues(settings),
    schema: accessSettings,
    body: accessOf,
    send: (settings) =>
      call(savedAccess, 'admin/access', { method: 'PUT', body: { version: props.saved.version, settings } }),
    within: 'settings',
    inForce: 'Saved. It is in force now, in every open panel.',
  });
  return (
    <form
      ref={form.ref}
      onSubmit={form.submit}
      noValidate
      className="flex flex-col gap-5 [&_:is(input,select,button)]:scroll-mb-24"
    >
      <GroupsCard form={form} office={office} />
      <RolesCard form={form} />
      <SaveBar {...bar} />
    </form>
  );
}
