'use client';

import { Plus, UserSearch } from 'lucide-react';
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
import { findUsers } from './find-users';
import { SetPassword } from './set-password';
import { SwitchUser } from './switch-user';
import { useRoles } from './use-roles';
import { EditUser, NewUser } from './user-form';
import { UserTable, type UserTask } from './user-table';

const userList = z.array(userRecord);

type Open = { readonly task: 'new' } | { readonly task: UserTask; readonly id: string } | null;

export default function UsersSection() {
  const { me } = useSession();
  const { value: users, failure, set, reload } = useResource(userList, 'admin/users');
  const roles = useRoles();
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<Open>(null);
  const found = useMemo(() => (users ? findUsers(users, query, roles.name) : []), [users, query, roles]);
  const now = useMemo(() => (users ? Date.now() : 0), [users]);
  if (!users)
    return failure ? (
      <LoadFailure failure={failure} retry={() => void reload()} />
    ) : (
      <Skeleton className="h-96 rounded-xl" />
    );
  const saved = (user: UserRecord) => {
    const known = users.some((one) => one.id === user.id);
    set(known ? users.map((one) => (one.id === user.id ? user : one)) : [...users, user]);
    setOpen(null);
    toast.success(known ? `${user.name}: saved` : `${user.name} can sign in now`);
  };
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <FilterField label="Filter users" value={query} onChange={setQuery} />
        <p role="status" className="text-[0.8125rem] tabular-nums text-ink-2 max-sm:order-last max-sm:basis-full">
          {query ? `${found.length} of ${users.length}` : `${users.length} ${users.length === 1 ? 'user' : 'users'}`}
        </p>
        <Button
          tone="primary"
          className="ml-auto"
          icon={<Plus aria-hidden className="size-4" />}
          onClick={() => setOpen({ task: 'new' })}
        >
          Add a user
        </Button>
      </div>
      <div className="rounded-xl border border-line bg-surface">
        {found.length > 0 ? (
          <UserTable
            users={found}
            roles={roles}
            ownId={me.id}
            now={now}
            onTask={(task, user) => setOpen({ task, id: user.id })}
          />
        ) : (
          <NobodyFound query={query} clear={() => setQuery('')} />
        )}
      </div>
      <OpenTask open={open} users={users} reload={reload} onClose={() => setOpen(null)} onSaved={saved} />
    </>
  );
}

function NobodyFound({ query, clear }: { readonly query: string; readonly clear: () => void }) {
  return (
    <EmptyState
      icon={<UserSearch aria-hidden className="size-5" />}
      title={query ? `Nobody matches “${query}”` : 'There are no users'}
      action={query ? <Button onClick={clear}>Show everybody</Button> : undefined}
    >
      {query ? 'Users are found by name, user name, extension, role and state.' : 'Add the first one.'}
    </EmptyState>
  );
}

interface OpenTaskProps {
  readonly open: Open;
  readonly users: readonly UserRecord[];
  readonly reload: () => Promise<UserRecord[] | null>;
  readonly onClose: () => void;
  readonly onSaved: (user: UserRecord) => void;
}

function OpenTask({ open, users, reload, onClose, onSaved }: OpenTaskProps) {
  if (open === null) return null;
  if (open.task === 'new') return <NewUser onClose={onClose} onSaved={onSaved} />;
  const user = users.find((one) => one.id === open.id);
  if (!user) return null;
  const newest = async () => (await reload())?.find((one) => one.id === open.id) ?? null;
  const props = { user, newest, onClose, onSaved };
  if (open.task === 'edit') return <EditUser {...props} />;
  return open.task === 'password' ? <SetPassword {...props} /> : <SwitchUser {...props} />;
}
