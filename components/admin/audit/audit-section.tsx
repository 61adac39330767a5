'use client';

import { RefreshCw, ScrollText } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { CsvLink } from '../../history/csv-link';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Skeleton } from '../../ui/skeleton';
import { FormFailure } from '../form-failure';
import { LoadFailure } from '../load-failure';
import { AuditFields } from './audit-fields';
import { csvAddress, noFields, queryOf } from './audit-filter';
import { AuditTable } from './audit-table';
import { ChainState } from './chain-state';
import { pageSize, useAudit } from './use-audit';

export default function AuditSection() {
  const [fields, setFields] = useState(noFields);
  const query = queryOf(useDeferredValue(fields));
  const { entries, failure, busy, complete, older, refresh } = useAudit(query);
  return (
    <>
      <ChainState />
      <AuditFields fields={fields} onChange={setFields} />
      <div className="mb-3 mt-4 flex flex-wrap items-center gap-3">
        <p role="status" className="mr-auto text-[0.8125rem] tabular-nums text-ink-2 max-sm:basis-full">
          {entries ? countWords(entries.length, complete) : failure ? '' : 'Loading…'}
        </p>
        <Button busy={busy} icon={<RefreshCw aria-hidden className="size-4" />} onClick={refresh}>
          Refresh
        </Button>
        <CsvLink address={csvAddress(query)} />
      </div>
      {entries ? (
        <div className="rounded-xl border border-line bg-surface">
          {entries.length > 0 ? (
            <AuditTable entries={entries} />
          ) : (
            <NothingFound filtered={query !== ''} clear={() => setFields(noFields)} />
          )}
        </div>
      ) : failure ? (
        <LoadFailure failure={failure} retry={refresh} />
      ) : (
        <Skeleton className="h-96 rounded-xl" />
      )}
      <div className="mt-3 flex flex-col items-center gap-3">
        <FormFailure failure={entries ? failure : null} />
        {complete ? null : (
          <Button busy={busy} onClick={older}>
            {busy ? 'Loading…' : `Load ${pageSize} older entries`}
          </Button>
        )}
      </div>
    </>
  );
}

function countWords(count: number, complete: boolean): string {
  if (!complete) return `The newest ${count} entries`;
  return `${count} ${count === 1 ? 'entry' : 'entries'}`;
}

function NothingFound({ filtered, clear }: { readonly filtered: boolean; readonly clear: () => void }) {
  return (
    <EmptyState
      icon={<ScrollText aria-hidden className="size-5" />}
      title={filtered ? 'Nothing matches' : 'Nothing has happened yet'}
      action={filtered ? <Button onClick={clear}>Clear the filters</Button> : null}
    >
      {filtered
        ? 'No entry of this person and command in this time.'
        : 'Sign-ins, changes of settings and every command are written down here.'}
    </EmptyState>
  );
}
