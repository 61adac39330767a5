'use client';

import clsx from 'clsx';
import { MessageCircleQuestion, PhoneIncoming, PhoneOff } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { useContextGetter } from '../actions/use-action-context';
import { menus, subjectKey } from '../menus/menu-state';
import { useStore } from '../ui/store';
import type { CallInHand } from './call-in-hand';
import { dragState } from './drag-state';
import { dropHandle } from './drop-target';
import { isMine, mayAsk, otherKind } from './plan';
import { useCallPointer } from './use-call-pointer';

const SubjectMenu = lazy(() => import('../menus/subject-menu'));
const Picker = lazy(() => import('../menus/picker'));

/** Dragging of calls, their menus, and "Move to…". Mount once per panel. */
export function DragCalls() {
  useCallPointer();
  const open = useStore(menus, (v) => v.open);
  const picker = useStore(menus, (v) => v.picker);
  const call = useStore(dragState, (v) => v.call);
  return (
    <>
      {call ? <DropBar call={call} /> : null}
      <Suspense>
        {open ? <SubjectMenu open={open} key={`${subjectKey(open.subject)} ${open.x} ${open.y}`} /> : null}
        {picker ? <Picker picker={picker} key={JSON.stringify(picker)} /> : null}
      </Suspense>
    </>
  );
}

/** Places that are nowhere else on the screen, and for a finger what Shift is for the mouse. */
function DropBar({ call }: { readonly call: CallInHand }) {
  const context = useContextGetter();
  const kind = useStore(dragState, (v) => v.kind);
  const asks = kind === 'attended';
  const mine = isMine(call, context());
  const me = context().me?.extension;
  useKindSwitch();
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed inset-x-0 bottom-3 z-50 flex justify-center gap-2 px-3 max-md:bottom-18"
    >
      {mayAsk(call, context()) ? (
        <span
          data-kind-switch
          className={clsx(
            'drop-zone',
            asks ? 'border-accent bg-accent text-accent-ink' : 'border-control bg-raised text-ink',
          )}
        >
          <MessageCircleQuestion className="size-4" />
          {asks ? 'Asking first' : 'Ask first'}
        </span>
      ) : null}
      {me && !mine ? (
        <span {...dropHandle({ kind: 'person', number: me })} className="drop-zone border-control bg-raised text-ink">
          <PhoneIncoming className="size-4" />
          To my phone
        </span>
      ) : null}
      <span {...dropHandle({ kind: 'hangup' })} className="drop-zone border-transparent bg-danger text-danger-ink">
        <PhoneOff className="size-4" />
        Hang up
      </span>
    </div>
  );
}

/** Going over the switch turns it, once each time. */
function useKindSwitch(): void {
  useEffect(() => {
    let inside = false;
    const onMove = ({ clientX, clientY }: PointerEvent) => {
      const now = document.elementFromPoint(clientX, clientY)?.closest('[data-kind-switch]') != null;
      if (now && !inside) dragState.set({ kind: otherKind(dragState.get().kind), chosen: true });
      inside = now;
    };
    addEventListener('pointermove', onMove);
    return () => removeEventListener('pointermove', onMove);
  }, []);
}
