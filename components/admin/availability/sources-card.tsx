'use client';

import { useState } from 'react';
import type { BackendHealth, BackendId } from '@/server/protocol/records';
import { Card } from '../../account/card';
import { Switch } from '../../ui/switch';
import { moved } from '../lists';
import { MoveButtons } from '../row-buttons';
import type { Form } from '../use-form';
import type { AvailabilityValues } from './availability-values';
import { Health, HealthReader } from './backend-health';

const sources: Readonly<Record<BackendId, { readonly label: string; readonly about: string }>> = {
  astdb: {
    label: 'AstDB',
    about: 'Asterisk’s own database, which FreePBX and codes such as *78 use (DND, CF, CFB, CFU), with its lamps.',
  },
  presence: {
    label: 'Phone presence',
    about: 'CustomPresence, the presence screen of Digium and Sangoma phones: state, kind and message.',
  },
  dfks: {
    label: 'OpenSIPS',
    about: 'The do-not-disturb and forwarding keys of phones behind OpenSIPS; set up below.',
  },
  fop2: {
    label: 'FOP2',
    about: 'The events and database entries of Flash Operator Panel 2, for scripts that speak its language.',
  },
};

function isOn({ enabled, dfks }: Pick<AvailabilityValues, 'enabled' | 'dfks'>, id: BackendId): boolean {
  return id === 'dfks' ? dfks.enabled : enabled[id];
}

/** Where availability is kept, in the order in which they win. */
export function SourcesCard({ form }: { readonly form: Form<AvailabilityValues> }) {
  const [health, setHealth] = useState<readonly BackendHealth[]>([]);
  const { values, set } = form;
  const turn = (id: BackendId, on: boolean) =>
    id === 'dfks' ? set('dfks', { ...values.dfks, enabled: on }) : set('enabled', { ...values.enabled, [id]: on });
  return (
    <Card
      id="sources"
      title="Sources"
      description="Where do-not-disturb, forwarding and presence are kept besides the panel. A change in one of them reaches all the others. Where they disagree when the panel first meets them, the upper one wins."
    >
      <HealthReader onHealth={setHealth} />
      <ol className="-my-2 divide-y divide-line">
        {values.order.map((id, at) => {
          const { label, about } = sources[id];
          const on = isOn(values, id);
          const known = on ? health.find((one) => one.id === id) : undefined;
          return (
            <li key={id} className="grid grid-cols-[1.25rem_1fr_auto] items-start gap-x-2 py-2.5">
              <span aria-hidden className="pt-0.5 text-sm tabular-nums text-ink-3">
                {at + 1}
              </span>
              <div className="min-w-0">
                <p className="text-sm font-medium text-ink">{label}</p>
                <p className="text-[0.8125rem] text-ink-2">{about}</p>
                {known ? <Health health={known} /> : null}
              </div>
              <div className="flex items-center gap-1 max-sm:flex-col-reverse max-sm:items-end">
                <span className="flex">
                  <MoveButtons
                    name={label}
                    at={at}
                    count={values.order.length}
                    onMove={(to) => set('order', [...moved(values.order, at, to)])}
                  />
                </span>
                <Switch label={`Use ${label}`} checked={on} onChange={(next) => turn(id, next)} />
              </div>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
