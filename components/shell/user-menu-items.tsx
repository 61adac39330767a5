'use client';

import { Keyboard, LogOut, Monitor, Moon, OctagonX, Settings, Sun, UserRound } from 'lucide-react';
import type { ReactElement } from 'react';
import { perform } from '../actions/action';
import { openKeys, signOut } from '../actions/global-actions';
import { stopOutside } from '../actions/outside-action';
import { useActionContext } from '../actions/use-action-context';
import { Kbd } from '../ui/kbd';
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuLine, MenuLink } from '../ui/menu';
import { applyTheme, type ThemeChoice } from './theme';

export const themes = [
  { value: 'system', label: 'As the system', icon: <Monitor aria-hidden className="size-4" /> },
  { value: 'light', label: 'Light', icon: <Sun aria-hidden className="size-4" /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden className="size-4" /> },
] as const satisfies readonly { value: ThemeChoice; label: string; icon: React.ReactNode }[];

/** Lazily loaded. */
export default function UserMenuItems({ trigger }: { readonly trigger: ReactElement }) {
  const context = useActionContext();
  const { me, layout, mirror } = context;
  const name = me?.name || me?.username || '';
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuHeading>
        <p className="font-semibold">{name}</p>
        <p className="text-xs text-ink-2">
          {me?.roleName}
          {me?.extension ? ` · extension ${me.extension}` : ''}
        </p>
      </MenuHeading>
      <MenuLine />
      <MenuLink href="/account/" icon={<UserRound aria-hidden className="size-4" />}>
        My account
      </MenuLink>
      {me?.role === 'admin' ? (
        <MenuLink href="/admin/" icon={<Settings aria-hidden className="size-4" />}>
          Administration
        </MenuLink>
      ) : null}
      {me?.permissions.includes('admin') ? (
        <MenuItem
          icon={<OctagonX aria-hidden className="size-4" />}
          disabled={stopOutside.blocked?.(context) != null}
          onSelect={() => perform(stopOutside, context, undefined)}
        >
          {stopOutside.label(context)}
        </MenuItem>
      ) : null}
      <MenuItem
        icon={<Keyboard aria-hidden className="size-4" />}
        shortcut={<Kbd>?</Kbd>}
        onSelect={() => perform(openKeys, context, undefined)}
      >
        Keyboard shortcuts
      </MenuItem>
      <MenuLine />
      <MenuChoice
        label="Theme"
        value={layout.theme}
        options={themes}
        onChange={(theme) => {
          applyTheme(theme);
          mirror.saveLayout({ theme });
        }}
      />
      <MenuLine />
      <MenuItem icon={<LogOut aria-hidden className="size-4" />} onSelect={() => perform(signOut, context, undefined)}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
