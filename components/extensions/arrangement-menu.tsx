'use client';

import type { ReactElement } from 'react';
import { resetArrangement } from '../arrange/reset';
import { useLayout, useMirror } from '../live/hooks';
import { view } from '../shell/view';
import { Menu, MenuItem, MenuLine, MenuSwitch } from '../ui/menu';
import { useStore } from '../ui/store';

/** Lazily loaded. */
export default function ArrangementMenu({ trigger }: { readonly trigger: ReactElement }) {
  const mirror = useMirror();
  const layout = useLayout();
  const showHidden = useStore(view, (v) => v.showHidden);
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuSwitch
        checked={layout.grouping === 'group'}
        onChange={(on) => mirror.saveLayout({ grouping: on ? 'group' : 'none' })}
      >
        Group by department
      </MenuSwitch>
      <MenuSwitch checked={showHidden} onChange={(on) => view.set({ showHidden: on })}>
        Show hidden people{layout.hidden.length > 0 ? ` (${layout.hidden.length})` : ''}
      </MenuSwitch>
      <MenuItem disabled={layout.order.length === 0} onSelect={() => mirror.saveLayout({ order: [] })}>
        Back to order by number
      </MenuItem>
      <MenuLine />
      <MenuItem onSelect={() => view.set({ dialog: 'arrange' })}>Departments and sections…</MenuItem>
      <MenuItem onSelect={() => void resetArrangement(mirror)}>Reset to the default</MenuItem>
    </Menu>
  );
}
