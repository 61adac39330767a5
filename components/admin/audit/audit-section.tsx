'use client';

import { RefreshCw, ScrollText } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Skeleton } from '../../ui/skeleton';
import { FilterField } from '../filter-field';
import { FormFailure } from '../form-failure';
import { LoadFailure } from '../load-failure';
import { AuditTable } from './audit-table';
import { findEntries } from './audit-words';
import { pageSize, useAudit } from './use-audit';

export default function AuditSection() {
  const { entries, failure, busy, complete, older, refresh } = useAudit();
  const [query, setQuery] = useState('');
  const found = useMemo(() => (entries ? findEntries(entries, query) : []), [entries, query]);
  if (!entries)
    return failure ? <LoadFailure failure={failure} retry={refresh} /> : <Skeleton className="h-96 rounded-xl" />;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <FilterField label="Filter entries" value={query} onChange={setQuery} />
        <p role="status" className="text-[0.8125rem] tabular-nums text-ink-2 max-sm:order-last max-sm:basis-full">
          {countWords(found.length, entries.length, query !== '', complete)}
        </p>
        <Button className="ml-auto" busy={busy} icon={<RefreshCw aria-hidden className="size-4" />} onClick={refresh}>
          Refresh
        </Button>
      </div>
      <div className="rounded-xl border border-line bg-surface">
        {found.length > 0 ? <AuditTable entries={found} /> : <NothingFound query={query} complete={complete} />}
      </div>
      <div className="mt-3 flex flex-col items-center gap-3">
        <FormFailure failure={failure} />
        {complete ? null : (
          <Button busy={busy} onClick={older}>
            {busy ? 'Loading…' : `Load ${pageSize} older entries`}
          </Button>
        )}
      </div>
    </>
  );
}

function countWords(found: number, read: number, filtered: boolean, complete: boolean): string {
  const all = complete ? `${read} ${read === 1 ? 'entry' : 'entries'}` : `the newest ${read} entries`;
  if (filtered) return `${found} of ${all}`;
  return all.charAt(0).toUpperCase() + all.slice(1);
}

function NothingFound({ query, complete }: { readonly query: string; readonly complete: boolean }) {
  return (
    <EmptyState
      icon={<ScrollText aria-hidden className="size-5" />}
      title={query ? `Nothing matches “${query}”` : 'Nothing has happened yet'}
    >
      {query
        ? complete
          ? 'Entries are found by who, what, whom, address and result.'
          : 'Not among the entries loaded so far; older ones may match.'
        : 'Sign-ins, changes of settings and every command are written down here.'}
    </EmptyState>
  );
}
