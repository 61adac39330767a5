'use client';

import type { KeyboardEvent, PointerEvent } from 'react';
import { useMirror } from '../live/hooks';
import type { Mirror } from '../live/mirror';
import { announce } from '../ui/live-region';
import { beginBlockDrag } from './drag-block';
import { beside, departmentOrder, keptOrder, oneFurther } from './order';

/** Departments as they stand now, whoever of them is hidden. */
export function departmentsNow(mirror: Mirror): string[] {
  const names = [...mirror.records.map('extensions').values()].flatMap(({ group }) => group ?? []);
  return departmentOrder(names, mirror.layouts.layout.departments);
}

/** Keeps `next` as the user's order of departments. */
export function saveDepartments(mirror: Mirror, next: readonly string[]): void {
  mirror.saveLayout({ departments: keptOrder(next, mirror.layouts.layout.departments) });
}

/** What a department's heading answers to: pulling, and Alt with the arrows. Null: this heading stays where it is. */
export function useDepartmentMoving(name: string | null) {
  const mirror = useMirror();
  if (name === null) return {};
  const put = (next: readonly string[]): void => {
    saveDepartments(mirror, next);
    announce(`${name} is now department ${next.indexOf(name) + 1} of ${next.length}`);
  };
  return {
    'data-blocks': 'departments',
    'data-block': name,
    'aria-keyshortcuts': 'Alt+ArrowUp Alt+ArrowDown',
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
      if (by === null || !event.altKey || event.shiftKey || event.ctrlKey) return;
      event.preventDefault();
      event.stopPropagation();
      const before = departmentsNow(mirror);
      const next = oneFurther(before, name, by);
      if (next === before) return announce(`${name} is the ${by < 0 ? 'first' : 'last'} department already`);
      put(next);
      focusAgain(name);
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      // A finger scrolls; it has the dialog of the arrangement.
      if (event.button !== 0 || event.pointerType === 'touch') return;
      const drop = (target: string, side: 'before' | 'after') =>
        put(beside(departmentsNow(mirror), name, target, side));
      beginBlockDrag(event.nativeEvent, { list: 'departments', moved: name, sideways: true, drop });
    },
  };
}

/** The heading is another element after the lines were laid out anew. */
function focusAgain(name: string): void {
  const heading = () =>
    document.querySelector<HTMLElement>(`[data-blocks="departments"][data-block="${CSS.escape(name)}"]`);
  requestAnimationFrame(() => requestAnimationFrame(() => heading()?.focus()));
}
