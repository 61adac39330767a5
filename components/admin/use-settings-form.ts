'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import type { z } from 'zod';
import type { Outcome } from '../auth/api';
import { type Form, useForm } from './use-form';
import { useLeaveGuard } from './use-leave-guard';

/** What a page of settings is given. `reload` answers what is saved now; null: it could not be read. */
export interface SettingsFormProps<R> {
  readonly saved: R;
  readonly onSaved: (saved: R) => void;
  readonly reload: () => Promise<R | null>;
}

interface SettingsFormOptions<V extends object, B, R> extends SettingsFormProps<R> {
  readonly valuesOf: (saved: R) => V;
  readonly schema: z.ZodType<B>;
  readonly body: (values: V) => unknown;
  readonly send: (body: B) => Promise<Outcome<R>>;
  /** Path of what is edited within what is sent: the form knows its fields without it. */
  readonly within: string;
  /** Told when it was saved. */
  readonly inForce: string;
  /** What both changed, in words, when the newest is taken over. */
  readonly both?: (values: V, newest: R) => string | null;
}

const kept = 'Their changes are in the form, and yours are kept. Look it through, then save.';

/** A form of settings with a version: saved as a whole, guarded against leaving and against somebody else's save. */
export function useSettingsForm<V extends object, B, R>(options: SettingsFormOptions<V, B, R>) {
  const { saved, onSaved, reload, valuesOf, within } = options;
  const [takenOver, setTakenOver] = useState<string | null>(null);
  const form: Form<V> = useForm({
    initial: valuesOf(saved),
    schema: options.schema,
    body: options.body,
    send: async (body) => inside(await options.send(body), within),
    done: (now: R) => {
      onSaved(now);
      startOver(now);
      toast.success(options.inForce);
    },
  });
  const startOver = (from: R): void => {
    form.reset(valuesOf(from));
    setTakenOver(null);
  };
  useLeaveGuard(form.dirty);
  const takeNewest = async (keepMine: boolean): Promise<void> => {
    const newest = await reload();
    if (!newest) return;
    if (!keepMine) return startOver(newest);
    const both = options.both?.(form.values, newest) ?? null;
    form.rebase(valuesOf(newest));
    setTakenOver(both === null ? kept : `${kept} ${both}`);
  };
  const bar = {
    form,
    takenOver,
    takeNewest: (keepMine: boolean) => void takeNewest(keepMine),
    discard: () => startOver(saved),
  };
  return { form, bar };
}

function inside<T>(outcome: Outcome<T>, within: string): Outcome<T> {
  if (outcome.ok || !outcome.field?.startsWith(`${within}.`)) return outcome;
  return { ...outcome, field: outcome.field.slice(within.length + 1) };
}
