'use client';

import clsx from 'clsx';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AccessUse } from '@/server/protocol/access-answers';
import { Button } from '../../ui/button';
import type { Form } from '../use-form';
import type { AccessValues } from './access-values';

/** What is looked at: a role or a group, by its row. */
export interface Chosen {
  readonly kind: 'roles' | 'groups';
  readonly row: string;
}

interface AccessListProps {
  readonly form: Form<AccessValues>;
  readonly use: AccessUse | null;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onAddRole: () => void;
  readonly onAddGroup: () => void;
}

const most = { roles: 100, groups: 500 } as const;

/** All roles and groups, and how many users have them. */
export function AccessList({ form, use, chosen, onChoose, onAddRole, onAddGroup }: AccessListProps) {
  const { roles, groups } = form.values;
  const isWrong = (kind: Chosen['kind'], at: number) =>
    Object.keys(form.errors).some((path) => path.startsWith(`${kind}.${at}.`));
  const item = (kind: Chosen['kind'], row: string, at: number, name: string, note: string) => (
    <Item
      key={row}
      name={name.trim() || 'No name yet'}
      note={isWrong(kind, at) ? 'not right' : note}
      wrong={isWrong(kind, at)}
      current={chosen.kind === kind && chosen.row === row}
      onPress={() => onChoose({ kind, row })}
    />
  );
  return (
    <div className="flex flex-col gap-5 lg:sticky lg:top-3 lg:-m-1 lg:max-h-[calc(100dvh-1.5rem)] lg:overflow-y-auto lg:p-1">
      <List
        title="Roles"
        add={
          <AddButton disabled={roles.length >= most.roles} onPress={onAddRole}>
            Add a role
          </AddButton>
        }
      >
        {roles.map(({ row, id, name }, at) => item('roles', row, at, name, usersWords(use?.roles[id]?.count ?? 0)))}
      </List>
      <List
        title="Groups"
        add={
          <AddButton disabled={groups.length >= most.groups} onPress={onAddGroup}>
            Add a group
          </AddButton>
        }
      >
        {groups.map((group, at) => item('groups', group.id, at, group.name, contentWords(group)))}
      </List>
      {groups.length === 0 ? (
        <p className="-mt-4 px-1 text-xs text-ink-2">
          None yet. A group is needed to let a permission hold for some, or to show only some.
        </p>
      ) : null}
    </div>
  );
}

function usersWords(count: number): string {
  if (count === 0) return '';
  return count === 1 ? '1 user' : `${count} users`;
}

type Contents = AccessValues['groups'][number];

function contentWords({ extensions, departments, queues, conferences, parking, trunks, all }: Contents): string {
  const named = [extensions, departments, queues, conferences, parking, trunks].reduce(
    (sum, list) => sum + list.length,
    0,
  );
  if (all.length > 0) return named > 0 ? `all of a kind, ${named} more` : 'all of a kind';
  return named === 0 ? 'empty' : `${named} in it`;
}

function List({
  title,
  add,
  children,
}: {
  readonly title: string;
  readonly add: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <h2 className="mb-1.5 px-1 text-xs font-semibold text-ink-2">{title}</h2>
      <ul className="flex flex-col gap-0.5">{children}</ul>
      <div className="mt-2">{add}</div>
    </section>
  );
}

interface ItemProps {
  readonly name: string;
  readonly note: string;
  readonly wrong: boolean;
  readonly current: boolean;
  readonly onPress: () => void;
}

function Item({ name, note, wrong, current, onPress }: ItemProps) {
  return (
    <li>
      <button
        type="button"
        aria-current={current ? 'true' : undefined}
        onClick={onPress}
        className={clsx(
          'flex min-h-9 w-full items-center gap-2 rounded-md px-2.5 text-left text-sm',
          current
            ? 'bg-hover font-medium text-ink shadow-[inset_2px_0_0_0_var(--c-accent)]'
            : 'text-ink hover:bg-hover',
        )}
      >
        <span className="min-w-0 flex-1 truncate">{name}</span>
        <span className={clsx('shrink-0 text-xs tabular-nums', wrong ? 'font-medium text-dnd-ink' : 'text-ink-2')}>
          {note}
        </span>
      </button>
    </li>
  );
}

interface AddButtonProps {
  readonly disabled: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function AddButton({ disabled, onPress, children }: AddButtonProps) {
  return (
    <Button size="small" icon={<Plus aria-hidden className="size-4" />} disabled={disabled} onClick={onPress}>
      {children}
    </Button>
  );
}
