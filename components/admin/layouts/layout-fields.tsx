'use client';

import { Grid2x2, Grid3x3, LayoutGrid, ListTree, Square } from 'lucide-react';
import type { PanelSection, RoleLayout } from '@/server/protocol/layout';
import { defaultLayout } from '@/server/protocol/layout-default';
import { Card } from '../../account/card';
import { Choice } from '../../account/choice';
import { departmentOrder, keptOrder, sectionNames, sectionOrder } from '../../arrange/order';
import { OrderList } from '../../arrange/order-list';
import { Button } from '../../ui/button';
import type { Person } from './use-people';

const icon = 'size-5';
const densities = [
  { value: 'compact', label: 'Compact', icon: <Grid3x3 aria-hidden className={icon} /> },
  { value: 'comfortable', label: 'Comfortable', icon: <LayoutGrid aria-hidden className={icon} /> },
  { value: 'large', label: 'Large', icon: <Grid2x2 aria-hidden className={icon} /> },
] as const;
const groupings = [
  { value: 'group', label: 'By department', icon: <ListTree aria-hidden className={icon} /> },
  { value: 'none', label: 'One grid', icon: <Square aria-hidden className={icon} /> },
] as const;

interface LayoutFieldsProps {
  readonly layout: RoleLayout;
  readonly people: readonly Person[];
  readonly onChange: (part: RoleLayout) => void;
  /** Back to the panel's own. */
  readonly onForget: () => void;
}

/** Tile size, grouping, sections and departments of a role. */
export function LayoutFields({ layout, people, onChange, onForget }: LayoutFieldsProps) {
  const { density, grouping, sections, hiddenSections, departments } = { ...defaultLayout, ...layout };
  const names = departmentOrder(
    people.flatMap(({ group }) => group ?? []),
    departments,
  );
  const hide = (id: PanelSection, away: boolean) =>
    onChange({ hiddenSections: away ? [...hiddenSections, id] : hiddenSections.filter((one) => one !== id) });
  return (
    <Card id="layout" title="Arrangement">
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-2">
        <div className="flex flex-col gap-4">
          <Choice
            legend="Tiles"
            name="density"
            value={density}
            options={densities}
            onChange={(value) => onChange({ density: value })}
          />
          <Choice
            legend="People"
            name="grouping"
            value={grouping}
            options={groupings}
            onChange={(value) => onChange({ grouping: value })}
          />
          <Button className="self-start" disabled={Object.keys(layout).length === 0} onClick={onForget}>
            Back to the panel’s own default
          </Button>
        </div>
        <div>
          <h3 className="mb-1 text-[0.8125rem] font-medium">Sections beside the people</h3>
          <OrderList
            label="Sections"
            items={sectionOrder(sections).map((id) => ({ id, name: sectionNames[id] }))}
            onOrder={(ids) => onChange({ sections: ids as PanelSection[] })}
            hidden={hiddenSections}
            onHide={(id, away) => hide(id as PanelSection, away)}
          />
          <h3 className="mb-1 mt-4 text-[0.8125rem] font-medium">Departments</h3>
          {names.length === 0 ? <p className="text-sm text-ink-2">Nobody is in a department.</p> : null}
          <div className="-mx-1 max-h-96 overflow-y-auto rounded-lg border border-line p-1">
            <OrderList
              label="Departments"
              items={names.map((name) => ({ id: name, name }))}
              onOrder={(ids) => onChange({ departments: keptOrder(ids, departments) })}
            />
          </div>
        </div>
      </div>
    </Card>
  );
}
