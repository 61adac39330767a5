'use client';

import { ArrowLeft, LogOut, Settings, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { toast } from 'sonner';
import type { Me } from '@/server/protocol/session';
import { Brand } from '../shell/brand';
import { initials } from '../shell/initials';
import { Menu, MenuHeading, MenuItem, MenuLine, MenuLink } from '../ui/menu';
import { signOut } from './sign-out';

/** The top bar of the pages beside the panel: the way back at the left, the user at the right. */
export function PageBar({ me }: { readonly me: Me | null }) {
  return (
    <header className="z-20 flex h-12 shrink-0 items-center gap-3 border-b border-line bg-surface px-3 sm:px-4">
      <Brand />
      <a
        href="/"
        className="inline-flex h-9 items-center gap-1.5 rounded-md px-2.5 text-sm font-medium text-ink-2 hover:bg-hover hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4" />
        Back to the panel
      </a>
      <div className="ml-auto">{me ? <PersonMenu me={me} /> : <div className="size-9 rounded-full bg-sunken" />}</div>
    </header>
  );
}

function PersonMenu({ me }: { readonly me: Me }) {
  const leave = () => void signOut().then((problem) => problem && toast.error(problem));
  const trigger: ReactNode = (
    <button
      type="button"
      aria-label={`Menu of ${me.name || me.username}`}
      className="grid size-9 cursor-pointer place-items-center rounded-full bg-sunken text-xs font-semibold text-ink-2 hover:bg-hover hover:text-ink"
    >
      {initials(me.name || me.username)}
    </button>
  );
  return (
    <Menu trigger={trigger as React.ReactElement}>
      <MenuHeading>
        <p className="font-semibold">{me.name}</p>
        <p className="text-xs text-ink-2">{me.username}</p>
      </MenuHeading>
      <MenuLine />
      <MenuLink href="/account/" icon={<UserRound aria-hidden className="size-4" />}>
        My account
      </MenuLink>
      {me.role === 'admin' ? (
        <MenuLink href="/admin/pbx/" icon={<Settings aria-hidden className="size-4" />}>
          Administration
        </MenuLink>
      ) : null}
      <MenuLine />
      <MenuItem icon={<LogOut aria-hidden className="size-4" />} onSelect={leave}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
