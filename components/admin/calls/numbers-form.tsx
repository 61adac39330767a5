'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { type SavedAvailability, savedAvailability } from '@/server/protocol/availability';
import { numberRules } from '@/server/protocol/number-rules';
import { call, type Outcome } from '../../auth/api';
import { SaveBar } from '../save-bar';
import { useForm } from '../use-form';
import { useLeaveGuard } from '../use-leave-guard';
import { numberValues, rulesOf } from './number-values';
import { NumbersCard } from './numbers-card';

interface NumbersFormProps {
  readonly saved: SavedAvailability;
  readonly onSaved: (saved: SavedAvailability) => void;
  readonly reload: () => Promise<SavedAvailability | null>;
}

/** The number rules; they are kept with the settings of availability, whose forwarding obeys them too. */
export function NumbersForm({ saved, onSaved, reload }: NumbersFormProps) {
  const [takenOver, setTakenOver] = useState<string | null>(null);
  const form = useForm({
    initial: numberValues(saved.settings.numbers),
    schema: numberRules,
    body: rulesOf,
    send: async (numbers) => {
      const body = { version: saved.version, settings: { ...saved.settings, numbers } };
      return withinNumbers(await call(savedAvailability, 'admin/availability', { method: 'PUT', body }));
    },
    done: (now) => {
      onSaved(now);
      form.reset(numberValues(now.settings.numbers));
      setTakenOver(null);
      toast.success('Saved. It is in force now.');
    },
  });
  useLeaveGuard(form.dirty);
  const takeNewest = async (keepMine: boolean) => {
    const newest = await reload();
    if (!newest) return;
    const values = numberValues(newest.settings.numbers);
    if (keepMine) form.rebase(values);
    else form.reset(values);
    setTakenOver(keepMine ? 'Their changes are in the form, and yours are kept. Look it through, then save.' : null);
  };
  const discard = () => {
    form.reset(numberValues(saved.settings.numbers));
    setTakenOver(null);
  };
  return (
    <form
      ref={form.ref}
      onSubmit={form.submit}
      noValidate
      className="flex flex-col gap-3 [&_:is(input,select,button)]:scroll-mb-24"
    >
      <NumbersCard form={form} />
      <SaveBar
        form={form}
        takenOver={takenOver}
        takeNewest={(keepMine) => void takeNewest(keepMine)}
        discard={discard}
      />
    </form>
  );
}

/** The form knows its fields by their path within the rules. */
function withinNumbers<T>(outcome: Outcome<T>): Outcome<T> {
  if (outcome.ok || outcome.field === undefined) return outcome;
  return { ...outcome, field: outcome.field.replace(/^settings\.numbers\./, '') };
}
