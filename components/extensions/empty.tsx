'use client';

import { SearchX, Unplug, UsersRound } from 'lucide-react';
import { useMe, usePbx } from '../live/hooks';
import { view } from '../shell/view';
import { Button, buttonBase } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { useStore } from '../ui/store';

/** The search, or hiding, leaves nobody. */
export function NobodyFound() {
  const query = useStore(view, (v) => v.query);
  if (!query) {
    return (
      <EmptyState
        icon={<UsersRound aria-hidden className="size-5" />}
        title="Everybody is hidden"
        action={<Button onClick={() => view.set({ showHidden: true })}>Show hidden people</Button>}
      >
        You hid every extension of this PBX from your grid.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<SearchX aria-hidden className="size-5" />}
      title={`Nobody matches “${query}”`}
      action={<Button onClick={() => view.set({ query: '' })}>Clear the search</Button>}
    >
      Names, numbers, departments and tags are searched; accents do not matter.
    </EmptyState>
  );
}

/** The PBX was read, or could not be, and there is no extension. */
export function NobodyThere() {
  const pbx = usePbx();
  const me = useMe();
  const admin = me?.role === 'admin';
  const link = admin ? (
    <a href="/admin/pbx/" className={`${buttonBase} h-9 bg-accent px-3.5 text-sm text-accent-ink`}>
      PBX connection
    </a>
  ) : null;
  if (pbx && pbx.link !== 'up') {
    return (
      <EmptyState
        icon={<Unplug aria-hidden className="size-5" />}
        title={pbx.link === 'syncing' ? 'Reading the PBX…' : 'The PBX does not answer'}
        action={link}
      >
        {pbx.link === 'syncing'
          ? 'Extensions, queues and trunks appear here in a moment.'
          : `${pbx.problem ?? 'The link is down.'} The panel keeps trying; people appear here as soon as it is back.`}
      </EmptyState>
    );
  }
  if (me?.sees !== undefined) {
    return (
      <EmptyState icon={<UsersRound aria-hidden className="size-5" />} title="Nobody is shown to you yet">
        What you see is chosen by an administrator, and appears here at once.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<UsersRound aria-hidden className="size-5" />} title="No extensions found yet" action={link}>
      Extensions are found by themselves: dialplan hints, PJSIP endpoints, SIP and IAX peers. If there are some on the
      PBX, check that the manager account may read the classes system, call, reporting and config.
    </EmptyState>
  );
}
