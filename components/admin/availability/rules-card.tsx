'use client';

import type { PresenceRule } from '@/server/protocol/availability';
import { Card } from '../../account/card';
import { Switch } from '../../ui/switch';
import { TextField } from '../../ui/text-field';
import type { Form } from '../use-form';
import type { AvailabilityValues } from './availability-values';

const rules: readonly { readonly value: PresenceRule; readonly label: string; readonly about: string }[] = [
  {
    value: 'both',
    label: 'They follow each other',
    about:
      'Do-not-disturb shows as presence, presence “Do not disturb” silences the phone. Any other presence ends it.',
  },
  {
    value: 'dndToPresence',
    label: 'Presence follows do-not-disturb',
    about: 'Do-not-disturb shows as presence until it ends. Choosing a presence silences no phone.',
  },
  {
    value: 'presenceToDnd',
    label: 'Do-not-disturb follows presence',
    about: 'Presence “Do not disturb” silences the phone. The do-not-disturb key leaves presence as it is.',
  },
  { value: 'none', label: 'Each on its own', about: 'Neither changes the other.' },
];

/** How do-not-disturb and presence go together. */
export function PresenceRuleCard({ form }: { readonly form: Form<AvailabilityValues> }) {
  return (
    <Card id="rule" title="Presence and do-not-disturb">
      <fieldset className="flex flex-col gap-1">
        <legend className="sr-only">How they follow each other</legend>
        {rules.map(({ value, label, about }) => (
          <label key={value} className="flex cursor-pointer items-start gap-2.5 py-1 text-sm text-ink">
            <input
              type="radio"
              name="presenceRule"
              value={value}
              checked={form.values.presenceRule === value}
              onChange={() => form.set('presenceRule', value)}
              className="mt-0.5 size-4 shrink-0 cursor-pointer accent-accent"
            />
            <span>
              {label}
              <span className="block text-[0.8125rem] text-ink-2">{about}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </Card>
  );
}

/** What do-not-disturb does to queue memberships. */
export function QueuesCard({ form }: { readonly form: Form<AvailabilityValues> }) {
  const { queuePause } = form.values;
  const label = 'Do-not-disturb pauses queue memberships';
  return (
    <Card id="queues" title="Queues">
      <div className="flex items-start justify-between gap-4">
        <div>
          <p className="text-sm text-ink">{label}</p>
          <p className="text-[0.8125rem] text-ink-2">
            Afterwards only what the panel itself paused is un-paused; a pause by anybody else stays.
          </p>
        </div>
        <Switch
          label={label}
          checked={queuePause.enabled}
          onChange={(enabled) => form.set('queuePause', { ...queuePause, enabled })}
        />
      </div>
      {queuePause.enabled ? (
        <TextField
          className="mt-4 max-w-80"
          label="Reason of the pause"
          name="queuePause.reason"
          value={queuePause.reason}
          onChange={(event) => form.set('queuePause', { ...queuePause, reason: event.target.value })}
          error={form.problem('queuePause.reason')}
          hint="Shown in queue reports and on the panel."
          maxLength={60}
        />
      ) : null}
    </Card>
  );
}
