'use client';

import clsx from 'clsx';
import { Button } from '../ui/button';
import { FormFailure } from './form-failure';
import type { Form } from './use-form';

interface SaveBarProps<V extends object> {
  readonly form: Form<V>;
  /** What was taken over from somebody else, in words; null: nothing. */
  readonly takenOver: string | null;
  /** After a conflict: with what is typed here, or without. */
  readonly takeNewest: (keepMine: boolean) => void;
  readonly discard: () => void;
  /** The last of a card: a line above it instead of a frame of its own. */
  readonly inCard?: boolean;
}

/** Stays in sight while something is not saved. */
export function SaveBar<V extends object>({ form, takenOver, takeNewest, discard, inCard = false }: SaveBarProps<V>) {
  return (
    <div
      className={clsx(
        'flex flex-col gap-3 border-line bg-surface px-4 py-3 sm:px-5',
        inCard ? '-mx-4 -mb-4 rounded-b-xl border-t sm:-mx-5' : 'rounded-xl border',
        form.dirty && (inCard ? 'sticky bottom-0 z-10' : 'sticky bottom-3 z-10 shadow-overlay'),
      )}
    >
      <FormFailure failure={form.failure}>
        {form.failure?.error === 'conflict' ? (
          <div className="mt-2 flex flex-wrap gap-2">
            <Button size="small" onClick={() => takeNewest(true)}>
              Take their changes over and keep mine
            </Button>
            <Button size="small" onClick={() => takeNewest(false)}>
              Show what is saved now, without my changes
            </Button>
          </div>
        ) : null}
      </FormFailure>
      <p role="status" className="text-sm text-ink empty:hidden">
        {takenOver}
      </p>
      <div className="flex items-center gap-2">
        <p role="status" className="min-w-0 flex-1 text-sm text-ink-2">
          {standing(form)}
        </p>
        {form.dirty ? (
          <Button disabled={form.busy} onClick={discard}>
            Discard
          </Button>
        ) : null}
        <Button type="submit" tone="primary" busy={form.busy} disabled={!form.dirty}>
          {form.busy ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </div>
  );
}

function standing<V extends object>({ dirty, errors }: Form<V>): string {
  const wrong = Object.values(errors).filter((error) => error !== undefined).length;
  if (wrong > 0) return wrong === 1 ? 'Not saved: one field is not right' : `Not saved: ${wrong} fields are not right`;
  return dirty ? 'Not saved yet' : 'A change is in force at once.';
}
