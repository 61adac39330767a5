'use client';

import { Import, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type ImportChoices, type ImportPlan, importChoices, importRun } from '@/server/protocol/fop2-import';
import { type CallFailure, call } from '../../auth/api';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { Skeleton } from '../../ui/skeleton';
import { FormFailure } from '../form-failure';
import { LoadFailure } from '../load-failure';
import { ChoicesCard } from './choices-card';
import { DropZone } from './drop-zone';
import { ExportCard } from './export-card';
import type { GivenFile } from './given-files';
import { countsInWords } from './import-words';
import { PlanView } from './plan-view';
import { RunHistory } from './run-history';
import { RunResult } from './run-result';
import { usePlan } from './use-plan';
import { useRuns } from './use-runs';

const atFirst: ImportChoices = importChoices.parse({});

export default function ImportSection() {
  const [files, setFiles] = useState<readonly GivenFile[]>([]);
  const [choices, setChoices] = useState(atFirst);
  const [runId, setRunId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const looked = usePlan(files, choices);
  const runs = useRuns();
  const run = runs.value?.find(({ id }) => id === runId) ?? null;
  const { again } = looked;
  const over = run !== null && run.state !== 'running';
  useEffect(() => {
    if (over) again();
  }, [over, again]);
  const apply = async (plan: ImportPlan, chosen: ImportChoices) => {
    setBusy(true);
    setFailure(null);
    const body = { files: files.map(({ name, content }) => ({ name, content })), choices: chosen, digest: plan.digest };
    const outcome = await call(importRun, 'admin/import/fop2', { method: 'POST', body });
    setBusy(false);
    if (!outcome.ok) {
      setFailure(outcome);
      if (outcome.error === 'conflict') looked.again();
      return;
    }
    setRunId(outcome.value.id);
    // Once the PBX is connected, the same files are looked up on it.
    if (chosen.connection) setChoices({ ...chosen, connection: false });
    else setFiles([]);
    void runs.reload();
  };
  const take = (next: readonly GivenFile[]) => {
    setFailure(null);
    setChoices((before) => ({ ...before, tenant: null }));
    setFiles(next);
  };
  return (
    <div className="flex flex-col gap-5">
      {run ? <RunResult run={run} onChange={() => void runs.reload()} /> : null}
      <DropZone files={files} onChange={take} />
      {files.length > 0 ? <ChoicesCard choices={choices} plan={looked.plan} onChange={setChoices} /> : null}
      {files.length > 0 && looked.plan === null && looked.failure === null ? (
        <Skeleton className="h-80 rounded-xl" />
      ) : null}
      <FormFailure failure={looked.failure} />
      {looked.plan && files.length > 0 ? (
        <Looked
          plan={looked.plan}
          busy={busy || looked.busy}
          failure={failure}
          choices={choices}
          onConnect={(connection) => setChoices({ ...choices, connection })}
          onApply={(plan) => void apply(plan, choices)}
          onLookAgain={again}
        />
      ) : null}
      {runs.value ? (
        <RunHistory
          runs={runs.value.filter(({ id }) => id !== runId)}
          empty={run ? 'None but this one.' : 'Nothing was imported yet.'}
          onChange={() => void runs.reload()}
        />
      ) : runs.failure ? (
        <LoadFailure failure={runs.failure} retry={() => void runs.reload()} />
      ) : null}
      <ExportCard />
    </div>
  );
}

interface LookedProps {
  readonly plan: ImportPlan;
  readonly busy: boolean;
  readonly failure: CallFailure | null;
  readonly choices: ImportChoices;
  readonly onConnect: (connection: boolean) => void;
  readonly onApply: (plan: ImportPlan) => void;
  readonly onLookAgain: () => void;
}

function Looked({ plan, busy, failure, choices, onConnect, onApply, onLookAgain }: LookedProps) {
  const words = countsInWords(plan.changes);
  return (
    <section aria-label="What would be imported" aria-busy={busy} className="flex flex-col gap-4">
      <Remarks plan={plan} choices={choices} onConnect={onConnect} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border border-line bg-surface px-5 py-4">
        <p role="status" className="min-w-0 flex-1 basis-60 text-sm text-ink">
          {words === ''
            ? 'There is nothing to import: it is all here already, or not taken.'
            : `Would be added or changed: ${words}.`}
        </p>
        <Button
          tone="primary"
          busy={busy}
          disabled={words === ''}
          icon={<Import aria-hidden className="size-4" />}
          onClick={() => onApply(plan)}
        >
          {choices.connection ? 'Connect the PBX' : 'Import'}
        </Button>
        <Button disabled={busy} icon={<RefreshCw aria-hidden className="size-4" />} onClick={onLookAgain}>
          Look again
        </Button>
      </div>
      <FormFailure failure={failure} />
      <PlanView plan={plan} />
    </section>
  );
}

function Remarks({ plan, choices, onConnect }: Pick<LookedProps, 'plan' | 'choices' | 'onConnect'>) {
  const setting = plan.settings.find(({ title }) => title === 'Connection to the PBX');
  const offered = plan.connection !== null && setting?.notes[0] === 'It was not chosen.';
  const latin = plan.files.filter(({ encoding }) => encoding === 'Latin-1').map(({ name }) => name);
  return (
    <>
      {plan.withoutPbx ? (
        <Callout tone="warn">
          Nothing is known of the PBX yet, so that every button would be added by hand. Connect the PBX first.
        </Callout>
      ) : null}
      {offered || choices.connection ? (
        <Callout>
          The files name a PBX: {plan.connection?.username} at {plan.connection?.host}, port {plan.connection?.port}. If
          it is not the one that is connected now, connect it first: devices are looked up on it.
          <span className="mt-2 block">
            <Button size="small" onClick={() => onConnect(!choices.connection)}>
              {choices.connection ? 'Leave the connection as it is' : 'Take this connection first'}
            </Button>
          </span>
        </Callout>
      ) : null}
      {latin.length > 0 ? (
        <Callout>
          {latin.join(', ')} {latin.length === 1 ? 'is' : 'are'} no UTF-8 and {latin.length === 1 ? 'was' : 'were'} read
          as Latin-1. Check names with accents.
        </Callout>
      ) : null}
    </>
  );
}
