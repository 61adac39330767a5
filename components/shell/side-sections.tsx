'use client';

import { type ReactNode, useMemo } from 'react';
import type { PanelSection } from '@/server/protocol/layout';
import { beginBlockDrag } from '../arrange/drag-block';
import { beside, oneFurther, sectionNames, sectionOrder } from '../arrange/order';
import { Conferences } from '../conferences/conferences';
import { useLayout, useMirror } from '../live/hooks';
import type { Mirror } from '../live/mirror';
import { Parking } from '../parking/parking';
import { Queues } from '../queues/queues';
import { Trunks } from '../trunks/trunks';
import { announce } from '../ui/live-region';
import { MovableSection, type SectionMoving } from '../ui/section';

const contents: Readonly<Record<PanelSection, ReactNode>> = {
  queues: <Queues />,
  parking: <Parking />,
  conferences: <Conferences />,
  trunks: <Trunks />,
};

/** Queues and lines, in the user's order. */
export function SideSections() {
  const { sections, hiddenSections } = useLayout();
  const shown = sectionOrder(sections).filter((id) => !hiddenSections.includes(id));
  return shown.map((id) => (
    <SideSection key={id} id={id}>
      {contents[id]}
    </SideSection>
  ));
}

function SideSection({ id, children }: { readonly id: PanelSection; readonly children: ReactNode }) {
  const mirror = useMirror();
  const moving = useMemo(() => movingOf(mirror, id), [mirror, id]);
  return (
    // On a telephone queues have a tab of their own.
    <div className={id === 'queues' ? 'panel-queues' : 'panel-more'} data-blocks="sections" data-block={id}>
      <MovableSection value={moving}>{children}</MovableSection>
    </div>
  );
}

function movingOf(mirror: Mirror, id: PanelSection): SectionMoving {
  const shown = (): PanelSection[] => {
    const { sections, hiddenSections } = mirror.layouts.layout;
    return sectionOrder(sections).filter((one) => !hiddenSections.includes(one));
  };
  const put = (next: readonly PanelSection[]): void => {
    const { sections } = mirror.layouts.layout;
    mirror.saveLayout({ sections: [...next, ...sectionOrder(sections).filter((one) => !next.includes(one))] });
    announce(`${sectionNames[id]} is now number ${next.indexOf(id) + 1} of ${next.length}`);
  };
  return {
    keys: 'Alt+ArrowUp Alt+ArrowDown',
    onKeyDown: (event) => {
      const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
      if (by === null || !event.altKey || event.shiftKey || event.ctrlKey) return;
      event.preventDefault();
      event.stopPropagation();
      const before = shown();
      const next = oneFurther(before, id, by);
      if (next === before) return announce(`${sectionNames[id]} is at the ${by < 0 ? 'top' : 'bottom'} already`);
      const heading = event.currentTarget as HTMLElement;
      put(next);
      // The browser drops the focus of an element that is moved.
      requestAnimationFrame(() => heading.focus());
    },
    onPointerDown: (event) => {
      // A finger scrolls; it has the dialog of the arrangement.
      if (event.button !== 0 || event.pointerType === 'touch') return;
      beginBlockDrag(event.nativeEvent, {
        list: 'sections',
        moved: id,
        drop: (target, side) => put(beside(shown(), id, target as PanelSection, side)),
      });
    },
  };
}
