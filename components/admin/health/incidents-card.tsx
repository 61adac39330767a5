'use client';

import { useCallback, useEffect, useState } from 'react';
import { type IncidentKind, type IncidentRecord, incidentPage } from '@/server/protocol/health';
import { Card } from '../../account/card';
import { goSignIn } from '../../account/session-gate';
import { type CallFailure, call } from '../../auth/api';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { SelectField } from '../../ui/select-field';
import { Skeleton } from '../../ui/skeleton';
import { FormFailure } from '../form-failure';
import { logCell, logHead, logTime } from '../log-table';
import { incidentKinds, incidentWords } from './health-words';

const newEveryMs = 10_000;
const pageSize = 20;

interface Read {
  readonly rows: readonly IncidentRecord[];
  readonly next: number | null;
}

/** What happened to the panel and its link, newest first. */
export function IncidentsCard() {
  const [kind, setKind] = useState<IncidentKind | ''>('');
  const { read, failure, busy, older } = useIncidents(kind);
  return (
    <Card id="incidents" title="What happened" description="Lost links, restarts, repairs, forged blocks and backups.">
      <SelectField
        label="Show"
        className="mb-3 max-w-64"
        options={[...incidentKinds]}
        value={kind}
        onChange={({ target }) => setKind(incidentKinds.find(({ value }) => value === target.value)?.value ?? '')}
      />
      {read === null ? (
        <Skeleton className="h-24 rounded-md" />
      ) : read.rows.length === 0 ? (
        <p className="text-sm text-ink-2">Nothing of this kind was written down.</p>
      ) : (
        <div className="-mx-3">
          <Table rows={read.rows} />
        </div>
      )}
      <div className="mt-3 flex flex-col items-center gap-3 empty:hidden">
        {failure ? <FormFailure failure={failure} /> : null}
        {read?.next ? (
          <Button busy={busy} onClick={older}>
            Load older ones
          </Button>
        ) : null}
      </div>
    </Card>
  );
}

function useIncidents(kind: IncidentKind | '') {
  const [read, setRead] = useState<Read | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [busy, setBusy] = useState(false);
  const load = useCallback(
    async (before: number | null, signal?: AbortSignal) => {
      const query = new URLSearchParams({ limit: String(pageSize) });
      if (kind) query.set('kind', kind);
      if (before !== null) query.set('before', String(before));
      const outcome = await call(incidentPage, `admin/incidents?${query}`, signal ? { signal } : {});
      if (signal?.aborted) return;
      setFailure(outcome.ok ? null : outcome);
      if (!outcome.ok && outcome.error === 'unauthenticated') goSignIn();
      if (outcome.ok) setRead((known) => joined(known, outcome.value, before));
    },
    [kind],
  );
  useEffect(() => {
    const leave = new AbortController();
    setRead(null);
    void load(null, leave.signal);
    const timer = setInterval(() => void load(null, leave.signal), newEveryMs);
    return () => {
      leave.abort();
      clearInterval(timer);
    };
  }, [load]);
  const older = (): void => {
    setBusy(true);
    void load(read?.next ?? null).finally(() => setBusy(false));
  };
  return { read, failure, busy, older };
}

/** New ones before what is known, older ones behind it. */
function joined(known: Read | null, page: Read, before: number | null): Read {
  if (known === null || (before === null && known.rows.length <= pageSize)) return page;
  const rows = new Map([...known.rows, ...page.rows].map((row) => [row.id, row]));
  const next = before === null ? known.next : page.next;
  return { rows: [...rows.values()].sort((a, b) => b.id - a.id), next };
}

function Table({ rows }: { readonly rows: readonly IncidentRecord[] }) {
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">Incidents, newest first</caption>
      <thead className="max-sm:sr-only">
        <tr className="border-b border-line">
          <th scope="col" className={logHead}>
            Time
          </th>
          <th scope="col" className={logHead}>
            Kind
          </th>
          <th scope="col" className={logHead}>
            What happened
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <Row key={row.id} row={row} until={nextOf(rows, at)} />
        ))}
      </tbody>
    </table>
  );
}

/** When the state of the same link changed again; rows are newest first. */
function nextOf(rows: readonly IncidentRecord[], at: number): number | null {
  const row = rows[at];
  if (row?.kind !== 'link') return null;
  const newer = rows.slice(0, at).findLast(({ kind, pbx }) => kind === 'link' && pbx === row.pbx);
  return newer === undefined ? null : Date.parse(newer.at);
}

function Row({ row, until }: { readonly row: IncidentRecord; readonly until: number | null }) {
  const { tone, label, text } = incidentWords(row, until);
  return (
    <tr className="border-b border-line last:border-0 max-sm:block max-sm:py-1">
      <td className={`${logCell} whitespace-nowrap tabular-nums text-ink-2 max-sm:inline-block max-sm:py-0.5`}>
        <time dateTime={row.at}>{logTime.format(Date.parse(row.at))}</time>
      </td>
      <td className={`${logCell} max-sm:inline-block max-sm:py-0.5`}>
        <Badge tone={tone}>{label}</Badge>
      </td>
      <td className={`${logCell} text-ink [overflow-wrap:anywhere] max-sm:block max-sm:pt-0`}>{text}</td>
    </tr>
  );
}
