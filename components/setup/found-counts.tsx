'use client';

import { useEffect, useRef } from 'react';
import type { Domain } from '@/server/protocol/domains';
import type { SetupFound } from '@/server/protocol/setup';
import { useKeys, usePbx } from '../live/hooks';

const size = (records: ReadonlyMap<string, unknown>): number => records.size;

const shown = [
  ['extensions', 'Extensions'],
  ['queues', 'Queues'],
  ['conferences', 'Conferences'],
  ['parking', 'Parking lots'],
  ['trunks', 'Trunks'],
] as const satisfies readonly (readonly [Domain, string])[];

const calmMs = 600;

interface FoundCountsProps {
  /** What the guesses were made of. */
  readonly known: SetupFound;
  /** There is more than that, or the PBX was not read to the end then. */
  readonly changed: () => void;
}

/** What was found so far, counted while it comes. */
export function FoundCounts({ known, changed }: FoundCountsProps) {
  const pbx = usePbx();
  const counts = [useKeys('extensions', size), useKeys('queues', size), useKeys('trunks', size)].join();
  const { link, found } = known;
  const then = [found.extensions, found.queues, found.trunks].join();
  /** What was asked about last: what is hidden here may always differ from what the server counts. */
  const asked = useRef(link === 'up' ? then : null);
  const told = useRef(changed);
  told.current = changed;
  const up = pbx?.link === 'up';
  useEffect(() => {
    if (!up || counts === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = counts;
      told.current();
    }, calmMs);
    return () => clearTimeout(timer);
  }, [up, counts]);
  return (
    <div className="rounded-xl border border-line bg-surface px-4 py-3 sm:px-5">
      <p role="status" className="text-sm text-ink">
        {pbx === undefined
          ? 'Connecting…'
          : pbx.link === 'up'
            ? `Found on ${pbx.demo ? 'the demo PBX' : pbx.name}:`
            : pbx.link === 'syncing'
              ? `Reading ${pbx.name}…`
              : `${pbx.name} is not connected${pbx.problem ? `: ${pbx.problem}` : ''}. The panel tries again by itself.`}
      </p>
      <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-2">
        {shown.map(([domain, title]) => (
          <Count key={domain} domain={domain} title={title} />
        ))}
      </dl>
    </div>
  );
}

function Count({ domain, title }: { readonly domain: Domain; readonly title: string }) {
  const count = useKeys(domain, size);
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-xs text-ink-2">{title}</dt>
      <dd className="text-lg font-semibold leading-tight tabular-nums text-ink">{count}</dd>
    </div>
  );
}
