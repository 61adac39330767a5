'use client';

import { useKeys } from '../live/hooks';
import { None } from '../ui/none';
import { Section } from '../ui/section';
import { QueueCard } from './queue-card';

const names = (queues: ReadonlyMap<string, { name: string; label: string; hidden: boolean }>) =>
  [...queues.values()]
    .filter(({ hidden }) => !hidden)
    .sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }))
    .map((queue) => queue.name);

export function Queues() {
  const keys = useKeys('queues', names);
  return (
    <Section title="Queues" count={keys.length} remember="queues">
      {keys.length === 0 ? <None>No queues to show</None> : null}
      <ul className="flex flex-col gap-1.5">
        {keys.map((name) => (
          <QueueCard key={name} name={name} />
        ))}
      </ul>
    </Section>
  );
}
