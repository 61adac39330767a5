'use client';

import { ListPlus, Plus, UserSearch } from 'lucide-react';
import { useMemo, useState } from 'react';
import { toast } from 'sonner';
import { z } from 'zod';
import { type UserRecord, userRecord } from '@/server/protocol/admin';
import { useSession } from '../../account/session-gate';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Skeleton } from '../../ui/skeleton';
import { FilterField } from '../filter-field';
import { LoadFailure } from '../load-failure';
import { useResource } from '../use-resource';
import { AddMany } from './add-many';
import { ChosenBar, GiveRole, InviteMany, type ManyTask, SwitchMany } from './chosen-users';
import { findUsers, type Order, type Show, sortUsers } from './find-users';
import type { UserTask } from './row-menu';
import { ShowField } from './show-field';
import { type Roles, useRoles } from './use-roles';
import { DeleteUser, InviteUser, ResetSecondFactor, SwitchUser, takeLinkBack, UserSessions } from './user-dialogs';
import { EditUser, NewUser } from './user-form';
import { UserTable } from './user-table';

const userList = z.array(userRecord);

type Open =
  | { readonly task: 'new' }
  | { readonly task: 'newMany' }
  | { readonly task: UserTask; readonly id: string }
  | { readonly task: 'many'; readonly what: ManyTask; readonly ids: readonly string[] }
  | null;

export default function UsersSection() {
  const { me } = useSession();
  const { value: users, failure, set, reload } = useResource(userList, 'admin/users');
  const roles = useRoles();
  const [query, setQuery] = useState('');
  const [show, setShow] = useState<Show>('all');
  const [order, setOrder] = useState<Order>({ by: 'name', down: false });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<Open>(null);
  const found = useMemo(
    () => (users ? sortUsers(findUsers(users, query, roles.name, show), order, roles.name) : []),
    [users, query, roles, show, order],
  );
  const now = useMemo(() => (users ? Date.now() : 0), [users]);
  if (!users)
    return failure ? (
      <LoadFailure failure={failure} retry={() => void reload()} />
    ) : (
      <Skeleton className="h-96 rounded-xl" />
    );
  const keep = (changed: readonly UserRecord[]) => {
    const newer = new Map(changed.map((user) => [user.id, user]));
    const known = users.map((one) => newer.get(one.id) ?? one);
    set([...known, ...changed.filter(({ id }) => !users.some((one) => one.id === id))]);
  };
  const choose = (ids: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  };
  const begin = (task: UserTask, user: UserRecord) => {
    if (task !== 'uninvite') return setOpen({ task, id: user.id });
    void takeLinkBack(user).then((back) => back && keep([back]));
  };
  const gone = (user: UserRecord) => {
    set(users.filter(({ id }) => id !== user.id));
    choose([user.id], false);
    setOpen(null);
    toast.success(`${user.name} was deleted`);
  };
  // Who is filtered away is not meant.
  const meant = found.filter(({ id }) => chosen.has(id));
  const narrowed = query !== '' || show !== 'all';
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <FilterField label="Filter users" value={query} onChange={setQuery} />
        <ShowField value={show} roles={roles} onChange={setShow} />
        <p role="status" className="text-[0.8125rem] tabular-nums text-ink-2 max-sm:order-last max-sm:basis-full">
          {narrowed ? `${found.length} of ${users.length}` : `${users.length} ${users.length === 1 ? 'user' : 'users'}`}
        </p>
        <span className="ml-auto flex gap-2">
          <Button icon={<ListPlus aria-hidden className="size-4" />} onClick={() => setOpen({ task: 'newMany' })}>
            Add many
          </Button>
          <Button
            tone="primary"
            icon={<Plus aria-hidden className="size-4" />}
            onClick={() => setOpen({ task: 'new' })}
          >
            Add a user
          </Button>
        </span>
      </div>
      <div className="rounded-xl border border-line bg-surface">
        {found.length > 0 ? (
          <UserTable
            {...{ users: found, roles, ownId: me.id, now, order, chosen }}
            onOrder={setOrder}
            onChoose={choose}
            onTask={begin}
          />
        ) : (
          <NobodyFound
            narrowed={narrowed}
            clear={() => {
              setQuery('');
              setShow('all');
            }}
          />
        )}
      </div>
      <ChosenBar
        chosen={meant}
        onTask={(what) => setOpen({ task: 'many', what, ids: meant.map(({ id }) => id) })}
        onClear={() => setChosen(new Set())}
      />
      <OpenTask {...{ open, setOpen, users, roles, ownId: me.id, reload, keep, gone }} />
    </>
  );
}

function NobodyFound({ narrowed, clear }: { readonly narrowed: boolean; readonly clear: () => void }) {
  return (
    <EmptyState
      icon={<UserSearch aria-hidden className="size-5" />}
      title={narrowed ? 'Nobody matches' : 'There are no users'}
      action={narrowed ? <Button onClick={clear}>Show everybody</Button> : undefined}
    >
      {narrowed ? 'Users are found by name, user name, extension, e-mail, role and state.' : 'Add the first one.'}
    </EmptyState>
  );
}

interface OpenTaskProps {
  readonly open: Open;
  readonly setOpen: (open: Open) => void;
  readonly users: readonly UserRecord[];
  readonly roles: Roles;
  readonly ownId: string;
  readonly reload: () => Promise<UserRecord[] | null>;
  readonly keep: (users: readonly UserRecord[]) => void;
  readonly gone: (user: UserRecord) => void;
}

function OpenTask({ open, setOpen, users, roles, ownId, reload, keep, gone }: OpenTaskProps) {
  const onClose = () => setOpen(null);
  if (open === null) return null;
  if (open.task === 'new') {
    const added = (user: UserRecord, invite: boolean) => {
      keep([user]);
      setOpen(invite ? { task: 'invite', id: user.id } : null);
      toast.success(`${user.name} was added`);
    };
    return <NewUser onClose={onClose} onAdded={added} />;
  }
  if (open.task === 'newMany') return <AddMany users={users} roles={roles} onAdded={keep} onClose={onClose} />;
  if (open.task === 'many') {
    const meant = users.filter(({ id }) => open.ids.includes(id));
    return <ManyTaskDialog what={open.what} {...{ users: meant, roles, ownId, onClose }} onSaved={keep} />;
  }
  const user = users.find((one) => one.id === open.id);
  if (!user) return null;
  const onSaved = (saved: UserRecord) => {
    keep([saved]);
    setOpen(null);
    toast.success(`${saved.name}: saved`);
  };
  const newest = async () => (await reload())?.find((one) => one.id === open.id) ?? null;
  const props = { user, newest, onClose, onSaved };
  switch (open.task) {
    case 'edit':
      return <EditUser {...props} />;
    case 'switch':
      return <SwitchUser {...props} />;
    case 'secondFactor':
      return <ResetSecondFactor {...props} />;
    case 'sessions':
      return <UserSessions user={user} onClose={onClose} />;
    case 'delete':
      return <DeleteUser user={user} onClose={onClose} onGone={gone} />;
    default:
      // Stays open: the link is to be copied.
      return <InviteUser user={user} onClose={onClose} onSaved={(saved) => keep([saved])} />;
  }
}

interface ManyTaskProps {
  readonly what: ManyTask;
  readonly users: readonly UserRecord[];
  readonly roles: Roles;
  readonly ownId: string;
  readonly onSaved: (users: readonly UserRecord[]) => void;
  readonly onClose: () => void;
}

/** Those who were chosen when it was opened: what is done to them must not shorten the list under way. */
function ManyTaskDialog({ what, users, ...rest }: ManyTaskProps) {
  const [meant] = useState(users);
  const props = { ...rest, users: meant };
  if (what === 'role') return <GiveRole {...props} />;
  if (what === 'invite') return <InviteMany {...props} />;
  return <SwitchMany {...props} disable={what === 'disable'} />;
}
