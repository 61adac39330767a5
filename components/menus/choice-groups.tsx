'use client';

import { isMac, keyCaps } from '../actions/keys';
import { Kbd } from '../ui/kbd';
import { MenuItem, MenuLine } from '../ui/menu';
import type { Choice } from './choices';

/** The lines of a menu; what cannot be done says why. */
export function ChoiceGroups({ groups }: { readonly groups: readonly (readonly Choice[])[] }) {
  return groups.map((group, at) => (
    <div key={group[0]?.id ?? at} role="none">
      {at > 0 ? <MenuLine /> : null}
      {group.map(({ id, icon: Icon, label, reason, keys, run }) => (
        <MenuItem
          key={id}
          icon={<Icon aria-hidden className="size-4" />}
          disabled={reason !== null}
          reason={reason}
          shortcut={keys ? <Keys keys={keys} /> : undefined}
          onSelect={run}
        >
          {label}
        </MenuItem>
      ))}
    </div>
  ));
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
