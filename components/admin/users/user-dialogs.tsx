'use client';

import { useMemo, useState } from 'react';
import { toast } from 'sonner';
import { z } from 'zod';
import { type IssuedInvitation, issuedInvitation } from '@/server/protocol/account';
import { type UserRecord, userRecord } from '@/server/protocol/admin';
import { Sessions } from '../../account/sessions';
import { call } from '../../auth/api';
import { untilText } from '../../live/clock-text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { SelectField } from '../../ui/select-field';
import { Ask } from './ask';
import { linkOf } from './link-text';
import { Links } from './links';
import { TakeNewest } from './take-newest';

export interface UserDialogProps {
  readonly user: UserRecord;
  readonly onClose: () => void;
  readonly onSaved: (user: UserRecord) => void;
  readonly newest: () => Promise<UserRecord | null>;
}

const done = z.object({ ok: z.literal(true) });

/** Asks before a user is disabled or enabled. */
export function SwitchUser({ user, onClose, onSaved, newest }: UserDialogProps) {
  const disable = !user.disabled;
  const take = async () => {
    if (!(await newest())) onClose();
  };
  return (
    <Ask
      title={disable ? `Disable ${user.name}?` : `Enable ${user.name}?`}
      action={disable ? 'Disable' : 'Enable'}
      tone={disable ? 'danger' : 'primary'}
      run={() =>
        call(userRecord, `admin/users/${user.id}`, {
          method: 'PATCH',
          body: { disabled: disable, version: user.version },
        })
      }
      onDone={onSaved}
      onClose={onClose}
      remedy={(failure) => <TakeNewest failure={failure} take={take} />}
    >
      {disable
        ? `${user.name} is signed out at once on every device, open panels included, and cannot sign in until enabled again. An open link ends. Nothing is deleted.`
        : `${user.name} can sign in again ${user.hasPassword ? 'with the same password' : 'once invited'}.`}
    </Ask>
  );
}

interface DeleteUserProps extends Omit<UserDialogProps, 'onSaved' | 'newest'> {
  readonly onGone: (user: UserRecord) => void;
}

export function DeleteUser({ user, onClose, onGone }: DeleteUserProps) {
  return (
    <Ask
      title={`Delete ${user.name}?`}
      action="Delete"
      run={() => call(done, `admin/users/${user.id}`, { method: 'DELETE' })}
      onDone={() => onGone(user)}
      onClose={onClose}
    >
      <p>
        {user.name} is signed out at once, and the account, its layout and its second factor are gone for good. What
        this user did stays in the audit log, and calls and notes stay where they are.
      </p>
      {user.origin === 'local' ? null : (
        <p className="mt-2">
          The company account stays: signing in with it may make a user here again. To keep them out, disable them.
        </p>
      )}
    </Ask>
  );
}

export function ResetSecondFactor({ user, onClose, onSaved }: Omit<UserDialogProps, 'newest'>) {
  return (
    <Ask
      title={`Reset the second factor of ${user.name}?`}
      action="Reset"
      run={() => call(userRecord, `admin/users/${user.id}/second-factor`, { method: 'DELETE' })}
      onDone={onSaved}
      onClose={onClose}
    >
      For a lost phone. Be sure that it is {user.name} who asks. Until they set one up again, the password alone signs
      them in; if their role asks for a second factor, they set it up at the next sign-in, and open panels close.
    </Ask>
  );
}

export function UserSessions({ user, onClose }: Pick<UserDialogProps, 'user' | 'onClose'>) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Where ${user.name} is signed in`}
      description="What is signed out here closes at once there."
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <Sessions path={`admin/users/${user.id}`} />
    </Dialog>
  );
}

export const inviteDays = [
  { value: '1', label: '1 day' },
  { value: '3', label: '3 days' },
  { value: '7', label: '7 days' },
  { value: '14', label: '14 days' },
  { value: '30', label: '30 days' },
];

/** Makes the link with which a user sets a password, and shows it, once. */
export function InviteUser({ user, onClose, onSaved }: Omit<UserDialogProps, 'newest'>) {
  const [days, setDays] = useState('7');
  const [issued, setIssued] = useState<IssuedInvitation | null>(null);
  const now = useMemo(() => Date.now(), []);
  if (issued) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title={`The link for ${user.name}`}
        description={`It works once, until ${untilText(Date.parse(issued.expiresAt), now)}, and is shown only now.`}
        footer={
          <Button tone="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <Links links={[{ ...user, link: linkOf(issued.token, location.origin), expiresAt: issued.expiresAt }]} />
      </Dialog>
    );
  }
  const made = (answer: IssuedInvitation) => {
    setIssued(answer);
    onSaved({ ...user, invitedUntil: answer.expiresAt });
  };
  return (
    <Ask
      title={user.hasPassword ? `Reset the password of ${user.name}` : `Invite ${user.name}`}
      action="Make the link"
      tone="primary"
      run={() =>
        call(issuedInvitation, `admin/users/${user.id}/invitation`, { method: 'POST', body: { days: Number(days) } })
      }
      onDone={made}
      onClose={onClose}
    >
      <p className="mb-4">
        {user.hasPassword
          ? `With a link that works once, ${user.name} sets a new password; nobody else has to know it. Until then the old one works: to shut somebody out at once, disable them.`
          : `With a link that works once, ${user.name} sets a password and is in. Send it by mail or chat; the panel sends nothing by itself.`}
        {user.invitedUntil ? ' The link that is open now ends.' : ''}
      </p>
      <SelectField
        label="The link works for"
        value={days}
        onChange={(event) => setDays(event.target.value)}
        options={inviteDays}
      />
    </Ask>
  );
}

/** Takes an open link back; nothing is asked, for another one is soon made. */
export async function takeLinkBack(user: UserRecord): Promise<UserRecord | null> {
  const outcome = await call(done, `admin/users/${user.id}/invitation`, { method: 'DELETE' });
  if (!outcome.ok && outcome.error !== 'notFound') {
    toast.error(outcome.message);
    return null;
  }
  toast.success(`The link of ${user.name} does not work any more`);
  return { ...user, invitedUntil: null };
}
