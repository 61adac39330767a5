'use client';

import { type ReactNode, useState } from 'react';
import type { CallFailure, Outcome } from '../../auth/api';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { FormFailure } from '../form-failure';

interface AskProps<R> {
  readonly title: string;
  readonly action: string;
  readonly tone?: 'danger' | 'primary';
  readonly run: () => Promise<Outcome<R>>;
  readonly onDone: (result: R) => void;
  readonly onClose: () => void;
  /** After a conflict: the way on. */
  readonly remedy?: (failure: CallFailure | null) => ReactNode;
  /** What it means. */
  readonly children: ReactNode;
}

/** Asks before something is done that somebody else will feel. */
export function Ask<R>({ title, action, tone = 'danger', run, onDone, onClose, remedy, children }: AskProps<R>) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const go = async () => {
    setBusy(true);
    setFailure(null);
    const outcome = await run();
    setBusy(false);
    if (outcome.ok) onDone(outcome.value);
    else setFailure(outcome);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone={tone} busy={busy} onClick={() => void go()}>
            {action}
          </Button>
        </>
      }
    >
      <div className="text-sm leading-relaxed text-ink-2">{children}</div>
      <div className="mt-3 empty:hidden">
        <FormFailure failure={failure}>{remedy?.(failure)}</FormFailure>
      </div>
    </Dialog>
  );
}
