'use client';

import { useEffect } from 'react';
import { isTyping } from '../actions/keys';
import { useContextGetter } from '../actions/use-action-context';
import { menus, openMenu, subjectAt } from '../menus/menu-state';
import { callInHand } from './call-in-hand';
import { type CallSource, readSource, settled } from './call-source';
import { DragSession } from './drag-session';

/** A finger that rests so long takes the call up. */
const liftMs = 350;
const startPx = 6;
/** A finger that moves further than this scrolls. */
const restPx = 10;

interface Handle {
  readonly element: HTMLElement;
  readonly source: CallSource;
}

function handleOf(target: EventTarget | null): Handle | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-handle]') : null;
  const source = readSource(element?.dataset.handle ?? '[]');
  return element && source ? { element, source } : null;
}

/** A field or button inside has a use for the press itself. */
function onControl(target: EventTarget | null, { element }: Handle): boolean {
  if (!(target instanceof Element)) return false;
  const control = target.closest('input, textarea, select, button, a, [role=button], [role=menuitem]');
  return control !== null && control !== element && element.contains(control);
}

/**
 * Every call that is shown can be taken up and has a menu, wherever it is: one set of listeners for the whole panel. The
 * mouse takes up by a pull, a finger by resting on it; the other button, a rest without a move, and the menu key open
 * the menu; `m` opens "Move to…".
 */
export function useCallPointer(): void {
  const context = useContextGetter();
  useEffect(() => {
    let session: DragSession | null = null;
    let abandon: () => void = () => {};
    const lift = (handle: Handle, event: PointerEvent) => {
      const { mirror } = context();
      const call = callInHand(settled(handle.source, mirror), mirror);
      if (!call || context().away !== null) return;
      const { clientX: x, clientY: y } = event;
      const onRest = () => openMenu(handle.element, { kind: 'call', source: handle.source }, { x, y });
      session = new DragSession({ call, context, event, element: handle.element, onRest });
    };
    const onPointerDown = (event: PointerEvent) => {
      abandon();
      const handle = event.button === 0 && event.isPrimary ? handleOf(event.target) : null;
      if (!handle || (event.pointerType !== 'touch' && onControl(event.target, handle))) return;
      abandon = awaitLift(event, (last) => lift(handle, last));
    };
    // Registered all the time: a browser that has begun to scroll asks nobody any more.
    const onTouchMove = (event: TouchEvent) => {
      if (session && !session.ended && event.cancelable) event.preventDefault();
    };
    const onContextMenu = (event: MouseEvent) => {
      const found = subjectAt(event.target);
      if (!found || isTyping(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      // A finger opens it when it leaves; the menu key has no place of its own.
      if (session && !session.ended) return;
      const byKey = event.button !== 2;
      const control = byKey && event.target instanceof HTMLElement ? event.target : found.element;
      openMenu(control, found.subject, byKey ? undefined : { x: event.clientX, y: event.clientY });
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'm' || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const handle = isTyping(event.target) ? null : handleOf(event.target);
      if (!handle) return;
      event.preventDefault();
      event.stopPropagation();
      menus.set({ picker: { kind: 'move', source: handle.source } });
    };
    addEventListener('pointerdown', onPointerDown);
    addEventListener('touchmove', onTouchMove, { passive: false });
    addEventListener('contextmenu', onContextMenu, true);
    addEventListener('keydown', onKeyDown, true);
    return () => {
      abandon();
      removeEventListener('pointerdown', onPointerDown);
      removeEventListener('touchmove', onTouchMove);
      removeEventListener('contextmenu', onContextMenu, true);
      removeEventListener('keydown', onKeyDown, true);
    };
  }, [context]);
}

/** Waits for the pull of a mouse or the rest of a finger. Returns how to give up. */
function awaitLift(start: PointerEvent, lift: (event: PointerEvent) => void): () => void {
  const touch = start.pointerType === 'touch';
  const rested = () => {
    end();
    lift(start);
  };
  const timer = touch ? setTimeout(rested, liftMs) : null;
  const onMove = (event: PointerEvent) => {
    const far = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
    if (touch ? far > restPx : event.buttons === 0) end();
    else if (!touch && far > startPx) {
      end();
      lift(start);
    }
  };
  const end = () => {
    if (timer) clearTimeout(timer);
    removeEventListener('pointermove', onMove);
    removeEventListener('pointerup', end);
    removeEventListener('pointercancel', end);
  };
  addEventListener('pointermove', onMove);
  addEventListener('pointerup', end);
  addEventListener('pointercancel', end);
  return end;
}
