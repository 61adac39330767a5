'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { z } from 'zod';
import { type ConnectionRecord, connection } from '@/server/protocol/health';
import { Card } from '../../account/card';
import { call } from '../../auth/api';
import { momentText } from '../../live/clock-text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Skeleton } from '../../ui/skeleton';
import { LoadFailure } from '../load-failure';
import { logCell, logHead } from '../log-table';
import { usePolled } from '../use-polled';
import { kindWords } from './health-words';

const everyMs = 3_000;
const connections = z.array(connection);
const done = z.object({ ok: z.literal(true) });

/** Who is connected now, and the way to end a session. */
export function ConnectionsCard() {
  const { value, failure, refresh } = usePolled(connections, 'admin/connections', everyMs);
  return (
    <Card
      id="connections"
      title="Who is connected"
      description="Ending a session signs all its windows out at once. Tokens and wallboards are ended where they are made."
    >
      {value ? (
        <div className="-mx-3">
          <Table rows={value} ended={refresh} />
        </div>
      ) : failure ? (
        <LoadFailure failure={failure} retry={refresh} />
      ) : (
        <Skeleton className="h-24 rounded-md" />
      )}
    </Card>
  );
}

function Table({ rows, ended }: { readonly rows: readonly ConnectionRecord[]; readonly ended: () => void }) {
  if (rows.length === 0) return <p className="px-3 text-sm text-ink-2">Nobody has the panel open just now.</p>;
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">Connections, the longest first</caption>
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className={logHead}>
            Who
          </th>
          <th scope="col" className={`${logHead} max-md:hidden`}>
            From
          </th>
          <th scope="col" className={`${logHead} max-lg:hidden`}>
            Device
          </th>
          <th scope="col" className={`${logHead} max-md:hidden`}>
            Since
          </th>
          <th scope="col" className={logHead}>
            Windows
          </th>
          <th scope="col" className={logHead}>
            <span className="sr-only">End</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.kind} ${row.session}`} row={row} ended={ended} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, ended }: { readonly row: ConnectionRecord; readonly ended: () => void }) {
  const since = momentText(Date.parse(row.since), Date.now());
  const from = row.addresses.join(', ');
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className={`${logCell} text-left font-normal`}>
        <span className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium text-ink [overflow-wrap:anywhere]">{row.name}</span>
          {row.own ? <Badge>This session</Badge> : row.kind === 'user' ? null : <Badge>{kindWords[row.kind]}</Badge>}
          {row.slow ? <Badge tone="warn">Slow</Badge> : null}
        </span>
        <span className="block text-xs text-ink-2">
          {row.kind === 'user' ? `${row.username}, ${row.role}` : ''}
          {row.extension ? `, ${row.extension}` : ''}
        </span>
        <span className="block text-xs text-ink-2 md:hidden">
          {from} · {since}
        </span>
        <span className="block text-xs text-ink-2 lg:hidden">{row.device}</span>
      </th>
      <td className={`${logCell} whitespace-nowrap font-mono text-xs leading-5 text-ink-2 max-md:hidden`}>
        {from}
        <span className="block text-ink-3" title="As in the audit log">
          {row.session}
        </span>
      </td>
      <td className={`${logCell} text-ink-2 max-lg:hidden`}>{row.device}</td>
      <td className={`${logCell} whitespace-nowrap tabular-nums text-ink-2 max-md:hidden`}>{since}</td>
      <td className={`${logCell} tabular-nums`}>{row.windows}</td>
      <td className={`${logCell} text-right`}>{row.kind === 'user' ? <EndButton row={row} ended={ended} /> : null}</td>
    </tr>
  );
}

/** Asks once more in its own place: it cannot be taken back. */
function EndButton({ row, ended }: { readonly row: ConnectionRecord; readonly ended: () => void }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const end = async (): Promise<void> => {
    setBusy(true);
    const outcome = await call(done, `admin/connections/${row.session}`, { method: 'DELETE' });
    setBusy(false);
    setAsking(false);
    if (outcome.ok) toast.success(`${row.name} is signed out there.`);
    else toast.error(outcome.message);
    ended();
  };
  if (!asking) {
    return (
      <Button size="small" aria-label={`End session of ${row.name}`} onClick={() => setAsking(true)}>
        End session
      </Button>
    );
  }
  return (
    <span className="flex flex-wrap justify-end gap-1.5">
      <Button size="small" tone="plain" onClick={() => setAsking(false)}>
        Keep
      </Button>
      <Button size="small" tone="danger" busy={busy} onClick={() => void end()} autoFocus>
        {row.own ? 'Sign me out' : 'Sign out now'}
      </Button>
    </span>
  );
}
