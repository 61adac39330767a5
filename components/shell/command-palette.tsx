'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { useMemo, useState } from 'react';
import type { ExtensionRecord } from '@/server/protocol/records';
import { type Action, type ActionContext, perform } from '../actions/action';
import { openAvailability, ownStateActions, toggleDnd } from '../actions/availability-actions';
import { globalActions } from '../actions/global-actions';
import { isMac, keyCaps } from '../actions/keys';
import { useActionContext } from '../actions/use-action-context';
import { fold, matches, queryWords } from '../extensions/search';
import { StatusMark } from '../extensions/state-mark';
import { statusOf } from '../extensions/status';
import { presenceStatesOf } from '../live/presence-choice';
import { Kbd } from '../ui/kbd';
import { focusTile, view } from './view';

const peopleShown = 8;

function findPeople(context: ActionContext, words: readonly string[]): ExtensionRecord[] {
  const found: ExtensionRecord[] = [];
  if (words.length === 0) return found;
  for (const record of context.mirror.records.map('extensions').values()) {
    if (!matches(record, words)) continue;
    found.push(record);
    if (found.length === peopleShown) break;
  }
  return found;
}

/** Everything that can be done, by typing. Lazily loaded. */
export default function CommandPalette() {
  const context = useActionContext();
  const [query, setQuery] = useState('');
  const words = useMemo(() => queryWords(query), [query]);
  const people = findPeople(context, words);
  const actions = [...globalActions, ...ownStateActions(context)].filter((action) => {
    const text = fold(action.label(context));
    return action.id !== 'palette' && words.every((word) => text.includes(word));
  });
  const close = () => view.set({ dialog: null });
  const run = (action: () => void) => {
    close();
    // After the dialog has given the focus back.
    setTimeout(action, 0);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed left-1/2 top-[10vh] z-50 w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-raised text-ink shadow-overlay outline-none">
          <Dialog.Title className="sr-only">All commands</Dialog.Title>
          <Command shouldFilter={false} loop label="All commands">
            <Command.Input
              autoFocus
              value={query}
              onValueChange={setQuery}
              placeholder="A person or a command"
              className="h-12 w-full border-b border-line bg-transparent px-4 text-[0.9375rem] outline-none placeholder:text-ink-3"
            />
            <Command.List className="max-h-[60vh] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-8 text-center text-sm text-ink-2">
                Nothing matches “{query}”
              </Command.Empty>
              {people.length > 0 ? (
                <Command.Group heading="People" className={groupStyle}>
                  {people.map((one) => (
                    <Person key={one.number} one={one} context={context} run={run} />
                  ))}
                </Command.Group>
              ) : null}
              {actions.length > 0 ? (
                <Command.Group heading="Commands" className={groupStyle}>
                  {actions.map((action) => (
                    <ActionItem key={action.id} action={action} context={context} run={run} />
                  ))}
                </Command.Group>
              ) : null}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const groupStyle =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-2';
const itemStyle =
  'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm data-[selected=true]:bg-hover data-[disabled=true]:cursor-not-allowed data-[disabled=true]:text-ink-3';

/** What is offered for everybody who is found. */
const personActions = [toggleDnd, openAvailability] as const;

type Run = (action: () => void) => void;

function Person({ one, context, run }: { one: ExtensionRecord; context: ActionContext; run: Run }) {
  const status = statusOf(one, presenceStatesOf(context.mirror));
  const name = one.name || one.number;
  return (
    <>
      <Command.Item value={`go ${one.number}`} className={itemStyle} onSelect={() => run(() => focusTile(one.number))}>
        <StatusMark status={status} className="size-4" />
        <span className="min-w-0 flex-1 truncate">
          {name} <span className="tabular-nums text-ink-2">{one.number}</span>
        </span>
        <span className="text-xs text-ink-2">{status.word}</span>
      </Command.Item>
      {personActions.map((action) => (
        <Command.Item
          key={action.id}
          value={`${action.id} ${one.number}`}
          className={itemStyle}
          disabled={action.blocked?.(context, one.number) != null}
          onSelect={() => run(() => perform(action, context, one.number))}
        >
          <action.icon aria-hidden className="size-4 text-ink-2" />
          <span className="truncate">
            {action.label(context, one.number)}: {name}
          </span>
        </Command.Item>
      ))}
    </>
  );
}

function ActionItem({ action, context, run }: { action: Action; context: ActionContext; run: Run }) {
  const reason = action.blocked?.(context) ?? null;
  const [keys] = action.keys ?? [];
  return (
    <Command.Item
      value={action.id}
      className={itemStyle}
      disabled={reason !== null}
      onSelect={() => run(() => perform(action, context, undefined))}
    >
      <action.icon aria-hidden className="size-4 shrink-0 text-ink-2" />
      <span className="flex-1">{action.label(context)}</span>
      {reason ? <span className="text-xs">{reason}</span> : null}
      {keys ? (
        <span className="flex gap-0.5">
          {keyCaps(keys, isMac()).map((cap) => (
            <Kbd key={cap}>{cap}</Kbd>
          ))}
        </span>
      ) : null}
    </Command.Item>
  );
}
