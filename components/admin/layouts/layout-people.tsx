'use client';

import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { type LayoutsAnswer, type LayoutUser, savedLayout } from '@/server/protocol/layout';
import { Card } from '../../account/card';
import { call } from '../../auth/api';
import { Button } from '../../ui/button';

const words: Readonly<Record<LayoutUser['own'][number], string>> = {
  density: 'tile size',
  grouping: 'grouping',
  favourites: 'favourites',
  hidden: 'hidden people',
  order: 'order of tiles',
  collapsed: 'folded groups',
  departments: 'order of departments',
  sections: 'order of sections',
  hiddenSections: 'hidden sections',
};

interface LayoutPeopleProps {
  readonly role: string;
  readonly users: readonly LayoutUser[];
  readonly reload: () => Promise<LayoutsAnswer | null>;
}

/** Whose panel it is, and what they arranged otherwise. */
export function LayoutPeople({ role, users, reload }: LayoutPeopleProps) {
  const ofRole = users.filter((user) => user.role === role);
  return (
    <Card
      id="people"
      title="Who has it"
      description="What somebody arranged themselves stays theirs, whatever the default becomes."
    >
      {ofRole.length === 0 ? <p className="text-sm text-ink-2">Nobody has this role.</p> : null}
      <ul className="divide-y divide-line">
        {ofRole.map((user) => (
          <PersonRow key={user.id} user={user} reload={reload} />
        ))}
      </ul>
    </Card>
  );
}

function PersonRow({ user, reload }: { readonly user: LayoutUser } & Pick<LayoutPeopleProps, 'reload'>) {
  const [busy, setBusy] = useState(false);
  const name = user.name || user.username;
  const reset = async () => {
    setBusy(true);
    const outcome = await call(savedLayout, `admin/layouts/users/${user.id}/reset`, { method: 'POST' });
    setBusy(false);
    if (!outcome.ok) return toast.error(outcome.message);
    toast.success(`${name} has the default layout of the role again.`);
    await reload();
  };
  const own = user.own.map((key) => words[key]).join(', ');
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 py-1.5 text-sm">
      <span className="font-medium">{name}</span>
      <span className="min-w-0 flex-1 text-ink-2">{own === '' ? 'as the role has it' : `arranged: ${own}`}</span>
      {own === '' ? null : (
        <Button
          size="small"
          busy={busy}
          icon={<RotateCcw aria-hidden className="size-3.5" />}
          aria-label={`Reset the layout of ${name}`}
          onClick={() => void reset()}
        >
          Reset
        </Button>
      )}
    </li>
  );
}
