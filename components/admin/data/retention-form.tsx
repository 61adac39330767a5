'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import {
  type RetentionPreview,
  type RetentionSettings,
  retentionPreview,
  retentionSettings,
  type SavedRetention,
  savedRetention,
} from '@/server/protocol/retention';
import { Card } from '../../account/card';
import { call } from '../../auth/api';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/text-field';
import { SaveBar } from '../save-bar';
import { type SettingsFormProps, useSettingsForm } from '../use-settings-form';
import { PreviewTable } from './preview-table';
import { PurgeDialog } from './purge-dialog';

type Values = Readonly<Record<keyof RetentionSettings, string>>;

const dayFields = [
  { name: 'calls', label: 'Calls and notes on them' },
  { name: 'audit', label: 'Audit log' },
  { name: 'changes', label: 'Changes of availability' },
  { name: 'incidents', label: 'What happened to the panel' },
] as const;

function valuesOf({ settings }: SavedRetention): Values {
  const text = (days: number | null): string => (days === null ? '' : String(days));
  const { calls, audit, changes, incidents, recordings, recordingsFolder } = settings;
  return {
    calls: text(calls),
    audit: text(audit),
    changes: text(changes),
    incidents: text(incidents),
    recordings: text(recordings),
    recordingsFolder,
  };
}

/** Empty: for ever. */
function settingsOf(values: Values): unknown {
  const days = (text: string): number | null => (text.trim() === '' ? null : Number(text));
  return {
    calls: days(values.calls),
    audit: days(values.audit),
    changes: days(values.changes),
    incidents: days(values.incidents),
    recordings: days(values.recordings),
    recordingsFolder: values.recordingsFolder,
  };
}

const exports = [
  { address: '/api/v1/calls.csv', label: 'Calls' },
  { address: '/api/v1/admin/audit.csv', label: 'Audit log' },
  { address: '/api/v1/history.csv', label: 'Changes of availability' },
] as const;

/** How long what is written down is kept, and the way to remove the rest now. */
export function RetentionForm(props: SettingsFormProps<SavedRetention>) {
  const { saved } = props;
  const [preview, setPreview] = useState<RetentionPreview | null>(null);
  const [looking, setLooking] = useState(false);
  const [purging, setPurging] = useState(false);
  const { form, bar } = useSettingsForm<Values, RetentionSettings, SavedRetention>({
    ...props,
    valuesOf,
    schema: retentionSettings,
    body: settingsOf,
    send: (settings) => {
      const body = { version: saved.version, settings };
      return call(savedRetention, 'admin/retention', { method: 'PUT', body });
    },
    within: 'settings',
    inForce: 'Saved. What is too old is removed every day.',
  });
  const look = async (): Promise<void> => {
    const body = retentionSettings.safeParse(settingsOf(form.values));
    if (!body.success) {
      toast.error(`A field is not right yet: ${body.error.issues[0]?.message}.`);
      return;
    }
    setLooking(true);
    const outcome = await call(retentionPreview, 'admin/retention/preview', { method: 'POST', body: body.data });
    setLooking(false);
    if (outcome.ok) setPreview(outcome.value);
    else toast.error(outcome.message);
  };
  const days = (name: keyof Values, label: string, hint?: string) => (
    <TextField
      key={name}
      label={label}
      name={name}
      type="text"
      inputMode="numeric"
      autoComplete="off"
      placeholder="For ever"
      value={form.values[name]}
      onChange={({ target }) => form.set(name, target.value)}
      error={form.problem(name)}
      {...(hint !== undefined && { hint })}
      maxLength={5}
    />
  );
  return (
    <Card
      id="retention"
      title="How long things are kept"
      description="In days; empty: for ever. What is older is removed every day. The chain of the audit log can still be checked afterwards."
    >
      <form ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-4">
        <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-4">
          {dayFields.map(({ name, label }) => days(name, label))}
        </div>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          {days('recordings', 'Recordings', 'Only files named as this panel names its recordings are ever removed.')}
          <TextField
            label="Folder of recordings"
            name="recordingsFolder"
            placeholder="/var/spool/asterisk/monitor"
            value={form.values.recordingsFolder}
            onChange={({ target }) => form.set('recordingsFolder', target.value)}
            error={form.problem('recordingsFolder')}
            hint="As the panel's machine sees it. Empty: it cannot reach them."
            autoComplete="off"
            spellCheck={false}
            maxLength={400}
          />
        </div>
        {preview ? <PreviewTable preview={preview} /> : null}
        <div className="flex flex-wrap gap-2">
          <Button busy={looking} onClick={() => void look()}>
            What would go now?
          </Button>
          <Button disabled={form.dirty} onClick={() => setPurging(true)}>
            Remove it now…
          </Button>
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="text-sm text-ink-2">Take it along first:</p>
          {exports.map(({ address, label }) => (
            <a
              key={address}
              href={address}
              download
              className="flex min-h-6 items-center gap-1.5 text-sm font-medium text-ink underline underline-offset-2"
            >
              <Download aria-hidden className="size-4" />
              {label} as CSV
            </a>
          ))}
        </div>
        <SaveBar {...bar} inCard />
      </form>
      {purging ? (
        <PurgeDialog
          settings={saved.settings}
          onClose={() => {
            setPurging(false);
            setPreview(null);
          }}
        />
      ) : null}
    </Card>
  );
}
