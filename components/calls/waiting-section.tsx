'use client';

import { useState } from 'react';
import { Button } from '../ui/button';
import { None } from '../ui/none';
import { Section } from '../ui/section';
import { useWaiting } from './use-waiting';
import { WaitingRow } from './waiting-row';

const atOnce = 20;

/** Who waits in the queues that one answers, the longest first. */
export function Waiting() {
  const { callers, queues, all, show } = useWaiting();
  const [every, setEvery] = useState(false);
  if (queues === 0 && show === null) return null;
  const shown = every ? callers : callers.slice(0, atOnce);
  const scope = show ? (
    <button
      type="button"
      aria-pressed={all}
      onClick={() => show(!all)}
      title={all ? 'Show the queues I answer' : 'Show all queues'}
      className="h-6 cursor-pointer rounded px-1.5 text-xs text-ink-2 hover:bg-hover hover:text-ink aria-pressed:bg-sunken aria-pressed:text-ink"
    >
      All queues
    </button>
  ) : null;
  return (
    <Section title="Waiting" count={callers.length} remember="waiting" aside={scope}>
      {callers.length === 0 ? <None>{nobody(queues, all)}</None> : null}
      <ul aria-label="Waiting callers, longest first" className="flex flex-col gap-1">
        {shown.map((caller) => (
          <WaitingRow key={caller.uniqueid} caller={caller} />
        ))}
      </ul>
      {shown.length < callers.length ? (
        <Button tone="plain" size="small" className="mt-1 w-full" onClick={() => setEvery(true)}>
          Show {callers.length - shown.length} more
        </Button>
      ) : null}
    </Section>
  );
}

function nobody(queues: number, all: boolean): string {
  if (queues === 0) return all ? 'No queues to show' : 'You answer no queue';
  return all ? 'Nobody waits in any queue' : `Nobody waits in your ${queues === 1 ? 'queue' : `${queues} queues`}`;
}
