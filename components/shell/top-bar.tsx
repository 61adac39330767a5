'use client';

import { Command } from 'lucide-react';
import { perform } from '../actions/action';
import { openPalette } from '../actions/global-actions';
import { useContextGetter } from '../actions/use-action-context';
import { IconButton } from '../ui/button';
import { Brand } from './brand';
import { LinkState } from './link-state';
import { OwnState } from './own-state';
import { SearchBox } from './search-box';
import { UserMenu } from './user-menu';

/** Own state on top, search in the middle, the link and the user at the right. */
export function TopBar() {
  const context = useContextGetter();
  return (
    <header className="z-20 flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-3 py-1.5 md:h-12 md:flex-nowrap">
      <h1 className="sr-only">Panel</h1>
      <Brand />
      <OwnState />
      <div className="flex min-w-0 flex-1 justify-center max-md:order-last max-md:basis-full">
        <SearchBox />
      </div>
      <div className="flex items-center gap-2 max-md:ml-auto">
        <LinkState />
        <IconButton
          label="All commands"
          title="All commands (Ctrl+K)"
          className="max-md:hidden"
          onClick={() => perform(openPalette, context(), undefined)}
        >
          <Command aria-hidden className="size-4" />
        </IconButton>
        <UserMenu />
      </div>
    </header>
  );
}
