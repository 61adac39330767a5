'use client';

import { Grid2x2, Grid3x3, LayoutGrid, SlidersHorizontal } from 'lucide-react';
import { lazy } from 'react';
import type { Density } from '@/server/protocol/layout';
import { useLayout, useMirror } from '../live/hooks';
import { view } from '../shell/view';
import { IconButton } from '../ui/button';
import { DeferredMenu } from '../ui/deferred-menu';
import { Segmented } from '../ui/segmented';
import { useStore } from '../ui/store';
import { StateCounts } from './state-counts';

const load = () => import('./arrangement-menu');
const Items = lazy(load);

const densities = [
  { value: 'compact', label: 'Compact tiles', icon: <Grid3x3 aria-hidden className="size-4" /> },
  { value: 'comfortable', label: 'Comfortable tiles', icon: <LayoutGrid aria-hidden className="size-4" /> },
  { value: 'large', label: 'Large tiles', icon: <Grid2x2 aria-hidden className="size-4" /> },
] as const satisfies readonly { value: Density; label: string; icon: React.ReactNode }[];

export function PeopleToolbar({ found, total }: { readonly found: number; readonly total: number }) {
  const mirror = useMirror();
  const layout = useLayout();
  const query = useStore(view, (v) => v.query);
  return (
    <div className="flex h-10 shrink-0 items-center gap-2 px-3">
      <h2 className="text-sm font-semibold">People</h2>
      <span className="text-xs tabular-nums text-ink-2">{query ? `${found} of ${total}` : total}</span>
      <StateCounts />
      <div className="ml-auto flex items-center gap-1">
        <Segmented
          label="Tile size"
          value={layout.density}
          options={densities}
          onChange={(density) => mirror.saveLayout({ density })}
        />
        <DeferredMenu
          preload={() => void load()}
          content={Items}
          trigger={
            <IconButton label="Arrangement" size="small">
              <SlidersHorizontal aria-hidden className="size-4" />
            </IconButton>
          }
        />
      </div>
    </div>
  );
}
