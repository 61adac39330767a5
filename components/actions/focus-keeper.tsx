'use client';

import { useEffect } from 'react';
import { myCallsNow, subscribeMyCalls } from '../calls/use-my-calls';
import { useMirror } from '../live/hooks';
import { focusMyCall, focusSearch, searchFieldId, view } from '../shell/view';
import { forgetAim } from './aim';
import { type Attention, focusMove } from './focus-rules';
import { isTyping } from './keys';

/** Gives the focus to the call that wants it, and then to the search; see focus-rules.ts. Shows nothing. */
export function FocusKeeper() {
  const mirror = useMirror();
  useEffect(() => {
    let typed: Typed = null;
    const onInput = ({ target }: Event) => {
      // What stands in the search is seen below; once it is empty it was done with.
      if (target instanceof HTMLElement && isTyping(target) && target.id !== searchFieldId) {
        typed = { at: performance.now(), field: target };
      }
    };
    // What there is at the start is nothing new.
    let before = mirror.loaded ? myCallsNow(mirror) : null;
    const look = () => {
      if (!mirror.loaded) return;
      const now = myCallsNow(mirror);
      if (before === now) return;
      const move = before && focusMove(before, now, attention(mirror.layouts.layout.console.focusOnCall, typed));
      before = now;
      if (!move) return;
      if (move.to === 'card') focusMyCall(move.call.id);
      else {
        forgetAim();
        view.set({ call: move.call.id, query: '' });
        focusSearch();
      }
    };
    addEventListener('input', onInput, true);
    const leave = subscribeMyCalls(mirror, look);
    return () => {
      removeEventListener('input', onInput, true);
      leave();
    };
  }, [mirror]);
  return null;
}

type Typed = { readonly at: number; readonly field: HTMLElement } | null;

function attention(on: boolean, typed: Typed): Attention {
  const field = document.activeElement;
  const emptySearch = field instanceof HTMLInputElement && field.id === searchFieldId && field.value === '';
  const { dialog, opened, menu, sheet, history, earlier } = view.get();
  const open = [dialog, opened, menu, sheet, history, earlier].some((one) => one !== null);
  return {
    on,
    busy: open || document.querySelector('[role=dialog], [role=menu]') !== null || (isTyping(field) && !emptySearch),
    // A field that is gone, as the palette's, was done with.
    typedAgo: typed?.field.isConnected ? performance.now() - typed.at : Number.POSITIVE_INFINITY,
  };
}
