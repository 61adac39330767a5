'use client';

import { Ellipsis } from 'lucide-react';
import { IconButton } from '../ui/button';
import { openMenu, subjectAt } from './menu-state';

/** Opens the menu of what it stands in. Keeps quiet until it is looked for; a finger sees it always. */
export function MoreButton({ label, className }: { readonly label: string; readonly className?: string }) {
  return (
    <IconButton
      label={`More for ${label}`}
      size="small"
      aria-haspopup="menu"
      className={`more-quiet -my-1 size-6 ${className ?? ''}`}
      onClick={(event) => {
        const found = subjectAt(event.currentTarget);
        if (found) openMenu(event.currentTarget, found.subject);
      }}
    >
      <Ellipsis aria-hidden className="size-4" />
    </IconButton>
  );
}
