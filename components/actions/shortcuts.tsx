'use client';

import { useEffect } from 'react';
import { toast } from 'sonner';
import { announce } from '../ui/live-region';
import { perform } from './action';
import { globalActions } from './global-actions';
import { isTyping, pressed } from './keys';
import { singleKeysOn } from './single-keys';
import { useContextGetter } from './use-action-context';

/** The shortcuts that work everywhere. A text field keeps its letters, an open dialog or menu keeps everything. */
export function Shortcuts() {
  const context = useContextGetter();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.isComposing) return;
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      if (!modified && (isTyping(event.target) || inOverlay(event.target) || !singleKeysOn())) return;
      // What undoes typing stays with the field.
      if (isTyping(event.target) && pressed(event, 'mod+z')) return;
      const action = globalActions.find((one) => one.keys?.some((keys) => pressed(event, keys)));
      if (!action) return;
      event.preventDefault();
      const reason = perform(action, context(), undefined);
      if (reason) {
        announce(reason, true);
        toast.error(reason);
      }
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [context]);
  return null;
}

function inOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog], [role=menu]') !== null;
}
