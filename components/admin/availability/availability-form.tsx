'use client';

import { availabilitySettings, type SavedAvailability, savedAvailability } from '@/server/protocol/availability';
import { call } from '../../auth/api';
import { SaveBar } from '../save-bar';
import { type SettingsFormProps, useSettingsForm } from '../use-settings-form';
import { changedByBoth, settingsOf, valuesOf } from './availability-values';
import { OpenSipsCard } from './opensips-card';
import { PresenceRuleCard, QueuesCard } from './rules-card';
import { SourcesCard } from './sources-card';
import { StatesCard } from './states-card';

export function AvailabilityForm(props: SettingsFormProps<SavedAvailability>) {
  const { saved } = props;
  const { form, bar } = useSettingsForm({
    ...props,
    valuesOf: ({ settings }) => valuesOf(settings),
    schema: availabilitySettings,
    body: settingsOf,
    send: (settings) =>
      call(savedAvailability, 'admin/availability', { method: 'PUT', body: { version: saved.version, settings } }),
    within: 'settings',
    inForce: 'Saved. It is in force now.',
    both: (values, newest) => bothWords(changedByBoth(saved.settings, settingsOf(values), newest.settings)),
  });
  return (
    <form
      ref={form.ref}
      onSubmit={form.submit}
      noValidate
      // What has the focus does not stand behind the bar below.
      className="flex flex-col gap-5 [&_:is(input,select,button)]:scroll-mb-24"
    >
      <SourcesCard form={form} />
      <OpenSipsCard form={form} />
      <StatesCard form={form} />
      <PresenceRuleCard form={form} />
      <QueuesCard form={form} />
      <p className="px-1 text-sm text-ink-2">
        Where calls may be forwarded to is set under{' '}
        <a href="/admin/calls/#numbers" className="font-medium text-accent underline underline-offset-2">
          Calls
        </a>
        , for calls and forwarding together.
      </p>
      <SaveBar {...bar} />
    </form>
  );
}

function bothWords(both: readonly string[]): string | null {
  if (both.length === 0) return null;
  return `Both of you changed ${both.join(' and ')}: there yours is shown, and would replace theirs.`;
}
