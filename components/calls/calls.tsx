'use client';

import { useMemo, useState } from 'react';
import { useKeys } from '../live/hooks';
import { Button } from '../ui/button';
import { None } from '../ui/none';
import { Section } from '../ui/section';
import { CallRow } from './call-row';
import { MyCalls } from './my-calls-section';
import { type CallSection, callsOf } from './sections';
import { Waiting } from './waiting-section';

const sections: readonly { section: CallSection; title: string; none: string }[] = [
  { section: 'ringing', title: 'Ringing', none: 'Nothing rings' },
  { section: 'queued', title: 'Waiting in queues', none: 'Nobody waits' },
  { section: 'talking', title: 'Talking', none: 'No conversations' },
  { section: 'held', title: 'On hold and parked', none: 'Nobody is on hold' },
];

/** One's own calls, who waits for one, and every call there is by what happens to it. */
export function Calls() {
  return (
    <div className="px-2 pb-3">
      <h2 className="sr-only">Calls</h2>
      <MyCalls />
      <Waiting />
      <Section title="All calls" count={useKeys('calls', countAll)} remember="all-calls">
        {sections.map((one) => (
          <CallList key={one.section} {...one} />
        ))}
      </Section>
    </div>
  );
}

const countAll = (calls: ReadonlyMap<string, unknown>) => calls.size;

const atOnce = 30;

function CallList({ section, title, none }: { section: CallSection; title: string; none: string }) {
  const ids = useKeys(
    'calls',
    useMemo(() => callsOf(section), [section]),
  );
  const [all, setAll] = useState(false);
  const shown = all ? ids : ids.slice(0, atOnce);
  return (
    <Section title={title} count={ids.length} remember={`calls-${section}`} level={4}>
      {ids.length === 0 ? <None>{none}</None> : null}
      <ul className="flex flex-col gap-1">
        {shown.map((id) => (
          <CallRow key={id} id={id} />
        ))}
      </ul>
      {shown.length < ids.length ? (
        <Button tone="plain" size="small" className="mt-1 w-full" onClick={() => setAll(true)}>
          Show {ids.length - shown.length} more
        </Button>
      ) : null}
    </Section>
  );
}
