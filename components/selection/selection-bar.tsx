'use client';

import { BellOff, BellRing, CircleUserRound, X } from 'lucide-react';
import { type ReactNode, useEffect, useMemo } from 'react';
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
  const chosen = useStore(selection, (v) => v.numbers);
  const numbers = useMemo(() => [...chosen], [chosen]);
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
      className="flex h-10 shrink-0 items-center gap-1.5 border-b border-accent bg-raised px-3"
    >
      <span className="mr-1 shrink-0 text-[0.8125rem] font-semibold tabular-nums">
        {numbers.length}
        <span className="max-sm:sr-only"> selected</span>
      </span>
      <BarButton icon={<BellOff aria-hidden className="size-3.5" />} blocked={dndBlocked} onPress={() => open('dnd')}>
        DND on…
      </BarButton>
      <BarButton
        icon={<BellRing aria-hidden className="size-3.5" />}
        blocked={dndBlocked}
        onPress={() => void setMany(context.mirror, numbers, { dnd: { on: false } })}
      >
        DND off
      </BarButton>
      <BarButton
        icon={<CircleUserRound aria-hidden className="size-3.5" />}
        blocked={presenceBlocked}
        onPress={() => open('presence')}
      >
        Presence…
      </BarButton>
      <span className="min-w-0 flex-1 truncate text-xs text-ink-2" title={dndBlocked ?? undefined}>
        {dndBlocked}
      </span>
      <IconButton label="Clear the selection" title="Clear the selection (Esc)" size="small" onClick={clear}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}

interface BarButtonProps {
  readonly icon: ReactNode;
  readonly blocked: string | null;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function BarButton({ icon, blocked, onPress, children }: BarButtonProps) {
  return (
    <Button size="small" disabled={blocked !== null} title={blocked ?? undefined} onClick={onPress}>
      <span className="max-sm:hidden">{icon}</span>
      {children}
    </Button>
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
