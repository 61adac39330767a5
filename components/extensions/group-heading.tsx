'use client';

import { ChevronRight, Star } from 'lucide-react';
import { memo } from 'react';
import { useDepartmentMoving } from '../arrange/use-department-moving';
import { useMirror } from '../live/hooks';
import type { Group } from './arrange';

/** The name of a group; folds it away and back. */
export const GroupHeading = memo(function GroupHeading({ group }: { readonly group: Group }) {
  const mirror = useMirror();
  const moving = useDepartmentMoving(group.kind === 'group' ? group.title : null);
  const toggle = () => {
    const { collapsed } = mirror.layouts.layout;
    const folded = collapsed.includes(group.id);
    mirror.saveLayout({ collapsed: folded ? collapsed.filter((id) => id !== group.id) : [...collapsed, group.id] });
  };
  return (
    <button
      type="button"
      aria-expanded={!group.collapsed}
      onClick={toggle}
      {...moving}
      className="flex h-6 min-w-0 max-w-full cursor-pointer items-center gap-1 rounded pr-1.5 text-xs font-semibold text-ink-2 hover:text-ink"
    >
      <ChevronRight aria-hidden className={group.collapsed ? 'size-3.5 shrink-0' : 'size-3.5 shrink-0 rotate-90'} />
      {group.kind === 'favourites' ? <Star aria-hidden className="size-3 shrink-0 fill-current" /> : null}
      <span className="truncate">{group.title}</span>
      <span className="font-normal tabular-nums text-ink-3">{group.count}</span>
    </button>
  );
});
