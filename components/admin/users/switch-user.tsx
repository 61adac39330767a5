'use client';

import { useState } from 'react';
import { type UserRecord, userRecord } from '@/server/protocol/admin';
import { type CallFailure, call } from '../../auth/api';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { FormFailure } from '../form-failure';
import { TakeNewest } from './take-newest';

interface SwitchUserProps {
  readonly user: UserRecord;
  readonly onClose: () => void;
  readonly onSaved: (user: UserRecord) => void;
  readonly newest: () => Promise<UserRecord | null>;
}

/** Asks before a user is disabled or enabled. */
export function SwitchUser({ user, onClose, onSaved, newest }: SwitchUserProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const disable = !user.disabled;
  const go = async () => {
    setBusy(true);
    setFailure(null);
    const body = { disabled: disable, version: user.version };
    const outcome = await call(userRecord, `admin/users/${user.id}`, { method: 'PATCH', body });
    setBusy(false);
    if (outcome.ok) onSaved(outcome.value);
    else setFailure(outcome);
  };
  const take = async () => {
    setFailure(null);
    if (!(await newest())) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={disable ? `Disable ${user.name}?` : `Enable ${user.name}?`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone={disable ? 'danger' : 'primary'} busy={busy} onClick={() => void go()}>
            {disable ? 'Disable' : 'Enable'}
          </Button>
        </>
      }
    >
      <p className="text-sm leading-relaxed text-ink-2">
        {disable
          ? `${user.name} is signed out at once on every device, open panels included, and cannot sign in until enabled again. Nothing is deleted.`
          : `${user.name} can sign in again with the same password.`}
      </p>
      <div className="mt-3 empty:hidden">
        <FormFailure failure={failure}>
          <TakeNewest failure={failure} take={take} />
        </FormFailure>
      </div>
    </Dialog>
  );
}
