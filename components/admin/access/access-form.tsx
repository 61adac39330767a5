'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { accessSettings, type SavedAccess, savedAccess } from '@/server/protocol/access';
import { call, type Outcome } from '../../auth/api';
import { SaveBar } from '../save-bar';
import { useForm } from '../use-form';
import { useLeaveGuard } from '../use-leave-guard';
import { accessOf, accessValues } from './access-values';
import { GroupsCard } from './groups-card';
import { RolesCard } from './roles-card';
import { useOffice } from './use-office';

interface AccessFormProps {
  readonly saved: SavedAccess;
  readonly onSaved: (saved: SavedAccess) => void;
  readonly reload: () => Promise<SavedAccess | null>;
}

/** Groups, and what each role may do. */
export function AccessForm({ saved, onSaved, reload }: AccessFormProps) {
  const [takenOver, setTakenOver] = useState<string | null>(null);
  const office = useOffice();
  const form = useForm({
    initial: accessValues(saved.settings),
    schema: accessSettings,
    body: accessOf,
    send: async (settings) => {
      const body = { version: saved.version, settings };
      return withinSettings(await call(savedAccess, 'admin/access', { method: 'PUT', body }));
    },
    done: (now) => {
      onSaved(now);
      form.reset(accessValues(now.settings));
      setTakenOver(null);
      toast.success('Saved. It is in force now, in every open panel.');
    },
  });
  useLeaveGuard(form.dirty);
  const takeNewest = async (keepMine: boolean) => {
    const newest = await reload();
    if (!newest) return;
    const values = accessValues(newest.settings);
    if (keepMine) form.rebase(values);
    else form.reset(values);
    setTakenOver(keepMine ? 'Their changes are in the form, and yours are kept. Look it through, then save.' : null);
  };
  const discard = () => {
    form.reset(accessValues(saved.settings));
    setTakenOver(null);
  };
  return (
    <form
      ref={form.ref}
      onSubmit={form.submit}
      noValidate
      className="flex flex-col gap-5 [&_:is(input,select,button)]:scroll-mb-24"
    >
      <GroupsCard form={form} office={office} />
      <RolesCard form={form} />
      <SaveBar
        form={form}
        takenOver={takenOver}
        takeNewest={(keepMine) => void takeNewest(keepMine)}
        discard={discard}
      />
    </form>
  );
}

/** The form knows its fields by their path within the settings. */
function withinSettings<T>(outcome: Outcome<T>): Outcome<T> {
  if (outcome.ok || outcome.field === undefined) return outcome;
  return { ...outcome, field: outcome.field.replace(/^settings\./, '') };
}
