'use client';

import { LoaderCircle, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import { type BackupReportRecord, backupReport, type RestoreBody } from '@/server/protocol/backups';
import { call } from '../../auth/api';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { Dialog } from '../../ui/dialog';
import { Skeleton } from '../../ui/skeleton';
import { TextField } from '../../ui/text-field';
import { CheckBox } from '../check-box';
import { LoadFailure } from '../load-failure';
import { useResource } from '../use-resource';
import { awaitRestart, type Restarted } from './await-restart';
import { adminWords, contentWords, momentOf } from './backup-words';

const accepted = z.object({ ok: z.literal(true) });
const timeoutMs = 10 * 60_000;

interface RestoreDialogProps {
  readonly name: string;
  /** When the restore before this one was; null: there was none. */
  readonly before: string | null;
  readonly onClose: () => void;
}

type Stage =
  | { readonly at: 'asking' | 'checking' | 'restarting' }
  | { readonly at: 'over'; readonly outcome: Restarted };

/** What is in a backup, what is needed to restore it, and how that went. */
export function RestoreDialog({ name, before, onClose }: RestoreDialogProps) {
  const report = useResource(backupReport, `admin/backups/${name}/report`);
  const [wishes, setWishes] = useState<RestoreBody>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [stage, setStage] = useState<Stage>({ at: 'asking' });
  const restore = async (): Promise<void> => {
    setProblem(null);
    setStage({ at: 'checking' });
    const { passphrase, ...rest } = wishes;
    const body = passphrase && !rest.withoutSecrets ? wishes : rest;
    const outcome = await call(accepted, `admin/backups/${name}/restore`, { method: 'POST', body, timeoutMs });
    if (!outcome.ok) {
      setProblem(outcome.message);
      setStage({ at: 'asking' });
      return;
    }
    setStage({ at: 'restarting' });
    setStage({ at: 'over', outcome: await awaitRestart(before) });
  };
  const blocked = report.value === null || whyBlocked(report.value, wishes) !== null;
  const busy = stage.at === 'checking' || stage.at === 'restarting';
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => open || busy || onClose()}
      title="Restore a backup"
      description="Everything the panel keeps is replaced by what is in it. The present database is kept as a backup first. The panel is away for a few seconds; calls go on."
      footer={
        stage.at === 'over' ? (
          <OverButtons outcome={stage.outcome} onClose={onClose} />
        ) : (
          <>
            <Button disabled={busy} onClick={onClose}>
              Cancel
            </Button>
            <Button tone="danger" busy={busy} disabled={blocked} onClick={() => void restore()}>
              Replace everything with it
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4 pt-1">
        {stage.at === 'over' ? (
          <Over outcome={stage.outcome} />
        ) : stage.at === 'restarting' ? (
          <p role="status" className="flex items-center gap-2 text-sm text-ink">
            <LoaderCircle aria-hidden className="size-4 animate-spin" /> The panel starts anew with it…
          </p>
        ) : report.value ? (
          <Asking report={report.value} wishes={wishes} onChange={setWishes} problem={problem} />
        ) : report.failure ? (
          <LoadFailure failure={report.failure} retry={() => void report.reload()} />
        ) : (
          <Skeleton className="h-40 rounded-md" />
        )}
      </div>
    </Dialog>
  );
}

/** Null: it can be restored with these wishes. */
function whyBlocked(report: BackupReportRecord, wishes: RestoreBody): string | null {
  if (report.refusal === 'older') return wishes.upgrade ? null : 'older';
  if (report.refusal !== null) return report.refusal;
  return null;
}

interface AskingProps {
  readonly report: BackupReportRecord;
  readonly wishes: RestoreBody;
  readonly onChange: (wishes: RestoreBody) => void;
  readonly problem: string | null;
}

function Asking({ report, wishes, onChange, problem }: AskingProps) {
  const { refusal, made, secrets, hasKey, sealed } = report;
  return (
    <>
      {report.problem ? (
        <Callout tone={refusal === 'older' ? 'warn' : 'danger'} icon={<TriangleAlert aria-hidden className="size-4" />}>
          {report.problem}
        </Callout>
      ) : null}
      {refusal === null || refusal === 'older' || refusal === 'newer' ? <Content report={report} /> : null}
      {made === null && (refusal === null || refusal === 'older') ? (
        <Callout>This is a plain copy of a database. It is whole, but nothing vouches that nobody changed it.</Callout>
      ) : null}
      {refusal === 'older' ? (
        <CheckBox
          label="Bring it up to date first, in a copy"
          checked={wishes.upgrade ?? false}
          onChange={(upgrade) => onChange({ ...wishes, upgrade })}
        />
      ) : null}
      {secrets === 'others' && (refusal === null || refusal === 'older') ? (
        <>
          <p className="text-sm text-ink">
            It comes from a panel with another key. Sealed with that key: {sealed.join(', ')}.
          </p>
          {hasKey ? (
            <TextField
              label="Passphrase of the backup"
              type="password"
              autoComplete="off"
              className="max-w-80"
              value={wishes.passphrase ?? ''}
              disabled={wishes.withoutSecrets ?? false}
              onChange={({ target }) => onChange({ ...wishes, passphrase: target.value })}
              maxLength={200}
            />
          ) : null}
          <CheckBox
            label="Without these secrets"
            hint="They have to be set anew afterwards. Whoever signs in with a second factor needs a recovery code, or an administrator who resets it."
            checked={wishes.withoutSecrets ?? false}
            onChange={(withoutSecrets) => onChange({ ...wishes, withoutSecrets })}
          />
        </>
      ) : null}
      {problem ? (
        <Callout tone="danger" role="alert" icon={<TriangleAlert aria-hidden className="size-4" />}>
          {problem} Nothing was replaced.
        </Callout>
      ) : null}
    </>
  );
}

function Content({ report: { made, counts, users, calls, pbx } }: { readonly report: BackupReportRecord }) {
  const rows: readonly (readonly [string, string])[] = [
    ['Made', made === null ? 'unknown' : `${momentOf(made.at)} by ${made.by}, version ${made.version}`],
    ['In it', contentWords(counts)],
    ['Administrators', adminWords(users)],
    ['PBX', pbx ?? 'the one of the environment, or the demo'],
    ['Calls', calls === null ? 'none' : `${momentOf(calls.from)} to ${momentOf(calls.to)}`],
  ];
  return (
    <dl className="grid gap-x-4 gap-y-1.5 text-sm sm:grid-cols-[9rem_minmax(0,1fr)]">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-2">{name}</dt>
          <dd className="text-ink [overflow-wrap:anywhere] max-sm:mb-1.5">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Over({ outcome }: { readonly outcome: Restarted }) {
  const words: Readonly<Record<Restarted['kind'], string>> = {
    restored: 'The backup is restored, and the panel runs on it.',
    signedOut: 'The panel runs on the restored database. Your session is not in it: sign in again.',
    failed: `It was not restored, and everything is as it was: ${outcome.message}`,
    away: 'The panel has not come back within two minutes. Look into its log on the machine it runs on.',
  };
  const bad = outcome.kind === 'failed' || outcome.kind === 'away';
  return (
    <Callout tone={bad ? 'danger' : 'info'} role="status">
      {words[outcome.kind]}
    </Callout>
  );
}

function OverButtons({ outcome, onClose }: { readonly outcome: Restarted; readonly onClose: () => void }) {
  if (outcome.kind === 'failed' || outcome.kind === 'away') return <Button onClick={onClose}>Close</Button>;
  return (
    <Button tone="primary" onClick={() => location.reload()} autoFocus>
      {outcome.kind === 'signedOut' ? 'Sign in' : 'Go on'}
    </Button>
  );
}
