'use client';

import { useActionContext } from '../actions/use-action-context';
import { useRecord } from '../live/hooks';
import { ChoiceGroups } from '../menus/choice-groups';
import { personChoices } from '../menus/person-choices';
import { tileElement, type View, view } from '../shell/view';
import { MenuAt, MenuHeading } from '../ui/menu';

/** Everything that can be done to one tile, where it was pressed. Lazily loaded. */
export default function TileMenu({ menu }: { readonly menu: NonNullable<View['menu']> }) {
  const { number, x, y } = menu;
  const context = useActionContext();
  const extension = useRecord('extensions', number);
  if (!extension) return null;
  const name = extension.name || number;
  return (
    <MenuAt
      x={x}
      y={y}
      label={name}
      onClose={() => view.set({ menu: null })}
      finalFocus={() => (view.get().sheet || view.get().history ? null : tileElement(number))}
    >
      <MenuHeading className="text-[0.8125rem] font-semibold">{name}</MenuHeading>
      <ChoiceGroups groups={personChoices(number, context)} />
    </MenuAt>
  );
}
