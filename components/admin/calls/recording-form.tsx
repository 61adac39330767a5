'use client';

import {
  defaultRecording,
  type RecordingSettings,
  recordingSettings,
  type SavedRecording,
  savedRecording,
} from '@/server/protocol/recording';
import { recordingFields } from '@/server/protocol/recording-default';
import { Card } from '../../account/card';
import { call } from '../../auth/api';
import { Button } from '../../ui/button';
import { SelectField } from '../../ui/select-field';
import { TextField } from '../../ui/text-field';
import { SaveBar } from '../save-bar';
import { type SettingsFormProps, useSettingsForm } from '../use-settings-form';
import { exampleName, fieldWords, formatWords } from './recording-words';

/** How recordings are named. */
export function RecordingForm(props: SettingsFormProps<SavedRecording>) {
  const { saved } = props;
  const { form, bar } = useSettingsForm<RecordingSettings, RecordingSettings, SavedRecording>({
    ...props,
    valuesOf: ({ settings }) => settings,
    schema: recordingSettings,
    body: (values) => values,
    send: (settings) => {
      const body = { version: saved.version, settings };
      return call(savedRecording, 'admin/recording', { method: 'PUT', body });
    },
    within: 'settings',
    inForce: 'Saved. The next recording has this name.',
  });
  const { values } = form;
  return (
    <Card
      id="recording"
      title="Names of recordings"
      description="Files stand below the PBX's folder for recordings; a slash makes folders."
    >
      <form ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
          <TextField
            label="Name"
            name="template"
            value={values.template}
            onChange={(event) => form.set('template', event.target.value)}
            error={form.problem('template')}
            hint={
              <>
                For example <span className="break-all font-mono">{exampleName(values)}</span>
              </>
            }
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={160}
          />
          <SelectField
            label="Format"
            name="format"
            value={values.format}
            onChange={(event) => form.set('format', recordingSettings.shape.format.parse(event.target.value))}
            options={Object.entries(formatWords).map(([value, label]) => ({ value, label }))}
            error={form.problem('format')}
          />
        </div>
        <dl className="grid gap-x-4 text-xs text-ink-2 sm:grid-cols-2">
          {recordingFields.map((field) => (
            <div key={field} className="flex gap-2">
              <dt className="w-22 shrink-0 font-mono text-ink">{`{${field}}`}</dt>
              <dd>{fieldWords[field]}</dd>
            </div>
          ))}
        </dl>
        <Button
          size="small"
          tone="plain"
          className="self-start"
          disabled={values.template === defaultRecording.template && values.format === defaultRecording.format}
          onClick={() => {
            form.set('template', defaultRecording.template);
            form.set('format', defaultRecording.format);
          }}
        >
          Back to the default
        </Button>
        <SaveBar {...bar} inCard />
      </form>
    </Card>
  );
}
