'use client';

import { useDeferredValue, useMemo } from 'react';
import type { Density } from '@/server/protocol/layout';
import type { ExtensionRecord } from '@/server/protocol/records';
import { useKeys, useLayout } from '../live/hooks';
import { view } from '../shell/view';
import { useStore } from '../ui/store';
import { arrange, ordered } from './arrange';
import { pack, type Row } from './pack';
import { queryWords } from './search';

/** Per density: the least width of a tile, its height and the gap, px. */
export const measures: Record<Density, { readonly least: number; readonly height: number; readonly gap: number }> = {
  compact: { least: 116, height: 33, gap: 3 },
  comfortable: { least: 134, height: 58, gap: 6 },
  large: { least: 204, height: 96, gap: 8 },
};
export const headingHeight = 25;

export function columnsFor(width: number, density: Density): number {
  const { least, gap } = measures[density];
  return Math.max(1, Math.floor((width + gap) / (least + gap)));
}

const records = (map: ReadonlyMap<string, ExtensionRecord>) => [...map.values()].filter(({ hidden }) => !hidden);

/** The lines of the grid: laid out anew when people come, go or move, never because somebody's state changed. */
export function useGridRows(columns: number): { rows: readonly Row[]; found: number; total: number } {
  const all = useKeys('extensions', records);
  const layout = useLayout();
  // Letters appear at once, the tiles when there is time.
  const query = useDeferredValue(useStore(view, (v) => v.query));
  const showHidden = useStore(view, (v) => v.showHidden);
  const { density, grouping, favourites, hidden, order, collapsed, departments } = layout;
  const sorted = useMemo(() => ordered(all, order), [all, order]);
  return useMemo(() => {
    const groups = arrange(
      sorted,
      { grouping, favourites, hidden, collapsed, departments },
      queryWords(query),
      showHidden,
    );
    const { height, gap } = measures[density];
    return {
      rows: pack(groups, { columns, tile: height + gap, heading: headingHeight }),
      found: groups.reduce((sum, group) => sum + group.count, 0),
      total: sorted.length,
    };
  }, [sorted, columns, density, grouping, favourites, hidden, collapsed, departments, query, showHidden]);
}
