'use client';

import { type MouseEvent, type PointerEvent, useCallback, useEffect, useRef } from 'react';
import { perform } from '../actions/action';
import { toggleDnd } from '../actions/availability-actions';
import { mayMove, moveExtension, openDetails, toggleSelect } from '../actions/extension-actions';
import { useContextGetter } from '../actions/use-action-context';
import { selection, selectRange } from '../selection/selection';
import { view } from '../shell/view';
import { announce } from '../ui/live-region';
import { doubleClick } from './double-click';
import { beginDrag } from './drag';
import { numbersOf, type Row } from './pack';

const longPressMs = 450;
/** A finger that moves further than this scrolls. */
const restPx = 10;

function tileOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-tile]') : null;
}

function onSwitch(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-dnd]') !== null;
}

function onCall(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-handle]') !== null;
}

function openMenu(number: string, x: number, y: number): void {
  view.set({ current: number, opened: null, menu: { number, x, y } });
}

/**
 * A press selects, a click opens the details, a pull moves the tile; with Ctrl, Cmd or Shift a click chooses tiles, the
 * other button or a long press opens the menu. A finger chooses tiles as long as some are chosen.
 */
export function useTilePointer(rows: readonly Row[], scroller: HTMLElement) {
  const context = useContextGetter();
  const pressed = useRef<{ number: string; touch: boolean } | null>(null);
  const forget = useCallback(() => {
    pressed.current = null;
  }, []);
  const longPress = useLongPress(forget);
  const onPointerDown = (event: PointerEvent) => {
    const tile = tileOf(event.target);
    const number = tile?.dataset.tile;
    const touch = event.pointerType === 'touch';
    pressed.current = number ? { number, touch } : null;
    if (!tile || !number || event.button !== 0) return;
    // A call in the tile is taken up by itself, and has a menu of its own.
    const call = onCall(event.target);
    if (touch && !call) longPress(number, event.nativeEvent);
    if (onSwitch(event.target)) return;
    view.set({ current: number });
    if (touch || call) return;
    beginDrag(event.nativeEvent, tile, scroller, {
      allows: (moved, target) => mayMove(context(), moved, target),
      drop: (moved, target, side) => moveExtension(context(), moved, target, side),
    });
  };
  const onClick = (event: MouseEvent) => {
    const number = tileOf(event.target)?.dataset.tile;
    // A press that began elsewhere, or opened the menu; a screen reader clicks without any.
    if (!number || (event.detail > 0 && number !== pressed.current?.number)) return;
    const choosing = pressed.current?.touch && selection.get().numbers.size > 0;
    if (event.detail === 2 && !pressed.current?.touch && !onSwitch(event.target)) doubleClick(context(), number);
    else if (event.shiftKey) announce(`${selectRange(numbersOf(rows), number)} selected`);
    else if (choosing || event.ctrlKey || event.metaKey) perform(toggleSelect, context(), number);
    else if (onSwitch(event.target)) {
      const reason = perform(toggleDnd, context(), number);
      if (reason) announce(reason, true);
    } else perform(openDetails, context(), number);
  };
  const onContextMenu = (event: MouseEvent) => {
    const tile = tileOf(event.target);
    const number = tile?.dataset.tile;
    if (!tile || !number) return;
    event.preventDefault();
    forget();
    // The menu key of the keyboard has no place of its own.
    const { left, bottom } = tile.getBoundingClientRect();
    const byKey = event.detail === 0 && event.button !== 2;
    openMenu(number, byKey ? left : event.clientX, byKey ? bottom : event.clientY);
  };
  return { onPointerDown, onClick, onContextMenu };
}

/** The click that the finger makes when it leaves would press beside the menu, and close it. */
function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

/** Opens the menu below a finger that rests; not every browser does it by itself. */
function useLongPress(forget: () => void) {
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);
  return useCallback(
    (number: string, { clientX, clientY }: globalThis.PointerEvent) => {
      stop.current();
      const timer = setTimeout(() => {
        end();
        forget();
        addEventListener('touchend', swallow, { once: true, capture: true, passive: false });
        openMenu(number, clientX, clientY);
      }, longPressMs);
      const moved = (event: globalThis.PointerEvent) => {
        if (Math.hypot(event.clientX - clientX, event.clientY - clientY) > restPx) end();
      };
      const end = () => {
        clearTimeout(timer);
        removeEventListener('pointermove', moved);
        removeEventListener('pointerup', end);
        removeEventListener('pointercancel', end);
      };
      stop.current = end;
      addEventListener('pointermove', moved);
      addEventListener('pointerup', end);
      addEventListener('pointercancel', end);
    },
    [forget],
  );
}
