'use client';

import { Ellipsis, KeyRound, Pencil, UserCheck, UserX } from 'lucide-react';
import type { UserRecord } from '@/server/protocol/admin';
import { agoText, momentText } from '../../live/clock-text';
import { Badge } from '../../ui/badge';
import { IconButton } from '../../ui/button';
import { Menu, MenuItem, MenuLine } from '../../ui/menu';
import type { Roles } from './use-roles';

export type UserTask = 'edit' | 'password' | 'switch';

interface UserTableProps {
  readonly users: readonly UserRecord[];
  readonly roles: Roles;
  readonly ownId: string;
  readonly now: number;
  readonly onTask: (task: UserTask, user: UserRecord) => void;
}

const head = 'h-9 px-3 text-left text-xs font-medium text-ink-2';
const cell = 'px-3 py-2 align-middle';
const wide = 'max-md:hidden';
const widest = 'max-xl:hidden';

export function UserTable({ users, roles, ownId, now, onTask }: UserTableProps) {
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">Users, by name</caption>
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className={head}>
            Name
          </th>
          <th scope="col" className={`${head} ${widest}`}>
            User name
          </th>
          <th scope="col" className={`${head} max-sm:hidden`}>
            Role
          </th>
          <th scope="col" className={`${head} ${wide}`}>
            Extension
          </th>
          <th scope="col" className={`${head} ${wide}`}>
            Last seen
          </th>
          <th scope="col" className={head}>
            State
          </th>
          <th scope="col" className={head}>
            <span className="sr-only">Change</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <tr key={user.id} className="border-b border-line last:border-0">
            <th scope="row" className={`${cell} w-full max-w-0 text-left font-normal xl:w-auto xl:max-w-64`}>
              <span className="flex items-center gap-2">
                <span className="truncate font-medium text-ink">{user.name}</span>
                {user.id === ownId ? <Badge>You</Badge> : null}
              </span>
              <span className="block truncate text-xs text-ink-2 xl:hidden">
                {user.username}
                <span className="sm:hidden"> · {roles.name(user.role)}</span>
                {user.extension ? <span className="md:hidden"> · {user.extension}</span> : null}
              </span>
            </th>
            <td className={`${cell} ${widest} max-w-56 truncate text-ink-2`}>{user.username}</td>
            <td className={`${cell} max-sm:hidden`}>{roles.name(user.role)}</td>
            <td className={`${cell} ${wide} tabular-nums`}>
              {user.extension ?? <span className="text-ink-3">None</span>}
            </td>
            <td className={`${cell} ${wide} whitespace-nowrap text-ink-2`}>
              <LastSeen at={user.lastSeenAt} now={now} />
            </td>
            <td className={cell}>
              <State user={user} />
            </td>
            <td className={`${cell} text-right`}>
              <RowMenu user={user} own={user.id === ownId} onTask={onTask} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LastSeen({ at, now }: { readonly at: string | null; readonly now: number }) {
  if (at === null) return <span className="text-ink-3">Never</span>;
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={momentText(time, now)}>
      {now - time < 90_000 ? 'Just now' : `${agoText(time, now)} ago`}
    </time>
  );
}

function State({ user }: { readonly user: UserRecord }) {
  if (user.disabled) return <Badge tone="danger">Disabled</Badge>;
  return user.hasPassword ? <Badge tone="good">Active</Badge> : <Badge tone="warn">No password</Badge>;
}

interface RowMenuProps {
  readonly user: UserRecord;
  readonly own: boolean;
  readonly onTask: UserTableProps['onTask'];
}

function RowMenu({ user, own, onTask }: RowMenuProps) {
  const icon = 'size-4';
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
        <MenuItem icon={<Pencil aria-hidden className={icon} />} onSelect={() => onTask('edit', user)}>
          Edit
        </MenuItem>
        <MenuItem icon={<KeyRound aria-hidden className={icon} />} onSelect={() => onTask('password', user)}>
          Set a new password
        </MenuItem>
        {own ? null : (
          <>
            <MenuLine />
            <MenuItem
              icon={user.disabled ? <UserCheck aria-hidden className={icon} /> : <UserX aria-hidden className={icon} />}
              onSelect={() => onTask('switch', user)}
            >
              {user.disabled ? 'Enable' : 'Disable'}
            </MenuItem>
          </>
        )}
      </Menu>
    </span>
  );
}
