import {
  ArrowDownUp,
  Command,
  Eye,
  Grid2x2,
  Grid3x3,
  Keyboard,
  LayoutGrid,
  ListTree,
  LogOut,
  Moon,
  RotateCcw,
  Search,
  Settings,
  Sun,
  SunMoon,
  UserRound,
} from 'lucide-react';
import type { Density } from '@/server/protocol/layout';
import { resetArrangement } from '../arrange/reset';
import { applyTheme, type ThemeChoice } from '../shell/theme';
import { focusSearch, view } from '../shell/view';
import type { Action } from './action';
import {
  openOwnAvailability,
  openOwnForwarding,
  openOwnPresence,
  toggleOwnDnd,
  undoChange,
} from './availability-actions';
import { stopOutside } from './outside-action';

export const search: Action = {
  id: 'search',
  icon: Search,
  section: 'People',
  keys: ['/'],
  label: () => 'Search people',
  run: focusSearch,
};

export const openPalette: Action = {
  id: 'palette',
  icon: Command,
  section: 'View',
  keys: ['mod+k'],
  label: () => 'All commands',
  run: () => view.set({ dialog: view.get().dialog === 'palette' ? null : 'palette' }),
};

export const openKeys: Action = {
  id: 'keys',
  icon: Keyboard,
  section: 'View',
  keys: ['?'],
  label: () => 'Keyboard shortcuts',
  run: () => view.set({ dialog: 'keys' }),
};

function densityAction(density: Density, label: string, icon: Action['icon']): Action {
  return {
    id: `density.${density}`,
    icon,
    section: 'View',
    label: () => label,
    run: ({ mirror }) => mirror.saveLayout({ density }),
  };
}

function themeAction(theme: ThemeChoice, label: string, icon: Action['icon']): Action {
  return {
    id: `theme.${theme}`,
    icon,
    section: 'View',
    label: () => label,
    run: ({ mirror }) => {
      applyTheme(theme);
      mirror.saveLayout({ theme });
    },
  };
}

export const toggleGrouping: Action = {
  id: 'grouping',
  icon: ListTree,
  section: 'View',
  label: ({ layout }) => (layout.grouping === 'group' ? 'Show everyone in one grid' : 'Group by department'),
  run: ({ mirror, layout }) => mirror.saveLayout({ grouping: layout.grouping === 'group' ? 'none' : 'group' }),
};

export const toggleShowHidden: Action = {
  id: 'hidden',
  icon: Eye,
  section: 'View',
  label: () => (view.get().showHidden ? 'Put hidden people away' : 'Show hidden people'),
  run: () => view.set({ showHidden: !view.get().showHidden }),
};

const openArrange: Action = {
  id: 'arrange',
  icon: ArrowDownUp,
  section: 'View',
  label: () => 'Arrange departments and sections',
  run: () => view.set({ dialog: 'arrange' }),
};

const resetLayout: Action = {
  id: 'arrange.reset',
  icon: RotateCcw,
  section: 'View',
  label: () => 'Reset the arrangement to the default',
  run: ({ mirror }) => void resetArrangement(mirror),
};

function goAction(id: string, label: string, path: string, icon: Action['icon'], adminOnly: boolean): Action {
  return {
    id,
    icon,
    section: 'Go to',
    label: () => label,
    blocked: ({ me }) => (adminOnly && me?.role !== 'admin' ? 'For administrators.' : null),
    run: () => location.assign(path),
  };
}

export const signOut: Action = {
  id: 'signOut',
  icon: LogOut,
  section: 'Session',
  label: () => 'Sign out',
  run: ({ mirror }) => {
    mirror.stop();
    void endSession().then((next) => location.assign(next));
  },
};

/** Where to go on to: to the provider of single sign-on, where the session ends as well, else to the sign-in page. */
async function endSession(): Promise<string> {
  try {
    const response = await fetch('/api/v1/logout', { method: 'POST', credentials: 'same-origin' });
    const { next }: { next?: unknown } = await response.json();
    if (typeof next === 'string' && /^https?:\/\//.test(next)) return next;
  } catch {
    // The sign-in page tells whether the server can be reached.
  }
  return '/login/';
}

export const globalActions: readonly Action[] = [
  search,
  toggleOwnDnd,
  openOwnAvailability,
  openOwnPresence,
  openOwnForwarding,
  undoChange,
  openPalette,
  openKeys,
  densityAction('compact', 'Compact tiles', Grid3x3),
  densityAction('comfortable', 'Comfortable tiles', LayoutGrid),
  densityAction('large', 'Large tiles', Grid2x2),
  toggleGrouping,
  toggleShowHidden,
  openArrange,
  resetLayout,
  themeAction('system', 'Theme: as the system', SunMoon),
  themeAction('light', 'Theme: light', Sun),
  themeAction('dark', 'Theme: dark', Moon),
  goAction('go.account', 'My account', '/account/', UserRound, false),
  goAction('go.admin', 'Administration', '/admin/', Settings, true),
  stopOutside,
  signOut,
];
