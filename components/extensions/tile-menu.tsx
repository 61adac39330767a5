'use client';

import { perform } from '../actions/action';
import { extensionActions } from '../actions/extension-actions';
import { isMac, keyCaps } from '../actions/keys';
import { useActionContext } from '../actions/use-action-context';
import { useRecord } from '../live/hooks';
import { tileElement, type View, view } from '../shell/view';
import { Kbd } from '../ui/kbd';
import { MenuAt, MenuHeading, MenuItem } from '../ui/menu';

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
      {extensionActions.map((action) => {
        const reason = action.blocked?.(context, number) ?? null;
        const [keys] = action.keys ?? [];
        return (
          <MenuItem
            key={action.id}
            icon={<action.icon aria-hidden className="size-4" />}
            disabled={reason !== null}
            shortcut={keys ? <Keys keys={keys} /> : undefined}
            onSelect={() => perform(action, context, number)}
          >
            <span title={reason ?? undefined}>{action.label(context, number)}</span>
          </MenuItem>
        );
      })}
    </MenuAt>
  );
}

/** A finger has no use for them. */
function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="flex gap-0.5 pointer-coarse:hidden">
      {keyCaps(keys, isMac()).map((cap) => (
        <Kbd key={cap}>{cap}</Kbd>
      ))}
    </span>
  );
}
