'use client';

import { useEffect } from 'react';
import { myCallsNow, subscribeMyCalls } from '../calls/use-my-calls';
import { useMirror } from '../live/hooks';
import { focusMyCall, focusSearch, searchFieldId, view } from '../shell/view';
import { type Attention, focusMove } from './focus-rules';
import { isTyping } from './keys';

/** Gives the focus to the call that wants it, and then to the search; see focus-rules.ts. Shows nothing. */
export function FocusKeeper() {
  const mirror = useMirror();
  useEffect(() => {
    let typedAt = Number.NEGATIVE_INFINITY;
    const typed = (event: Event) => {
      if (isTyping(event.target)) typedAt = performance.now();
    };
    // What there is at the start is nothing new.
    let before = mirror.loaded ? myCallsNow(mirror) : null;
    const look = () => {
      if (!mirror.loaded) return;
      const now = myCallsNow(mirror);
      if (before === now) return;
      const move = before && focusMove(before, now, attention(mirror.layouts.layout.console.focusOnCall, typedAt));
      before = now;
      if (!move) return;
      if (move.to === 'card') focusMyCall(move.call.id);
      else {
        view.set({ call: move.call.id });
        focusSearch();
      }
    };
    addEventListener('input', typed, true);
    const leave = subscribeMyCalls(mirror, look);
    return () => {
      removeEventListener('input', typed, true);
      leave();
    };
  }, [mirror]);
  return null;
}

function attention(on: boolean, typedAt: number): Attention {
  const field = document.activeElement;
  const emptySearch = field instanceof HTMLInputElement && field.id === searchFieldId && field.value === '';
  const { dialog, opened, menu, sheet, history, earlier } = view.get();
  const open = [dialog, opened, menu, sheet, history, earlier].some((one) => one !== null);
  return {
    on,
    busy: open || document.querySelector('[role=dialog], [role=menu]') !== null || (isTyping(field) && !emptySearch),
    // What was typed into the search is done with once it is empty again.
    typedAgo: emptySearch ? Number.POSITIVE_INFINITY : performance.now() - typedAt,
  };
}
