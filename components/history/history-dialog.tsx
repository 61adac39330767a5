'use client';

import { History as HistoryIcon } from 'lucide-react';
import { useState } from 'react';
import { useRecord } from '../live/hooks';
import { tileElement } from '../shell/view';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { EmptyState } from '../ui/empty-state';
import { Skeleton } from '../ui/skeleton';
import { CsvLink } from './csv-link';
import { Timeline } from './timeline';
import { csvAddress, pageSize, queryOf, useHistory } from './use-history';

interface HistoryDialogProps {
  /** Extension number. */
  readonly number: string;
  readonly onClose: () => void;
}

/** What was changed of one person's availability, by whom and through what. Lazily loaded. */
export default function HistoryDialog({ number, onClose }: HistoryDialogProps) {
  const name = useRecord('extensions', number)?.name;
  const [opener] = useState(() => document.activeElement);
  const query = queryOf({ extension: number });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${name || number}: history`}
      description={`Changes of availability, extension ${number}`}
      footer={<CsvLink address={csvAddress(query)} />}
      finalFocus={() => {
        const kept = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
        return kept ? opener : tileElement(number);
      }}
    >
      <Content query={query} />
    </Dialog>
  );
}

function Content({ query }: { readonly query: string }) {
  const { changes, failure, busy, more, older, refresh } = useHistory(query);
  const [now] = useState(() => Date.now());
  if (!changes) return failure ? <NotLoaded message={failure.message} retry={refresh} /> : <Waiting />;
  if (changes.length === 0) {
    return (
      <EmptyState icon={<HistoryIcon aria-hidden className="size-5" />} title="Nothing was changed yet">
        Every change is written down here, wherever it was made: at the phone, in the panel or by another program.
      </EmptyState>
    );
  }
  return (
    <>
      <Timeline changes={changes} now={now} />
      <div className="mt-3 flex flex-col items-center gap-2">
        {failure ? (
          <p role="alert" className="text-xs text-dnd-ink">
            {failure.message}
          </p>
        ) : null}
        {more ? (
          <Button size="small" busy={busy} onClick={older}>
            {busy ? 'Loading…' : `Load ${pageSize} older`}
          </Button>
        ) : null}
      </div>
    </>
  );
}

function NotLoaded({ message, retry }: { readonly message: string; readonly retry: () => void }) {
  return (
    <div role="alert">
      <EmptyState
        icon={<HistoryIcon aria-hidden className="size-5" />}
        title="The history could not be loaded"
        action={<Button onClick={retry}>Try again</Button>}
      >
        {message}
      </EmptyState>
    </div>
  );
}

function Waiting() {
  return (
    <div aria-busy className="flex flex-col gap-3 py-1">
      <p role="status" className="sr-only">
        Loading
      </p>
      {[0, 1, 2, 3, 4].map((row) => (
        <Skeleton key={row} className="h-11" />
      ))}
    </div>
  );
}
