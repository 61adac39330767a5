'use client';

import { Download } from 'lucide-react';
import type { ImportRun } from '@/server/protocol/fop2-import';
import { Card } from '../../account/card';
import { Badge } from '../../ui/badge';
import { dateText } from '../../ui/region';
import { countsInWords, stateWords } from './import-words';
import { InvitationLinks } from './invitation-links';
import { canUndo, Left, UndoButton } from './run-result';

interface RunHistoryProps {
  readonly runs: readonly ImportRun[];
  /** What is said where there are none. */
  readonly empty: string;
  readonly onChange: () => void;
}

/** What was imported before, each to be undone. */
export function RunHistory({ runs, empty, onChange }: RunHistoryProps) {
  return (
    <Card id="import-history" title="Imports so far" description="An undo restores what the import changed.">
      {runs.length === 0 ? (
        <p className="text-sm text-ink-2">{empty}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {runs.map((run) => (
            <li key={run.id} className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
              <Run run={run} onChange={onChange} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Run({ run, onChange }: { readonly run: ImportRun; readonly onChange: () => void }) {
  const { word, tone } = stateWords[run.state];
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm">
        <Badge tone={tone}>{word}</Badge>
        <span className="font-medium text-ink">{dateText('log', Date.parse(run.at))}</span>
        <span className="text-ink-2">{run.by}</span>
        <span className="text-ink-2">{countsInWords(run.changes)}</span>
        {run.undoneAt ? <span className="text-ink-2">Undone {dateText('log', Date.parse(run.undoneAt))}</span> : null}
      </div>
      <p className="text-xs text-ink-2 [overflow-wrap:anywhere]">{run.files.join(', ')}</p>
      {run.problem ? <p className="text-[0.8125rem] text-dnd-ink">{run.problem}</p> : null}
      <Left left={run.left} />
      <div className="flex flex-wrap items-start gap-3">
        <a
          href={`/api/v1/admin/import/fop2/runs/${run.id}/report.csv`}
          download
          className="inline-flex h-7 items-center gap-1.5 text-[0.8125rem] font-medium text-accent underline underline-offset-2"
        >
          <Download aria-hidden className="size-4" />
          Report
        </a>
        {run.state === 'done' && run.changes.users > 0 ? <InvitationLinks run={run} brief /> : null}
        {canUndo(run) ? <UndoButton run={run} onChange={onChange} /> : null}
      </div>
    </>
  );
}
