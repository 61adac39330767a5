'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { availabilitySettings, type SavedAvailability, savedAvailability } from '@/server/protocol/availability';
import { call, type Outcome } from '../../auth/api';
import { SaveBar } from '../save-bar';
import { useForm } from '../use-form';
import { useLeaveGuard } from '../use-leave-guard';
import { changedByBoth, settingsOf, valuesOf } from './availability-values';
import { OpenSipsCard } from './opensips-card';
import { PresenceRuleCard, QueuesCard } from './rules-card';
import { SourcesCard } from './sources-card';
import { StatesCard } from './states-card';

interface AvailabilityFormProps {
  readonly saved: SavedAvailability;
  readonly onSaved: (saved: SavedAvailability) => void;
  readonly reload: () => Promise<SavedAvailability | null>;
}

export function AvailabilityForm({ saved, onSaved, reload }: AvailabilityFormProps) {
  const [takenOver, setTakenOver] = useState<string | null>(null);
  const form = useForm({
    initial: valuesOf(saved.settings),
    schema: availabilitySettings,
    body: settingsOf,
    send: async (settings) => withinSettings(await put({ version: saved.version, settings })),
    done: (now) => {
      onSaved(now);
      form.reset(valuesOf(now.settings));
      setTakenOver(null);
      toast.success('Saved. It is in force now.');
    },
  });
  useLeaveGuard(form.dirty);
  const takeNewest = async (keepMine: boolean) => {
    const newest = await reload();
    if (!newest) return;
    const both = changedByBoth(saved.settings, settingsOf(form.values), newest.settings);
    const values = valuesOf(newest.settings);
    if (keepMine) form.rebase(values);
    else form.reset(values);
    setTakenOver(keepMine ? takenOverWords(both) : null);
  };
  const discard = () => {
    form.reset(valuesOf(saved.settings));
    setTakenOver(null);
  };
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
      <SaveBar
        form={form}
        takenOver={takenOver}
        takeNewest={(keepMine) => void takeNewest(keepMine)}
        discard={discard}
      />
    </form>
  );
}

function put(body: SavedAvailability): Promise<Outcome<SavedAvailability>> {
  return call(savedAvailability, 'admin/availability', { method: 'PUT', body });
}

/** The form knows its fields by their path within the settings. */
function withinSettings<T>(outcome: Outcome<T>): Outcome<T> {
  if (outcome.ok || outcome.field === undefined) return outcome;
  return { ...outcome, field: outcome.field.replace(/^settings\./, '') };
}

function takenOverWords(both: readonly string[]): string {
  const kept = 'Their changes are in the form, and yours are kept. Look it through, then save.';
  if (both.length === 0) return kept;
  return `${kept} Both of you changed ${both.join(' and ')}: there yours is shown, and would replace theirs.`;
}
