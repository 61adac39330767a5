'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { backupFile, passphrase as passphraseShape } from '@/server/protocol/backups';
import { call } from '../../auth/api';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/text-field';
import { CheckBox } from '../check-box';

/** A large database takes its time. */
const timeoutMs = 10 * 60_000;

interface MakeDialogProps {
  readonly done: () => void;
  readonly onClose: () => void;
}

/** A backup by hand, with the key of the secrets or without. */
export function MakeDialog({ done, onClose }: MakeDialogProps) {
  const [withKey, setWithKey] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const make = async (): Promise<void> => {
    const checked = passphraseShape.safeParse(passphrase);
    if (withKey && !checked.success) {
      setProblem(checked.error.issues[0]?.message ?? 'enter a passphrase');
      return;
    }
    setBusy(true);
    const body = withKey ? { passphrase } : {};
    const outcome = await call(backupFile, 'admin/backups', { method: 'POST', body, timeoutMs });
    setBusy(false);
    done();
    if (!outcome.ok) {
      setProblem(outcome.message);
      return;
    }
    toast.success('The backup is made and checked.');
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Make a backup"
      description="The panel goes on meanwhile. The copy is checked before it is listed."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" form="make-backup" busy={busy}>
            Make it
          </Button>
        </>
      }
    >
      <form
        id="make-backup"
        noValidate
        className="flex flex-col gap-3 pt-1"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <CheckBox
          label="So that it can be restored on another machine"
          hint="The key of the secrets goes along, locked with a passphrase. Without it, secrets such as the PBX account and second factors have to be set anew there."
          checked={withKey}
          onChange={setWithKey}
        />
        {withKey ? (
          <TextField
            label="Passphrase"
            type="password"
            autoComplete="new-password"
            value={passphrase}
            onChange={({ target }) => {
              setPassphrase(target.value);
              setProblem(null);
            }}
            {...(problem !== null && { error: problem })}
            hint="At least 12 characters. It is kept nowhere: write it down."
            maxLength={200}
          />
        ) : problem !== null ? (
          <Callout tone="danger" role="alert">
            {problem}
          </Callout>
        ) : null}
      </form>
    </Dialog>
  );
}
