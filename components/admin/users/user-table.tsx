'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { ArrowDown, ArrowUp, ShieldCheck } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { UserRecord } from '@/server/protocol/admin';
import { agoText, momentText, untilText } from '../../live/clock-text';
import { Badge } from '../../ui/badge';
import type { Column, Order } from './find-users';
import { RowMenu, type UserTask } from './row-menu';
import type { Roles } from './use-roles';
import { stateOf, stateWords, wayInOf, wayInWords } from './user-state';

interface UserTableProps {
  readonly users: readonly UserRecord[];
  readonly roles: Roles;
  readonly ownId: string;
  readonly now: number;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (ids: readonly string[], on: boolean) => void;
  readonly onTask: (task: UserTask, user: UserRecord) => void;
}

const head = 'h-9 whitespace-nowrap px-2.5 text-left text-xs font-medium text-ink-2';
const cell = 'px-2.5 py-2 align-middle';
const box = 'size-4 cursor-pointer accent-accent align-middle';

/** When a column is left out: the name says it then, or the row's menu. */
const columns: readonly { readonly by: Column; readonly title: string; readonly when: string }[] = [
  { by: 'name', title: 'Name', when: '' },
  { by: 'role', title: 'Role', when: 'max-sm:hidden' },
  { by: 'extension', title: 'Extension', when: 'max-md:hidden' },
  { by: 'wayIn', title: 'Sign-in', when: 'max-xl:hidden' },
  { by: 'secondFactor', title: 'Second factor', when: 'max-xl:hidden' },
  { by: 'lastSeen', title: 'Last seen', when: 'max-lg:hidden' },
  { by: 'state', title: 'State', when: '' },
];
const when = (by: Column): string => columns.find((column) => column.by === by)?.when ?? '';

/** Thousands of them: only the rows near the window are there. */
export function UserTable(props: UserTableProps) {
  const { users, order, onOrder, chosen, onChoose } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    if (body.current) setMargin(body.current.getBoundingClientRect().top + scrollY);
  }, []);
  const virtual = useWindowVirtualizer({
    count: users.length,
    estimateSize: () => 53,
    overscan: 12,
    scrollMargin: margin,
    getItemKey: (at) => users[at]?.id ?? at,
  });
  const rows = virtual.getVirtualItems();
  const before = (rows[0]?.start ?? margin) - margin;
  const after = virtual.getTotalSize() - ((rows.at(-1)?.end ?? margin) - margin);
  const all = users.length > 0 && users.every(({ id }) => chosen.has(id));
  return (
    <table className="w-full border-collapse text-sm" aria-rowcount={users.length + 1}>
      <caption className="sr-only">Users</caption>
      <thead>
        <tr className="border-b border-line" aria-rowindex={1}>
          <th scope="col" className={`${head} w-9 pl-3 pr-0`}>
            <input
              type="checkbox"
              aria-label={all ? 'Choose nobody' : `Choose all ${users.length}`}
              checked={all}
              onChange={() =>
                onChoose(
                  users.map(({ id }) => id),
                  !all,
                )
              }
              className={box}
            />
          </th>
          {columns.map((column) => (
            <Heading key={column.by} {...column} order={order} onOrder={onOrder} />
          ))}
          <th scope="col" className={head}>
            <span className="sr-only">Change</span>
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        <Filler height={before} />
        {rows.map(({ index, key }) => {
          const user = users[index];
          return user ? <UserRow key={key} {...props} user={user} at={index} measure={virtual.measureElement} /> : null;
        })}
        <Filler height={after} />
      </tbody>
    </table>
  );
}

/** Takes the room of the rows that are not there. */
function Filler({ height }: { readonly height: number }) {
  return height > 0 ? (
    <tr aria-hidden>
      <td colSpan={columns.length + 2} style={{ height, padding: 0 }} />
    </tr>
  ) : null;
}

interface HeadingProps {
  readonly by: Column;
  readonly title: string;
  readonly when: string;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
}

function Heading({ by, title, when: hidden, order, onOrder }: HeadingProps) {
  const sorted = order.by === by;
  const Arrow = order.down ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={sorted ? (order.down ? 'descending' : 'ascending') : 'none'}
      className={`${head} ${hidden}`}
    >
      <button
        type="button"
        onClick={() => onOrder({ by, down: sorted && !order.down })}
        className="inline-flex cursor-pointer items-center gap-1 rounded font-medium hover:text-ink"
      >
        {title}
        {sorted ? <Arrow aria-hidden className="size-3.5" /> : null}
      </button>
    </th>
  );
}

interface UserRowProps extends UserTableProps {
  readonly user: UserRecord;
  readonly at: number;
  readonly measure: (element: HTMLElement | null) => void;
}

function UserRow({ user, at, measure, roles, ownId, now, chosen, onChoose, onTask }: UserRowProps) {
  const isChosen = chosen.has(user.id);
  return (
    <tr
      ref={measure}
      data-index={at}
      aria-rowindex={at + 2}
      className={clsx('border-b border-line last:border-0', isChosen && 'bg-hover')}
    >
      <td className="w-9 pl-3 align-middle">
        <input
          type="checkbox"
          aria-label={`Choose ${user.name}`}
          checked={isChosen}
          onChange={(event) => onChoose([user.id], event.target.checked)}
          className={box}
        />
      </td>
      <th scope="row" className={`${cell} w-full max-w-0 text-left font-normal`}>
        <span className="flex items-center gap-2">
          <span className="truncate font-medium text-ink">{user.name}</span>
          {user.id === ownId ? <Badge>You</Badge> : null}
        </span>
        <span className="block truncate text-xs text-ink-2">
          {user.username}
          <span className="sm:hidden"> · {roles.name(user.role)}</span>
          {user.extension ? <span className="md:hidden"> · {user.extension}</span> : null}
        </span>
      </th>
      <td className={`${cell} ${when('role')} max-w-40 truncate`}>{roles.name(user.role)}</td>
      <td className={`${cell} ${when('extension')} tabular-nums`}>
        {user.extension ?? <span className="text-ink-3">None</span>}
      </td>
      <td className={`${cell} ${when('wayIn')} whitespace-nowrap text-ink-2`}>{wayInWords[wayInOf(user)]}</td>
      <td className={`${cell} ${when('secondFactor')} whitespace-nowrap text-ink-2`}>
        <SecondFactor user={user} />
      </td>
      <td className={`${cell} ${when('lastSeen')} whitespace-nowrap text-ink-2`}>
        <LastSeen at={user.lastSeenAt} now={now} />
      </td>
      <td className={`${cell} whitespace-nowrap`}>
        <State user={user} now={now} />
      </td>
      <td className={`${cell} text-right`}>
        <RowMenu user={user} own={user.id === ownId} onTask={onTask} />
      </td>
    </tr>
  );
}

function SecondFactor({ user }: { readonly user: UserRecord }) {
  if (user.secondFactor) {
    return (
      <span className="inline-flex items-center gap-1.5">
        <ShieldCheck aria-hidden className="size-4 text-free-ink" />
        On
      </span>
    );
  }
  return <span className="text-ink-3">{user.origin === 'oidc' ? 'Elsewhere' : 'Off'}</span>;
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

const tones = { active: 'good', invited: 'neutral', waiting: 'warn', disabled: 'danger' } as const;

function State({ user, now }: { readonly user: UserRecord; readonly now: number }) {
  const state = stateOf(user);
  const until = state === 'invited' && user.invitedUntil ? untilText(Date.parse(user.invitedUntil), now) : null;
  return (
    <>
      <Badge tone={tones[state]}>{stateWords[state]}</Badge>
      {until ? <span className="block text-xs text-ink-2">until {until}</span> : null}
    </>
  );
}
