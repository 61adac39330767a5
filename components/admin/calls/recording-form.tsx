'use client';

import { toast } from 'sonner';
import {
  defaultRecording,
  type RecordingSettings,
  recordingSettings,
  type SavedRecording,
  savedRecording,
} from '@/server/protocol/recording';
import { recordingFields } from '@/server/protocol/recording-default';
import { Card } from '../../account/card';
import { call, type Outcome } from '../../auth/api';
import { Button } from '../../ui/button';
import { SelectField } from '../../ui/select-field';
import { TextField } from '../../ui/text-field';
import { FormFailure } from '../form-failure';
import { useForm } from '../use-form';
import { useLeaveGuard } from '../use-leave-guard';
import { exampleName, fieldWords, formatWords } from './recording-words';

interface RecordingFormProps {
  readonly saved: SavedRecording;
  readonly onSaved: (saved: SavedRecording) => void;
  readonly reload: () => Promise<SavedRecording | null>;
}

/** How recordings are named. */
export function RecordingForm({ saved, onSaved, reload }: RecordingFormProps) {
  const form = useForm<RecordingSettings, RecordingSettings, SavedRecording>({
    initial: saved.settings,
    schema: recordingSettings,
    body: (values) => values,
    send: async (settings) => {
      const body = { version: saved.version, settings };
      return withinSettings(await call(savedRecording, 'admin/recording', { method: 'PUT', body }));
    },
    done: (now) => {
      onSaved(now);
      form.reset(now.settings);
      toast.success('Saved. The next recording has this name.');
    },
  });
  useLeaveGuard(form.dirty);
  const { values } = form;
  const take = async () => {
    const newest = await reload();
    if (newest) form.reset(newest.settings);
  };
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
        <FormFailure failure={form.failure}>
          {form.failure?.error === 'conflict' ? (
            <div className="mt-2">
              <Button size="small" onClick={() => void take()}>
                Show what is saved now
              </Button>
            </div>
          ) : null}
        </FormFailure>
        <div className="flex justify-end gap-2">
          <Button
            tone="plain"
            disabled={values.template === defaultRecording.template && values.format === defaultRecording.format}
            onClick={() => {
              form.set('template', defaultRecording.template);
              form.set('format', defaultRecording.format);
            }}
          >
            As at first
          </Button>
          <Button type="submit" tone="primary" busy={form.busy} disabled={!form.dirty}>
            Save
          </Button>
        </div>
      </form>
    </Card>
  );
}

function withinSettings<T>(outcome: Outcome<T>): Outcome<T> {
  if (outcome.ok || outcome.field === undefined) return outcome;
  return { ...outcome, field: outcome.field.replace(/^settings\./, '') };
}
