'use client';

import { Popover } from '@base-ui/react/popover';
import { ArrowLeft, ArrowRight, EyeOff, History, Star, X } from 'lucide-react';
import { useState } from 'react';
import type { ExtensionRecord } from '@/server/protocol/records';
import { perform } from '../actions/action';
import { openAvailability, toggleDnd } from '../actions/availability-actions';
import { keyHint, keysOf } from '../actions/bindings';
import { toggleFavourite, toggleHidden } from '../actions/extension-actions';
import { openHistory } from '../actions/history-action';
import { isMac, keyText } from '../actions/keys';
import { useActionContext } from '../actions/use-action-context';
import { story } from '../availability/story';
import { Summary } from '../availability/summary';
import { usePresenceStates, useRecord, useWallNow } from '../live/hooks';
import { tileElement, view } from '../shell/view';
import { Button, IconButton } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { Switch } from '../ui/switch';
import { CallButtons } from './call-buttons';
import { CallLines } from './call-lines';
import { Facts } from './facts';
import { moveByOne } from './move-by-one';
import { StatusMark, statusInk } from './state-mark';
import { statusOf } from './status';

/** One extension in full, beside its tile. */
export default function Details({ number }: { readonly number: string }) {
  const extension = useRecord('extensions', number);
  const [anchor] = useState(() => tileElement(number));
  if (!extension) return null;
  const close = () => view.set({ opened: null });
  return (
    <Popover.Root open onOpenChange={(open) => !open && close()}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side="bottom"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          className="z-40"
        >
          <Popover.Popup
            finalFocus={() => tileElement(number)}
            className="flex w-76 max-w-[calc(100vw-1rem)] flex-col gap-3 rounded-xl border border-line bg-raised p-4 text-ink shadow-overlay outline-none"
          >
            <Head extension={extension} />
            <CallLines extension={extension} />
            <CallButtons number={number} />
            <DndRow extension={extension} />
            <Summary extension={extension} withoutDnd />
            <Facts extension={extension} />
            <Tools number={number} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Head({ extension }: { readonly extension: ExtensionRecord }) {
  const status = statusOf(extension, usePresenceStates());
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <Popover.Title className="text-base font-semibold leading-5">
          {extension.name || extension.number}
        </Popover.Title>
        <p className="mt-1 flex items-center gap-1.5 text-[0.8125rem]">
          <span className="tabular-nums text-ink-2">{extension.number}</span>
          <StatusMark status={status} className="ml-1 size-3.5" />
          <span className={statusInk(status)}>{status.word}</span>
        </p>
      </div>
      <Popover.Close
        render={
          <IconButton label="Close" size="small" className="-mr-1.5 -mt-1">
            <X aria-hidden className="size-4" />
          </IconButton>
        }
      />
    </div>
  );
}

function DndRow({ extension }: { readonly extension: ExtensionRecord }) {
  const context = useActionContext();
  const { dnd, number } = extension;
  const blocked = toggleDnd.blocked?.(context, number) ?? null;
  const words = useWallNow((now) => (dnd.on ? story(dnd, now) : 'Calls ring this phone'));
  return (
    <div className="flex flex-col gap-2 rounded-lg bg-sunken px-3 py-2">
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="text-[0.8125rem] font-medium">Do not disturb</p>
          {dnd.on && dnd.note ? <p className="break-words text-xs text-ink">{dnd.note}</p> : null}
          <p className="text-xs text-ink-2">{words}</p>
          {blocked ? <p className="text-xs text-ink-2">{blocked}</p> : null}
        </div>
        <Switch
          label="Do not disturb"
          tone="danger"
          checked={dnd.on}
          disabled={blocked !== null}
          onChange={() => perform(toggleDnd, context, number)}
        />
      </div>
      <Button size="small" className="self-start" onClick={() => perform(openAvailability, context, number)}>
        {openAvailability.label(context, number)}
        <span className="flex gap-0.5 pointer-coarse:hidden">
          {keysOf(context.layout.console.keys, openAvailability)
            .slice(0, 1)
            .map((keys) => (
              <Kbd key={keys}>{keyText(keys, isMac())}</Kbd>
            ))}
        </span>
      </Button>
    </div>
  );
}

function Tools({ number }: { readonly number: string }) {
  const context = useActionContext();
  const favourite = context.layout.favourites.includes(number);
  return (
    <div className="-mx-1.5 -mb-1.5 flex items-center gap-0.5 border-t border-line pt-2">
      <IconButton
        label={toggleFavourite.label(context, number)}
        title={`${toggleFavourite.label(context, number)}${keyHint(context.layout.console.keys, toggleFavourite)}`}
        aria-pressed={favourite}
        size="small"
        onClick={() => perform(toggleFavourite, context, number)}
      >
        <Star aria-hidden className={favourite ? 'size-4 fill-current text-accent' : 'size-4'} />
      </IconButton>
      <IconButton
        label={toggleHidden.label(context, number)}
        title={`${toggleHidden.label(context, number)}${keyHint(context.layout.console.keys, toggleHidden)}`}
        size="small"
        onClick={() => {
          perform(toggleHidden, context, number);
          view.set({ opened: null });
        }}
      >
        <EyeOff aria-hidden className="size-4" />
      </IconButton>
      <IconButton
        label={openHistory.label(context, number)}
        title={openHistory.blocked?.(context, number) ?? 'History'}
        disabled={Boolean(openHistory.blocked?.(context, number))}
        size="small"
        onClick={() => perform(openHistory, context, number)}
      >
        <History aria-hidden className="size-4" />
      </IconButton>
      <span className="ml-auto pr-1 text-xs text-ink-2">Move</span>
      <IconButton
        label="Move earlier"
        title="Move earlier (Alt+Shift+←)"
        size="small"
        onClick={() => moveByOne(context, number, 'before')}
      >
        <ArrowLeft aria-hidden className="size-4" />
      </IconButton>
      <IconButton
        label="Move later"
        title="Move later (Alt+Shift+→)"
        size="small"
        onClick={() => moveByOne(context, number, 'after')}
      >
        <ArrowRight aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}
