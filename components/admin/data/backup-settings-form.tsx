'use client';

import type { z } from 'zod';
import { backupSettings, passphrase, type SavedBackups, savedBackups } from '@/server/protocol/backups';
import { Card } from '../../account/card';
import { call } from '../../auth/api';
import { SelectField } from '../../ui/select-field';
import { TextField } from '../../ui/text-field';
import { CheckBox } from '../check-box';
import { SaveBar } from '../save-bar';
import { type SettingsFormProps, useSettingsForm } from '../use-settings-form';

interface Values {
  readonly hour: string;
  readonly keepDays: string;
  readonly keepWeeks: string;
  readonly withKey: boolean;
  readonly passphrase: string;
}

const never = 'never';
const hours = [
  { value: never, label: 'Never' },
  ...Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    label: `Every day at ${String(hour).padStart(2, '0')}:00`,
  })),
];

/** What is sent: the settings beside the passphrase, which is no part of them. */
const edited = backupSettings.extend({ passphrase: passphrase.nullable().optional() });

function valuesOf({ settings, hasPassphrase }: SavedBackups): Values {
  return {
    hour: settings.hour === null ? never : String(settings.hour),
    keepDays: String(settings.keepDays),
    keepWeeks: String(settings.keepWeeks),
    withKey: hasPassphrase,
    passphrase: '',
  };
}

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** When backups are made by themselves, and how many are kept. */
export function BackupSettingsForm(props: SettingsFormProps<SavedBackups>) {
  const { saved } = props;
  const { form, bar } = useSettingsForm<Values, z.infer<typeof edited>, SavedBackups>({
    ...props,
    valuesOf,
    schema: edited,
    body: ({ hour, keepDays, keepWeeks, withKey, passphrase: typed }) => ({
      hour: hour === never ? null : Number(hour),
      keepDays: numberOf(keepDays),
      keepWeeks: numberOf(keepWeeks),
      ...(withKey ? (typed !== '' || !saved.hasPassphrase) && { passphrase: typed } : { passphrase: null }),
    }),
    send: ({ passphrase: typed, ...settings }) => {
      const body = { version: saved.version, settings, ...(typed !== undefined && { passphrase: typed }) };
      return call(savedBackups, 'admin/backups/settings', { method: 'PUT', body });
    },
    within: 'settings',
    inForce: 'Saved. It is in force now.',
  });
  const { values } = form;
  return (
    <Card id="backup-times" title="Backups by themselves" description="Times are those of the panel's machine.">
      <form ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-3">
          <SelectField
            label="Make one"
            name="hour"
            options={hours}
            value={values.hour}
            onChange={({ target }) => form.set('hour', target.value)}
          />
          <TextField
            label="Keep one a day for so many days"
            name="keepDays"
            type="text"
            inputMode="numeric"
            autoComplete="off"
            value={values.keepDays}
            onChange={({ target }) => form.set('keepDays', target.value)}
            error={form.problem('keepDays')}
            maxLength={3}
          />
          <TextField
            label="And one a week for so many weeks"
            name="keepWeeks"
            type="text"
            inputMode="numeric"
            autoComplete="off"
            value={values.keepWeeks}
            onChange={({ target }) => form.set('keepWeeks', target.value)}
            error={form.problem('keepWeeks')}
            maxLength={3}
          />
        </div>
        <CheckBox
          label="With the key of the secrets, locked with a passphrase"
          hint="Then they can be restored on another machine. The passphrase is kept nowhere."
          checked={values.withKey}
          onChange={(withKey) => form.set('withKey', withKey)}
        />
        {values.withKey ? (
          <TextField
            label={saved.hasPassphrase ? 'Another passphrase' : 'Passphrase'}
            name="passphrase"
            type="password"
            autoComplete="new-password"
            className="max-w-96"
            value={values.passphrase}
            onChange={({ target }) => form.set('passphrase', target.value)}
            error={form.problem('passphrase')}
            hint={saved.hasPassphrase ? 'Empty: as it is.' : 'At least 12 characters. Write it down.'}
            maxLength={200}
          />
        ) : null}
        <SaveBar {...bar} inCard />
      </form>
    </Card>
  );
}
