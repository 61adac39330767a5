'use client';

import { BellOff, BellRing, CircleUserRound, X } from 'lucide-react';
import { useEffect } from 'react';
import { mayNotSetAll } from '../actions/permissions';
import { useActionContext } from '../actions/use-action-context';
import { gridId, type SheetTab, view } from '../shell/view';
import { Button, IconButton } from '../ui/button';
import { announce } from '../ui/live-region';
import { useStore } from '../ui/store';
import { clearSelection, mostSelected, selection } from './selection';
import { setMany } from './set-many';

/** What can be done to all chosen tiles; there while some are chosen. */
export function SelectionBar() {
  const numbers = useStore(selection, (v) => v.numbers);
  return numbers.size > 0 ? <Bar numbers={[...numbers]} /> : null;
}

function Bar({ numbers }: { readonly numbers: readonly string[] }) {
  const context = useActionContext();
  useClearByEscape();
  const tooMany = numbers.length > mostSelected ? `At most ${mostSelected} people at once.` : null;
  const dndBlocked = tooMany ?? mayNotSetAll(context, 'dnd', numbers);
  const presenceBlocked = tooMany ?? mayNotSetAll(context, 'presence', numbers);
  const open = (tab: SheetTab) => view.set({ sheet: { tab, numbers } });
  return (
    <div
      role="toolbar"
      aria-label="Selection"
      className="flex min-h-11 shrink-0 flex-wrap items-center gap-1.5 border-b border-line bg-raised px-3 py-1.5"
    >
      <span className="mr-1 text-[0.8125rem] font-semibold tabular-nums">{numbers.length} selected</span>
      <Button
        size="small"
        icon={<BellOff aria-hidden className="size-3.5" />}
        disabled={dndBlocked !== null}
        title={dndBlocked ?? undefined}
        onClick={() => open('dnd')}
      >
        DND on…
      </Button>
      <Button
        size="small"
        icon={<BellRing aria-hidden className="size-3.5" />}
        disabled={dndBlocked !== null}
        title={dndBlocked ?? undefined}
        onClick={() => void setMany(context.mirror, numbers, { dnd: { on: false } })}
      >
        DND off
      </Button>
      <Button
        size="small"
        icon={<CircleUserRound aria-hidden className="size-3.5" />}
        disabled={presenceBlocked !== null}
        title={presenceBlocked ?? undefined}
        onClick={() => open('presence')}
      >
        Presence…
      </Button>
      {dndBlocked ? <span className="min-w-0 text-xs text-ink-2">{dndBlocked}</span> : null}
      <IconButton
        label="Clear the selection"
        title="Clear the selection (Esc)"
        size="small"
        className="ml-auto"
        onClick={clear}
      >
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}

function clear(): void {
  clearSelection();
  announce('Nobody selected');
  // The button that had the focus is gone.
  if (document.activeElement === document.body || document.activeElement?.closest('[role=toolbar]')) {
    document.getElementById(gridId)?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }
}

/** Esc, unless something that is open, or a text field, has a use for it. */
function useClearByEscape(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const busy =
        event.target instanceof Element && event.target.closest('[role=dialog], [role=menu], input, textarea');
      if (!busy) clear();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}
