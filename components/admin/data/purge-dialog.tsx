'use client';

import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import {
  purgeResult,
  type RetentionPreview,
  type RetentionSettings,
  retentionPreview,
} from '@/server/protocol/retention';
import { call } from '../../auth/api';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { Dialog } from '../../ui/dialog';
import { Skeleton } from '../../ui/skeleton';
import { bookWords, PreviewTable } from './preview-table';

const timeoutMs = 10 * 60_000;

interface PurgeDialogProps {
  /** As they are saved: these decide. */
  readonly settings: RetentionSettings;
  readonly onClose: () => void;
}

/** Says what goes, then removes it. */
export function PurgeDialog({ settings, onClose }: PurgeDialogProps) {
  const [preview, setPreview] = useState<RetentionPreview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const leave = new AbortController();
    const body = settings;
    const options = { method: 'POST', body, signal: leave.signal } as const;
    void call(retentionPreview, 'admin/retention/preview', options).then((outcome) => {
      if (leave.signal.aborted) return;
      if (outcome.ok) setPreview(outcome.value);
      else setProblem(outcome.message);
    });
    return () => leave.abort();
  }, [settings]);
  const count = preview?.books.reduce((sum, { old }) => sum + old, 0) ?? 0;
  const purge = async (): Promise<void> => {
    setBusy(true);
    const outcome = await call(purgeResult, 'admin/retention/purge', { method: 'POST', timeoutMs });
    setBusy(false);
    if (!outcome.ok) {
      setProblem(outcome.message);
      return;
    }
    const gone = outcome.value.removed.reduce((sum, removed) => sum + removed.count, 0);
    const failed = outcome.value.removed.find((removed) => removed.problem !== null);
    if (failed) toast.error(`${bookWords[failed.book]}: ${failed.problem}`);
    else toast.success(gone === 1 ? '1 thing is removed.' : `${gone.toLocaleString('en-GB')} things are removed.`);
    onClose();
  };
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => open || onClose()}
      title="Remove what is too old now?"
      description="By the settings that are saved. It cannot be taken back: export it first, or make a backup."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="danger" busy={busy} disabled={preview === null || count === 0} onClick={() => void purge()}>
            {preview !== null && count === 0 ? 'Nothing is too old' : `Remove ${count.toLocaleString('en-GB')}`}
          </Button>
        </>
      }
    >
      {preview ? <PreviewTable preview={preview} /> : problem ? null : <Skeleton className="h-32 rounded-md" />}
      {problem ? (
        <Callout tone="danger" role="alert">
          {problem}
        </Callout>
      ) : null}
    </Dialog>
  );
}
