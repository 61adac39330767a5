'use client';

import { type SavedAvailability, savedAvailability } from '@/server/protocol/availability';
import { numberRules } from '@/server/protocol/number-rules';
import { call } from '../../auth/api';
import { SaveBar } from '../save-bar';
import { type SettingsFormProps, useSettingsForm } from '../use-settings-form';
import { numberValues, rulesOf } from './number-values';
import { NumbersCard } from './numbers-card';

/** The number rules; they are kept with the settings of availability, whose forwarding obeys them too. */
export function NumbersForm(props: SettingsFormProps<SavedAvailability>) {
  const { saved } = props;
  const { form, bar } = useSettingsForm({
    ...props,
    valuesOf: ({ settings }) => numberValues(settings.numbers),
    schema: numberRules,
    body: rulesOf,
    send: (numbers) => {
      const body = { version: saved.version, settings: { ...saved.settings, numbers } };
      return call(savedAvailability, 'admin/availability', { method: 'PUT', body });
    },
    within: 'settings.numbers',
    inForce: 'Saved. It is in force now.',
  });
  return (
    <form
      ref={form.ref}
      onSubmit={form.submit}
      noValidate
      className="flex flex-col gap-5 [&_:is(input,select,button)]:scroll-mb-24"
    >
      <NumbersCard form={form} />
      <SaveBar {...bar} />
    </form>
  );
}
