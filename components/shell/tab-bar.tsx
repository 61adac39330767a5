'use client';

import clsx from 'clsx';
import { ListOrdered, type LucideIcon, PhoneCall, SquareStack, UsersRound } from 'lucide-react';
import { useStore } from '../ui/store';
import { type Tab, view } from './view';

const tabs: readonly { tab: Tab; label: string; Icon: LucideIcon }[] = [
  { tab: 'people', label: 'People', Icon: UsersRound },
  { tab: 'calls', label: 'Calls', Icon: PhoneCall },
  { tab: 'queues', label: 'Queues', Icon: ListOrdered },
  { tab: 'more', label: 'More', Icon: SquareStack },
];

/** On a telephone one column is shown at a time. */
export function TabBar() {
  const current = useStore(view, (v) => v.tab);
  return (
    <nav
      aria-label="Columns"
      className="flex shrink-0 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {tabs.map(({ tab, label, Icon }) => (
        <button
          key={tab}
          type="button"
          aria-current={tab === current ? 'page' : undefined}
          data-drag-tab={tab}
          onClick={() => view.set({ tab })}
          className={clsx(
            'flex h-14 flex-1 cursor-pointer flex-col items-center justify-center gap-0.5 text-xs font-medium',
            tab === current ? 'text-accent' : 'text-ink-2',
          )}
        >
          <Icon aria-hidden className="size-5" />
          {label}
        </button>
      ))}
    </nav>
  );
}
