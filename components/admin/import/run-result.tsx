'use client';

import { Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { type ImportRun, importRun } from '@/server/protocol/fop2-import';
import { Card } from '../../account/card';
import { type CallFailure, call } from '../../auth/api';
import { Button } from '../../ui/button';
import { FormFailure } from '../form-failure';
import { countsInWords } from './import-words';
import { InvitationLinks } from './invitation-links';

interface RunProps {
  readonly run: ImportRun;
  readonly onChange: () => void;
}

/** The run that was begun on this page: how far it is, then what it did. */
export function RunResult({ run, onChange }: RunProps) {
  const frame = useRef<HTMLDivElement>(null);
  // What was pressed to begin it is gone.
  useEffect(() => frame.current?.focus(), []);
  return (
    <div ref={frame} tabIndex={-1} className="scroll-mt-4 rounded-xl outline-none">
      <p role="status" className="sr-only">
        {title(run)}
      </p>
      <Card id="import-run" title={title(run)} description={countsInWords(run.changes)}>
        <div className="flex flex-col gap-3">
          {run.state === 'running' ? <Progress run={run} /> : null}
          {run.problem ? <p className="text-sm text-dnd-ink">{run.problem}</p> : null}
          <Left left={run.left} />
          {run.state === 'done' && run.changes.users > 0 ? <InvitationLinks run={run} /> : null}
          {canUndo(run) ? <UndoButton run={run} onChange={onChange} /> : null}
        </div>
      </Card>
    </div>
  );
}

function title({ state, undoing }: ImportRun): string {
  if (state === 'running') return undoing ? 'The import is being undone' : 'The import runs';
  if (state === 'undone') return 'The import was undone';
  return state === 'done' ? 'Imported' : 'The import failed';
}

function Progress({ run: { done, total } }: { readonly run: ImportRun }) {
  return (
    <progress
      aria-label="Progress of the import"
      max={Math.max(total, 1)}
      value={done}
      className="h-2 w-full accent-accent"
    />
  );
}

export function Left({ left }: { readonly left: readonly string[] }) {
  if (left.length === 0) return null;
  const more = left.length - 20;
  return (
    <ul aria-label="Left as it is" className="list-disc pl-5 text-[0.8125rem] text-ink-2">
      {left.slice(0, 20).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
      {more > 0 ? <li>And {more} more.</li> : null}
    </ul>
  );
}

export function canUndo({ state }: ImportRun): boolean {
  return state === 'done' || state === 'stopped';
}

/** Asks once more before it takes everything back. */
export function UndoButton({ run, onChange }: RunProps) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const undo = async () => {
    setBusy(true);
    const outcome = await call(importRun, `admin/import/fop2/runs/${run.id}/undo`, { method: 'POST' });
    setBusy(false);
    setAsking(false);
    setFailure(outcome.ok ? null : outcome);
    onChange();
  };
  return (
    <div className="flex flex-col items-start gap-2">
      {asking ? (
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-sm text-ink">Undo this import? What was changed since stays.</span>
          <Button size="small" tone="danger" busy={busy} onClick={() => void undo()}>
            Undo it
          </Button>
          <Button size="small" onClick={() => setAsking(false)}>
            Keep it
          </Button>
        </div>
      ) : (
        <Button size="small" icon={<Undo2 aria-hidden className="size-4" />} onClick={() => setAsking(true)}>
          Undo
        </Button>
      )}
      <FormFailure failure={failure} />
    </div>
  );
}
