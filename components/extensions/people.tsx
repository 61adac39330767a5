'use client';

import clsx from 'clsx';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useLayout, useLoaded, useStaleness } from '../live/hooks';
import { selection } from '../selection/selection';
import { SelectionBar } from '../selection/selection-bar';
import { view } from '../shell/view';
import { announce } from '../ui/live-region';
import { useStore } from '../ui/store';
import { NobodyFound, NobodyThere } from './empty';
import { Grid } from './grid';
import { GridSkeleton } from './grid-skeleton';
import { PeopleToolbar } from './people-toolbar';
import { columnsFor, useGridRows } from './use-grid-rows';

const Details = lazy(() => import('./details'));
const TileMenu = lazy(() => import('./tile-menu'));

/** The middle of the screen: everybody, and how they are shown. */
export function People() {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const { density } = useLayout();
  const width = useWidth(scroller);
  const columns = columnsFor(width, density);
  const { rows, found, total } = useGridRows(columns);
  const loaded = useLoaded();
  const stale = useStaleness();
  const query = useStore(view, (v) => v.query);
  const opened = useStore(view, (v) => v.opened);
  const selecting = useStore(selection, (v) => v.numbers.size > 0);
  const menu = useStore(view, (v) => v.menu);
  useEffect(() => {
    if (query) announce(found === 1 ? '1 person found' : `${found} people found`);
  }, [query, found]);
  return (
    <section aria-label="People" className="flex min-h-0 min-w-0 flex-1 flex-col">
      {/* In its place, not above it: no tile may move under the pointer that chooses. */}
      {selecting ? <SelectionBar /> : <PeopleToolbar found={found} total={total} />}
      <div
        ref={setScroller}
        className={clsx('min-h-0 flex-1 overflow-y-auto overflow-x-hidden px-3', stale && 'stale-content')}
      >
        {!loaded ? (
          <GridSkeleton />
        ) : total === 0 ? (
          <NobodyThere />
        ) : rows.length === 0 ? (
          <NobodyFound />
        ) : scroller && width > 0 ? (
          <Grid rows={rows} columns={columns} scroller={scroller} />
        ) : null}
      </div>
      {opened === null ? null : (
        <Suspense>
          <Details number={opened} key={opened} />
        </Suspense>
      )}
      {menu === null ? null : (
        <Suspense>
          <TileMenu menu={menu} key={menu.number} />
        </Suspense>
      )}
    </section>
  );
}

/** Width inside the padding. */
function useWidth(element: HTMLElement | null): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
