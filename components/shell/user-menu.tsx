'use client';

import { UserRound } from 'lucide-react';
import { lazy } from 'react';
import { useMe } from '../live/hooks';
import { DeferredMenu } from '../ui/deferred-menu';
import { initials } from './initials';

const load = () => import('./user-menu-items');
const Items = lazy(load);

export function UserMenu() {
  const me = useMe();
  const name = me?.name || me?.username || '';
  return (
    <DeferredMenu
      preload={() => void load()}
      content={Items}
      trigger={
        <button
          type="button"
          aria-label={`Menu of ${name || 'the user'}`}
          className="grid size-9 shrink-0 cursor-pointer place-items-center rounded-full bg-sunken text-xs font-semibold text-ink-2 hover:bg-hover hover:text-ink"
        >
          {me ? initials(name) : <UserRound aria-hidden className="size-4" />}
        </button>
      }
    />
  );
}
