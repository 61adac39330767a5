'use client';

import type { Virtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback } from 'react';
import { perform } from '../actions/action';
import { actionFor, onTile } from '../actions/bindings';
import { mayMove, moveExtension, toggleFavourite, toggleHidden } from '../actions/extension-actions';
import { isTyping, pressed } from '../actions/keys';
import { tell } from '../actions/send';
import { useContextGetter } from '../actions/use-action-context';
import { selectAll } from '../selection/selection';
import { focusSearch, focusTile, view } from '../shell/view';
import { announce } from '../ui/live-region';
import { numbersOf, type Row } from './pack';
import { findSpot, type Step, walk } from './walk';

const steps: Record<string, Step> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'home',
  End: 'end',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
};

type Grid = Virtualizer<HTMLDivElement, Element>;

/** The keyboard inside the grid: walking, the tile's own keys, and moving a tile. */
export function useGridKeys(rows: readonly Row[], grid: Grid, page: number) {
  const context = useContextGetter();
  return useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const tile = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-tile]') : null;
      const number = tile?.dataset.tile;
      if (!number || isTyping(event.target)) return;
      const spot = findSpot(rows, number);
      const step = steps[event.key];
      if (step && spot && event.altKey && event.shiftKey) {
        event.preventDefault();
        const target = walk(rows, spot, step, page);
        if (!target || !mayMove(context(), number, target.number)) announce('It cannot be moved there.');
        else {
          const before = step === 'left' || step === 'up' || step === 'home' || step === 'pageUp';
          moveExtension(context(), number, target.number, before ? 'before' : 'after');
          focusTile(number);
        }
        return;
      }
      if (step && spot && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        const far = event.ctrlKey || event.metaKey;
        const target = walk(rows, spot, far && step === 'home' ? 'first' : far && step === 'end' ? 'last' : step, page);
        if (target) {
          grid.scrollToIndex(target.row, { align: 'auto' });
          focusTile(target.number);
        } else if (step === 'up') focusSearch();
        return;
      }
      if (pressed(event, 'mod+a')) {
        event.preventDefault();
        announce(`${selectAll(numbersOf(rows))} selected`);
        return;
      }
      const action = actionFor(onTile, context().layout.console.keys, event);
      if (!action || event.repeat) return;
      event.preventDefault();
      event.stopPropagation();
      view.set({ current: number });
      const reason = perform(action, context(), number);
      if (reason) tell('error', reason);
      else if (action === toggleHidden) {
        const neighbour = spot && (walk(rows, spot, 'right', page) ?? walk(rows, spot, 'left', page));
        if (neighbour) focusTile(neighbour.number);
      } else if (action === toggleFavourite) focusTile(number);
    },
    [rows, grid, page, context],
  );
}
