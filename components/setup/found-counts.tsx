'use client';

import { useEffect, useRef } from 'react';
import type { Domain } from '@/server/protocol/domains';
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

/** What was found so far, counted while it comes; `changed` is called when it has come to rest at something else. */
export function FoundCounts({ known, changed }: { readonly known: number; readonly changed: () => void }) {
  const pbx = usePbx();
  const extensions = useKeys('extensions', size);
  const told = useRef(changed);
  told.current = changed;
  const up = pbx?.link === 'up';
  useEffect(() => {
    if (!up || extensions === known) return;
    const timer = setTimeout(() => told.current(), calmMs);
    return () => clearTimeout(timer);
  }, [up, extensions, known]);
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
