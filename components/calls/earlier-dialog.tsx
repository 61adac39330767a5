'use client';

import clsx from 'clsx';
import { History as HistoryIcon, NotebookPen } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CallOutcome, LoggedCall } from '@/server/protocol/call-log';
import type { CallFailure } from '../auth/api';
import { partyText } from '../extensions/status';
import { clockText, momentText } from '../live/clock-text';
import { useMirror } from '../live/hooks';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { EmptyState } from '../ui/empty-state';
import { Skeleton } from '../ui/skeleton';
import { callLog } from './call-log';

interface EarlierDialogProps {
  readonly number: string;
  readonly name: string;
  readonly onClose: () => void;
}

const pageSize = 50;

/** The calls of a number that are over: when, with whom, what became of them, and the notes on them. Lazily loaded. */
export default function EarlierDialog({ number, name, onClose }: EarlierDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Earlier calls of ${name || number}`}
      description={name ? number : undefined}
    >
      <Content number={number} />
    </Dialog>
  );
}

interface Read {
  readonly rows: readonly LoggedCall[];
  readonly next: number | null;
}

function Content({ number }: { readonly number: string }) {
  const [page, setRead] = useState<Read | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [from, setFrom] = useState<number | null>(null);
  const [turn, setTurn] = useState(0);
  const [now] = useState(() => Date.now());
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks again
  useEffect(() => {
    const leave = new AbortController();
    const read = async () => {
      const query = { number, limit: pageSize, ...(from !== null && { before: from }) };
      const outcome = await (await callLog()).calls(query, leave.signal);
      if (leave.signal.aborted) return;
      setFailure(outcome.ok ? null : outcome);
      if (!outcome.ok) return;
      const { rows, next } = outcome.value;
      setRead((known) => ({ rows: from === null ? rows : [...(known?.rows ?? []), ...rows], next }));
    };
    void read();
    return () => leave.abort();
  }, [number, from, turn]);
  const again = () => setTurn(turn + 1);
  if (!page) return failure ? <Problem message={failure.message} retry={again} /> : <Loading />;
  if (page.rows.length === 0) {
    return <EmptyState icon={<HistoryIcon aria-hidden className="size-5" />} title="No earlier calls" />;
  }
  return (
    <>
      <ol aria-label="Earlier calls" className="flex flex-col divide-y divide-line">
        {page.rows.map((row) => (
          <Row key={`${row.id} ${row.startedAt}`} row={row} now={now} />
        ))}
      </ol>
      {failure ? (
        <p role="alert" className="mt-2 text-xs text-dnd-ink">
          {failure.message}{' '}
          <button type="button" onClick={again} className="cursor-pointer font-semibold underline">
            Try again
          </button>
        </p>
      ) : null}
      {page.next !== null ? (
        <Button size="small" className="mt-3" onClick={() => setFrom(page.next)}>
          Load older
        </Button>
      ) : null}
    </>
  );
}

const outcomes: Readonly<Record<CallOutcome, readonly [word: string, ink: string]>> = {
  answered: ['Answered', 'text-free-ink'],
  missed: ['Missed', 'text-dnd-ink'],
  abandoned: ['Gave up waiting', 'text-warn-ink'],
  service: ['No person', 'text-ink-2'],
};

function Row({ row, now }: { readonly row: LoggedCall; readonly now: number }) {
  const { records } = useMirror();
  const [word, ink] = outcomes[row.outcome];
  const nameOf = (extension: string) => records.get('extensions', extension)?.name || extension;
  const people = row.extensions.map(nameOf).join(', ');
  const queue = row.queue === null ? null : (records.get('queues', row.queue)?.label ?? row.queue);
  const talked = row.answeredAt ? clockText(Date.parse(row.answeredAt), Date.parse(row.endedAt)) : null;
  const facts = [queue ? `Queue ${queue}` : '', row.did ? `to ${row.did}` : ''].filter(Boolean).join(' · ');
  return (
    <li className="py-2.5 text-[0.8125rem]">
      <p className="flex items-baseline gap-2">
        <time dateTime={row.startedAt} className="shrink-0 tabular-nums text-ink-2">
          {momentText(Date.parse(row.startedAt), now)}
        </time>
        <span className="min-w-0 flex-1 truncate font-medium text-ink">{people || partyText(row.to)}</span>
        <span className={clsx('shrink-0', ink)}>{word}</span>
        {talked ? <span className="shrink-0 tabular-nums text-ink-2">{talked}</span> : null}
      </p>
      {facts ? <p className="mt-0.5 truncate text-xs text-ink-2">{facts}</p> : null}
      {row.notes.map((note) => (
        <p key={`${note.by} ${note.at}`} className="mt-1 flex items-start gap-1.5 rounded bg-sunken px-2 py-1 text-ink">
          <NotebookPen aria-hidden className="mt-0.5 size-3.5 shrink-0 text-ink-2" />
          <span className="min-w-0 whitespace-pre-wrap break-words">
            {note.text} <span className="text-ink-2">— {note.by}</span>
          </span>
        </p>
      ))}
    </li>
  );
}

function Problem({ message, retry }: { readonly message: string; readonly retry: () => void }) {
  return (
    <div role="alert">
      <EmptyState
        icon={<HistoryIcon aria-hidden className="size-5" />}
        title="The earlier calls could not be loaded"
        action={<Button onClick={retry}>Try again</Button>}
      >
        {message}
      </EmptyState>
    </div>
  );
}

function Loading() {
  return (
    <div aria-busy className="flex flex-col gap-3 py-1">
      <p role="status" className="sr-only">
        Loading
      </p>
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} className="h-11" />
      ))}
    </div>
  );
}
