'use client';

import clsx from 'clsx';
import { type KeyboardEvent, type PointerEvent, useMemo } from 'react';
import type { Density, RoleLayout } from '@/server/protocol/layout';
import { defaultLayout } from '@/server/protocol/layout-default';
import { beginBlockDrag } from '../../arrange/drag-block';
import { type Side, sectionNames, sectionOrder } from '../../arrange/order';
import { arrange, type Group, moveTo, ordered } from '../../extensions/arrange';
import { announce } from '../../ui/live-region';
import { Skeleton } from '../../ui/skeleton';
import type { Person } from './use-people';

interface LayoutPreviewProps {
  readonly layout: RoleLayout;
  readonly people: readonly Person[] | null;
  readonly onChange: (part: RoleLayout) => void;
}

/** So many of a department are enough to see how it looks. */
const mostTiles = 60;
const tiles: Readonly<Record<Density, string>> = {
  compact: 'grid-cols-[repeat(auto-fill,minmax(6rem,1fr))] gap-1',
  comfortable: 'grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-1.5',
  large: 'grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-2',
};
const heights: Readonly<Record<Density, string>> = { compact: 'h-7', comfortable: 'h-11', large: 'h-16' };

/** The panel with the people of this PBX, small; their tiles can be put in order and hidden. */
export function LayoutPreview({ layout, people, onChange }: LayoutPreviewProps) {
  const whole = useMemo(() => ({ ...defaultLayout, ...layout, collapsed: [] }), [layout]);
  const groups = useMemo(() => arrange(ordered(people ?? [], whole.order), whole, [], true), [people, whole]);
  if (!people) return <Skeleton className="h-60 rounded-md" />;
  const put = (group: Group, moved: string, target: string, side: Side) => {
    onChange({ order: moveTo(group.numbers, whole.order, moved, target, side) });
    announce(`${nameOf(people, moved)} stands ${side} ${nameOf(people, target)}`);
  };
  const hide = (number: string) => {
    const away = !whole.hidden.includes(number);
    onChange({ hidden: away ? [...whole.hidden, number] : whole.hidden.filter((one) => one !== number) });
    announce(`${nameOf(people, number)} is ${away ? 'hidden' : 'shown again'}`);
  };
  return (
    <div className="grid gap-3 rounded-md border border-line bg-canvas p-3 sm:grid-cols-[minmax(0,1fr)_9rem]">
      <div className="-m-1 max-h-[28rem] overflow-y-auto p-1">
        {groups.length === 0 ? <p className="text-sm text-ink-2">The PBX has told of nobody yet.</p> : null}
        {groups.map((group) => (
          <section key={group.id} className="mb-3">
            <h3 className="mb-1 text-xs font-semibold text-ink-2">
              {group.title} <span className="font-normal tabular-nums">{group.count}</span>
            </h3>
            <div className={clsx('grid', tiles[whole.density])}>
              {group.numbers.slice(0, mostTiles).map((number) => (
                <PreviewTile
                  key={number}
                  number={number}
                  name={nameOf(people, number)}
                  group={group}
                  height={heights[whole.density]}
                  onPut={(target, side) => put(group, number, target, side)}
                  onHide={() => hide(number)}
                />
              ))}
            </div>
            {group.numbers.length > mostTiles ? (
              <p className="mt-1 text-xs text-ink-2">and {group.numbers.length - mostTiles} more</p>
            ) : null}
          </section>
        ))}
      </div>
      <ul aria-label="Sections in this order" className="flex flex-col gap-1.5 max-sm:flex-row">
        {sectionOrder(whole.sections)
          .filter((id) => !whole.hiddenSections.includes(id))
          .map((id) => (
            <li
              key={id}
              className="rounded-md border border-line bg-surface px-2 py-2 text-xs font-semibold text-ink-2"
            >
              {sectionNames[id]}
            </li>
          ))}
      </ul>
    </div>
  );
}

function nameOf(people: readonly Person[], number: string): string {
  return people.find((person) => person.number === number)?.name || number;
}

interface PreviewTileProps {
  readonly number: string;
  readonly name: string;
  readonly group: Group;
  readonly height: string;
  readonly onPut: (target: string, side: Side) => void;
  readonly onHide: () => void;
}

function PreviewTile({ number, name, group, height, onPut, onHide }: PreviewTileProps) {
  const away = group.kind === 'hidden';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() === 'h' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      onHide();
      return;
    }
    const back = event.key === 'ArrowLeft' || event.key === 'ArrowUp';
    if (!event.altKey || !event.shiftKey || !(back || event.key === 'ArrowRight' || event.key === 'ArrowDown')) return;
    event.preventDefault();
    const target = group.numbers[group.numbers.indexOf(number) + (back ? -1 : 1)];
    if (target === undefined) announce('It is at the edge of its group already.');
    else onPut(target, back ? 'before' : 'after');
    const tile = event.currentTarget as HTMLElement;
    requestAnimationFrame(() => tile.focus());
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    beginBlockDrag(event.nativeEvent, { list: group.id, moved: number, sideways: true, drop: onPut });
  };
  return (
    <button
      type="button"
      data-blocks={group.id}
      data-block={number}
      title={away ? 'H shows this person again' : 'H hides this person'}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      className={clsx(
        'flex min-w-0 cursor-grab touch-none flex-col justify-center rounded-md border border-line bg-surface px-2 text-left text-xs leading-tight',
        height,
        away && 'border-dashed text-ink-2',
      )}
    >
      <span className="w-full truncate font-medium">{name}</span>
      {height === 'h-7' ? null : <span className="tabular-nums text-ink-2">{number}</span>}
    </button>
  );
}
