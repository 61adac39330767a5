'use client';

import { RotateCcw } from 'lucide-react';
import { useMemo } from 'react';
import type { PanelSection } from '@/server/protocol/layout';
import type { ExtensionRecord } from '@/server/protocol/records';
import { useKeys, useLayout, useMirror } from '../live/hooks';
import { view } from '../shell/view';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { departmentOrder, sectionNames, sectionOrder } from './order';
import { OrderList } from './order-list';
import { resetArrangement } from './reset';
import { saveDepartments } from './use-department-moving';

const groupsOf = (records: ReadonlyMap<string, ExtensionRecord>) => [
  ...new Set([...records.values()].flatMap(({ group }) => group ?? [])),
];

/** The order of departments and sections, also for a finger. Lazily loaded. */
export default function ArrangeDialog() {
  const mirror = useMirror();
  const { departments, sections, hiddenSections } = useLayout();
  const names = useKeys('extensions', groupsOf);
  const ordered = useMemo(() => departmentOrder(names, departments), [names, departments]);
  const hide = (id: PanelSection, away: boolean) =>
    mirror.saveLayout({ hiddenSections: away ? [...hiddenSections, id] : hiddenSections.filter((one) => one !== id) });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && view.set({ dialog: null })}
      title="Departments and sections"
      description="Pull a line by its handle, or press arrow up and down on it. Saved as you go."
      footer={
        <Button icon={<RotateCcw aria-hidden className="size-4" />} onClick={() => void resetArrangement(mirror)}>
          Reset to the default
        </Button>
      }
    >
      <h3 className="mb-1.5 text-[0.8125rem] font-semibold">Sections</h3>
      <OrderList
        label="Sections"
        items={sectionOrder(sections).map((id) => ({ id, name: sectionNames[id] }))}
        onOrder={(ids) => mirror.saveLayout({ sections: ids as PanelSection[] })}
        hidden={hiddenSections}
        onHide={(id, away) => hide(id as PanelSection, away)}
      />
      <h3 className="mb-1.5 mt-4 text-[0.8125rem] font-semibold">Departments</h3>
      {ordered.length === 0 ? <p className="text-sm text-ink-2">Nobody is in a department.</p> : null}
      <OrderList
        label="Departments"
        items={ordered.map((name) => ({ id: name, name }))}
        onOrder={(ids) => saveDepartments(mirror, ids)}
      />
    </Dialog>
  );
}
