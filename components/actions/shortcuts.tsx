'use client';

import { useEffect } from 'react';
import type { MyCall } from '../calls/my-call';
import { currentCallNow, myCallsNow } from '../calls/use-my-calls';
import { focusSearch, searchFieldId, view } from '../shell/view';
import { type Action, type ActionContext, perform } from './action';
import { actionFor, everywhere } from './bindings';
import { answer, complete, retrieve, takeBack } from './call-actions';
import { answerNext } from './current-call';
import { isFunctionKey, isTyping, pressed } from './keys';
import { tell } from './send';
import { singleKeysOn } from './single-keys';
import { useContextGetter } from './use-action-context';

/**
 * The shortcuts that work everywhere. A text field keeps its letters, an open dialog or menu keeps everything; only what
 * types nothing, as F2, works there too.
 */
export function Shortcuts() {
  const context = useContextGetter();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.isComposing) return;
      const now = context();
      if (!mayAct(event) && !signInEmptySearch(event, now)) return;
      if (cardKey(event, now)) return event.preventDefault();
      const action = actionFor(everywhere, now.layout.console.keys, event);
      if (!action) return;
      event.preventDefault();
      told(action, now, undefined);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [context]);
  return null;
}

function told<T>(action: Action<T>, context: ActionContext, target: T): void {
  const reason = perform(action, context, target);
  if (reason) tell('error', reason);
}

/** Whether a press may mean a shortcut where it was made. */
function mayAct(event: KeyboardEvent): boolean {
  if (isFunctionKey(event)) return true;
  // What undoes typing stays with the field.
  if (isTyping(event.target) && pressed(event, 'mod+z')) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  if (isTyping(event.target) || inOverlay(event.target)) return false;
  return singleKeysOn() || event.key.length > 1 || (event.code?.startsWith('Numpad') ?? false);
}

/** No name begins with a sign of the number block: in the empty search it acts on the call, and `+` where one rings. */
function signInEmptySearch({ target, code }: KeyboardEvent, context: ActionContext): boolean {
  if (!(target instanceof HTMLInputElement) || target.id !== searchFieldId || target.value !== '') return false;
  if (code === 'NumpadAdd') return answerNext.blocked?.(context) === null;
  return signs.has(code) && currentCallNow(context.mirror) !== null;
}

const signs = new Set(['NumpadSubtract', 'NumpadMultiply', 'NumpadDivide', 'NumpadDecimal']);

function inOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog], [role=menu]') !== null;
}

/** Enter and Esc on the card of a call that has the focus itself, not one of its buttons. */
function cardKey(event: KeyboardEvent, context: ActionContext): boolean {
  const id = event.target instanceof HTMLElement ? event.target.dataset.call : undefined;
  if (id === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
  const call = myCallsNow(context.mirror).find((one) => one.id === id);
  if (!call) return false;
  if (event.key === 'Enter' && event.code !== 'NumpadEnter') {
    enter(call, context);
    return true;
  }
  if (event.key === 'Escape' && (call.state === 'consulting' || call.state === 'transferred')) {
    told(takeBack, context, call);
    return true;
  }
  return false;
}

/** What comes next for a call in its state. */
function enter(call: MyCall, context: ActionContext): void {
  const next = nextFor(call);
  if (next) told(next, context, call);
  else {
    view.set({ call: call.id });
    focusSearch();
  }
}

/** Null: it is to be transferred, to whom the search finds. */
function nextFor({ state, parked }: MyCall): Action<MyCall> | null {
  if (state === 'ringing' || state === 'returned') return answer;
  if (state === 'consulting') return complete;
  if (state === 'transferred') return takeBack;
  return parked ? retrieve : null;
}
