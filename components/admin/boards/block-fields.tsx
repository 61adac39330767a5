'use client';

import type { ReactNode } from 'react';
import { Card } from '../../account/card';
import { OrderList } from '../../arrange/order-list';
import { type Thing, useOffice } from '../access/use-office';
import { CheckBox } from '../check-box';
import { chosen } from '../lists';
import { TextAreaField } from '../text-area-field';
import type { Form } from '../use-form';
import { type BlockKind, type BoardValues, blockKinds, shownBlocks } from './board-values';

const names: Readonly<Record<BlockKind, string>> = {
  clock: 'Clock',
  queues: 'Queues',
  people: 'People',
  parking: 'Parked calls',
  message: 'Message',
};

/** What is on the board, in which order, and of what. */
export function BlockFields({ form }: { readonly form: Form<BoardValues> }) {
  const { departments, things } = useOffice();
  const { values } = form;
  const isShown = (kind: BlockKind) => values.shown.includes(kind);
  const show = (kind: string, on: boolean) =>
    form.set(
      'shown',
      blockKinds.filter((one) => (one === kind ? on : values.shown.includes(one))),
    );
  return (
    <Card
      id="blocks"
      title="What is on it"
      description="From top to bottom; the clock stands at the top, the message at the bottom."
    >
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[18rem_minmax(0,1fr)]">
        <div>
          <OrderList
            label="Blocks of the board"
            items={values.order.map((id) => ({ id, name: names[id] }))}
            onOrder={(ids) => form.set('order', ids as BlockKind[])}
            hidden={values.order.filter((kind) => !isShown(kind))}
            onHide={(kind, away) => show(kind, !away)}
          />
          <p role="alert" className="mt-1 text-xs font-medium text-dnd-ink empty:hidden">
            {form.problem('blocks')}
          </p>
        </div>
        <div className="flex flex-col gap-5">
          {isShown('queues') ? (
            <Options title="Queues">
              <CheckBox
                label="With who answers them"
                checked={values.members}
                onChange={(on) => form.set('members', on)}
              />
              <Some
                everything="All queues"
                all={things.queues}
                some={values.queues}
                onChange={(queues) => form.set('queues', queues)}
              />
            </Options>
          ) : null}
          {isShown('people') ? (
            <Options title="People">
              <Some
                everything="Everybody, by department"
                all={departments}
                some={values.departments}
                onChange={(chosenOnes) => form.set('departments', chosenOnes)}
              />
            </Options>
          ) : null}
          {isShown('clock') ? (
            <Options title="Clock">
              <CheckBox label="With seconds" checked={values.seconds} onChange={(on) => form.set('seconds', on)} />
              <CheckBox label="With the date" checked={values.date} onChange={(on) => form.set('date', on)} />
            </Options>
          ) : null}
          {isShown('message') ? (
            <TextAreaField
              label="Message"
              name="message"
              value={values.message}
              onChange={(event) => form.set('message', event.target.value)}
              error={form.problem(`blocks.${shownBlocks(values).indexOf('message')}.text`)}
              rows={2}
              maxLength={300}
            />
          ) : null}
        </div>
      </div>
    </Card>
  );
}

function Options({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset>
      <legend className="text-[0.8125rem] font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}

interface SomeProps {
  readonly everything: string;
  readonly all: readonly Thing[];
  /** Null: everything. */
  readonly some: readonly string[] | null;
  readonly onChange: (some: readonly string[] | null) => void;
}

function Some({ everything, all, some, onChange }: SomeProps) {
  const keys = [...all.map(({ key }) => key), ...(some ?? []).filter((key) => !all.some((one) => one.key === key))];
  return (
    <>
      <CheckBox label={everything} checked={some === null} onChange={(on) => onChange(on ? null : [])} />
      {some === null ? null : (
        <div className="ml-6 max-h-48 overflow-y-auto">
          {keys.map((key) => (
            <CheckBox
              key={key}
              label={all.find((one) => one.key === key)?.label ?? `${key} (not there now)`}
              checked={some.includes(key)}
              onChange={(on) => onChange(chosen(keys, some, key, on))}
            />
          ))}
        </div>
      )}
    </>
  );
}
