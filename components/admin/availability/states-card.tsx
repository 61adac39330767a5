'use client';

import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { Card } from '../../account/card';
import { Button } from '../../ui/button';
import { moved } from '../lists';
import type { Form } from '../use-form';
import { type AvailabilityValues, asRow, type StateRow } from './availability-values';
import { StateFields } from './state-fields';

const mostStates = 30;
const columns =
  'lg:grid-cols-[minmax(0,1fr)_6.75rem_7.75rem_9rem_5.75rem_5.25rem] xl:grid-cols-[minmax(0,1fr)_7rem_8rem_9.5rem_7rem_5.25rem]';

/** The states that people choose from, and what phones make of them. */
export function StatesCard({ form }: { readonly form: Form<AvailabilityValues> }) {
  const list = useRef<HTMLOListElement>(null);
  const { states } = form.values;
  const put = (next: readonly StateRow[]) => form.set('states', next);
  const add = () => {
    put([...states, asRow({ name: '', colour: 'blue', icon: 'circle', state: 'away', subtype: '' } as const)]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('li:last-child input')?.focus());
  };
  const remove = (at: number) => {
    put(states.toSpliced(at, 1));
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLElement>('li input[name$=".name"]')[Math.max(at - 1, 0)]?.focus(),
    );
  };
  return (
    <Card
      id="states"
      title="Presence states"
      description="What people choose from, in this order. Phones know only their own few states; a kind tells two of the same state apart."
    >
      <div aria-hidden className={`mb-1.5 hidden gap-2 text-xs font-medium text-ink-2 lg:grid ${columns}`}>
        <span>Name</span>
        <span>Colour</span>
        <span>Icon</span>
        <span>On the phone</span>
        <span>Kind</span>
      </div>
      <ol ref={list} className="flex flex-col gap-2 max-lg:gap-0 max-lg:divide-y max-lg:divide-line">
        {states.map((state, at) => (
          <li key={state.id} className="max-lg:py-4 max-lg:first:pt-0">
            <StateFields
              className={columns}
              state={state}
              at={at}
              count={states.length}
              problem={form.problem}
              onChange={(next) => put(states.with(at, next))}
              onMove={(to) => put(moved(states, at, to))}
              onRemove={() => remove(at)}
            />
          </li>
        ))}
      </ol>
      <Button
        size="small"
        className="mt-3"
        icon={<Plus aria-hidden className="size-4" />}
        disabled={states.length >= mostStates}
        onClick={add}
      >
        Add a state
      </Button>
    </Card>
  );
}
