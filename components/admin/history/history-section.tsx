'use client';

import { History, RefreshCw } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useExtensionChoices } from '../../account/extensions';
import { goSignIn } from '../../account/session-gate';
import { CsvLink } from '../../history/csv-link';
import { csvAddress, pageSize, queryOf, useHistory } from '../../history/use-history';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Skeleton } from '../../ui/skeleton';
import { FormFailure } from '../form-failure';
import { LoadFailure } from '../load-failure';
import { HistoryFields } from './history-fields';
import { filterOf, noFields } from './history-filter';
import { HistoryTable } from './history-table';

export default function HistorySection() {
  const [fields, setFields] = useState(noFields);
  const query = queryOf(filterOf(useDeferredValue(fields)));
  const { changes, failure, busy, more, older, refresh } = useHistory(query);
  const { choices, load } = useExtensionChoices();
  const names = useMemo(() => new Map(choices?.map(({ number, name }) => [number, name])), [choices]);
  useEffect(load, [load]);
  useEffect(() => {
    if (failure?.error === 'unauthenticated') goSignIn();
  }, [failure]);
  return (
    <>
      <HistoryFields fields={fields} onChange={setFields} />
      <div className="mb-3 mt-4 flex flex-wrap items-center gap-3">
        <p role="status" className="mr-auto text-[0.8125rem] tabular-nums text-ink-2 max-sm:basis-full">
          {changes ? countWords(changes.length, more) : failure ? '' : 'Loading…'}
        </p>
        <Button busy={busy} icon={<RefreshCw aria-hidden className="size-4" />} onClick={refresh}>
          Refresh
        </Button>
        <CsvLink address={csvAddress(query)} />
      </div>
      {changes ? (
        <div className="rounded-xl border border-line bg-surface">
          {changes.length > 0 ? (
            <HistoryTable changes={changes} names={names} />
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
        <FormFailure failure={changes ? failure : null} />
        {more ? (
          <Button busy={busy} onClick={older}>
            {busy ? 'Loading…' : `Load ${pageSize} older changes`}
          </Button>
        ) : null}
      </div>
    </>
  );
}

function countWords(count: number, more: boolean): string {
  if (more) return `The newest ${count} changes`;
  return `${count} ${count === 1 ? 'change' : 'changes'}`;
}

function NothingFound({ filtered, clear }: { readonly filtered: boolean; readonly clear: () => void }) {
  return (
    <EmptyState
      icon={<History aria-hidden className="size-5" />}
      title={filtered ? 'Nothing matches' : 'Nothing was changed yet'}
      action={filtered ? <Button onClick={clear}>Clear the filters</Button> : null}
    >
      {filtered
        ? 'No change of this extension and feature in this time.'
        : 'Every change of do-not-disturb, presence and forwarding is written down here, wherever it was made.'}
    </EmptyState>
  );
}
