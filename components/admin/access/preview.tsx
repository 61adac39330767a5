'use client';

import { Eye } from 'lucide-react';
import { useEffect, useState } from 'react';
import {
  type AccessPreview,
  accessPreview,
  type PreviewBody,
  type PreviewRight,
  type Shown,
} from '@/server/protocol/access-answers';
import { type CallFailure, call } from '../../auth/api';

const waitMs = 300;

/** The answer to what stands in the form now; asked a moment after the last change. */
function usePreview(body: PreviewBody | null): { preview: AccessPreview | null; failure: CallFailure | null } {
  const [preview, setPreview] = useState<AccessPreview | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const text = body === null ? null : JSON.stringify(body);
  useEffect(() => {
    if (text === null) return;
    const leave = new AbortController();
    const timer = setTimeout(async () => {
      const outcome = await call(accessPreview, 'admin/access/preview', {
        method: 'POST',
        body: JSON.parse(text),
        signal: leave.signal,
      });
      if (leave.signal.aborted) return;
      setFailure(outcome.ok ? null : outcome);
      if (outcome.ok) setPreview(outcome.value);
    }, waitMs);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [text]);
  return { preview, failure };
}

interface PreviewProps {
  /** Who it is about, as the sentence begins: `Everybody of this role`. */
  readonly who: string;
  /** Null: what stands in the form cannot be asked about yet. */
  readonly body: PreviewBody | null;
}

/** "What can they see and do?", answered by the server from what stands in the form, before it is saved. */
export function Preview({ who, body }: PreviewProps) {
  const { preview, failure } = usePreview(body);
  return (
    <details className="rounded-lg border border-line bg-sunken text-sm [&[open]>summary]:border-b [&[open]>summary]:border-line">
      <summary className="flex cursor-pointer items-start gap-2 px-3 py-2 marker:content-none">
        <Eye aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-2" />
        <span className="min-w-0 flex-1 text-ink" aria-live="polite">
          {summary(who, preview, failure)}
        </span>
        <span className="shrink-0 text-xs font-medium text-accent underline underline-offset-2">All of it</span>
      </summary>
      {preview ? <Whole preview={preview} /> : null}
    </details>
  );
}

function summary(who: string, preview: AccessPreview | null, failure: CallFailure | null): string {
  if (failure) return `What ${who} can see and do cannot be told: ${failure.message}`;
  if (!preview) return `What can ${who} see and do?`;
  const { extensions, queues } = preview.sees;
  const sees = preview.everything ? 'everything' : `${part(extensions, 'people')} and ${part(queues, 'queues')}`;
  const deeds = preview.can.length === 1 ? '1 thing' : `${preview.can.length} things`;
  return `${who} can see ${sees}, and do ${preview.can.length === 0 ? 'nothing' : deeds}.`;
}

function part({ count, of }: Shown, words: string): string {
  return `${count} of ${of} ${words}`;
}

const domains = [
  ['extensions', 'People'],
  ['queues', 'Queues'],
  ['conferences', 'Rooms in use'],
  ['parking', 'Parking lots'],
  ['trunks', 'Trunks'],
] as const;

function Whole({ preview }: { readonly preview: AccessPreview }) {
  return (
    <div className="grid gap-x-6 gap-y-4 px-3 py-3 sm:grid-cols-2">
      <section aria-label="Can see">
        <h3 className="text-xs font-semibold text-ink-2">Can see</h3>
        <dl className="mt-1 flex flex-col gap-1.5">
          {domains.map(([field, title]) => (
            <div key={field}>
              <dt className="text-ink">
                {title} <span className="tabular-nums text-ink-2">{countWords(preview.sees[field])}</span>
              </dt>
              <dd className="text-xs text-ink-2">{firstWords(preview.sees[field])}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-label="Can do">
        <h3 className="text-xs font-semibold text-ink-2">Can do</h3>
        <ul className="mt-1 flex flex-col gap-1">
          {preview.can.map((right) => (
            <li key={right.permission} className="text-ink">
              {right.words} <span className="text-xs text-ink-2">{reachWords(right)}</span>
            </li>
          ))}
        </ul>
        {preview.can.length === 0 ? <p className="mt-1 text-ink">Nothing but look.</p> : null}
        {preview.cannot.length > 0 ? (
          <>
            <h3 className="mt-3 text-xs font-semibold text-ink-2">Cannot do</h3>
            <p className="mt-1 text-xs text-ink-2">{preview.cannot.map(({ words }) => words).join(', ')}</p>
          </>
        ) : null}
      </section>
    </div>
  );
}

function countWords({ count, of }: Shown): string {
  return count === of ? (of === 0 ? 'none there' : `all ${of}`) : `${count} of ${of}`;
}

function firstWords({ count, first }: Shown): string {
  return count > first.length ? `${first.join(', ')} and ${count - first.length} more` : first.join(', ');
}

function reachWords({ reach, extensions, queues }: PreviewRight): string {
  if (reach === 'self') return 'for themselves';
  if (reach === 'everybody') return '';
  const people = extensions.count === 1 ? '1 person' : `${extensions.count} people`;
  return queues.count === 0
    ? `for ${people}`
    : `for ${people} and ${queues.count === 1 ? '1 queue' : `${queues.count} queues`}`;
}
