'use client';

import {
  Ellipsis,
  KeyRound,
  Link,
  Link2Off,
  MonitorSmartphone,
  Pencil,
  ShieldOff,
  Trash2,
  UserCheck,
  UserX,
} from 'lucide-react';
import type { UserRecord } from '@/server/protocol/admin';
import { IconButton } from '../../ui/button';
import { Menu, MenuItem, MenuLine } from '../../ui/menu';

export type UserTask = 'edit' | 'invite' | 'uninvite' | 'secondFactor' | 'sessions' | 'switch' | 'delete';

interface RowMenuProps {
  readonly user: UserRecord;
  readonly own: boolean;
  readonly onTask: (task: UserTask, user: UserRecord) => void;
}

const icon = 'size-4';

export function RowMenu({ user, own, onTask }: RowMenuProps) {
  const item = (task: UserTask, Icon: typeof Pencil, words: string) => (
    <MenuItem icon={<Icon aria-hidden className={icon} />} onSelect={() => onTask(task, user)}>
      {words}
    </MenuItem>
  );
  return (
    <span className="inline-flex items-center">
      <IconButton
        label={`Edit ${user.name}`}
        size="small"
        className="max-sm:hidden"
        onClick={() => onTask('edit', user)}
      >
        <Pencil aria-hidden className={icon} />
      </IconButton>
      <Menu
        trigger={
          <IconButton label={`More for ${user.name}`} size="small">
            <Ellipsis aria-hidden className={icon} />
          </IconButton>
        }
      >
        {item('edit', Pencil, 'Edit')}
        {user.origin === 'local' && !user.disabled
          ? item('invite', user.hasPassword ? KeyRound : Link, inviteWords(user))
          : null}
        {user.invitedUntil ? item('uninvite', Link2Off, 'Take the link back') : null}
        {user.secondFactor && !own ? item('secondFactor', ShieldOff, 'Reset the second factor…') : null}
        {item('sessions', MonitorSmartphone, 'Where signed in…')}
        {own ? null : (
          <>
            <MenuLine />
            {item('switch', user.disabled ? UserCheck : UserX, user.disabled ? 'Enable' : 'Disable')}
            {item('delete', Trash2, 'Delete…')}
          </>
        )}
      </Menu>
    </span>
  );
}

function inviteWords({ hasPassword, invitedUntil }: UserRecord): string {
  if (hasPassword) return 'Reset the password…';
  return invitedUntil ? 'Invite again…' : 'Invite…';
}
