'use client';

import { Popover } from '@base-ui/react/popover';
import clsx from 'clsx';
import { type KeyboardEvent, useRef, useState } from 'react';
import { perform } from '../actions/action';
import { dtmf, keypad } from '../actions/call-actions';
import { tell } from '../actions/send';
import { useActionContext } from '../actions/use-action-context';
import { partyText } from '../extensions/status';
import { buttonBase } from '../ui/button';
import type { MyCall } from './my-call';

const keys: readonly (readonly [digit: string, letters: string])[] = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', ''],
  ['#', ''],
];

/** The button that opens the keypad of a call; digits can be pressed and typed. */
export function KeypadButton({ call }: { readonly call: MyCall }) {
  const context = useActionContext();
  const [open, setOpen] = useState(false);
  const [sent, setSent] = useState('');
  const popup = useRef<HTMLDivElement>(null);
  const blocked = keypad.blocked?.(context, call) ?? null;
  const Icon = keypad.icon;
  const change = (next: boolean) => {
    if (next && blocked !== null) tell('error', blocked);
    else setOpen(next);
    setSent('');
  };
  const press = (digits: string) => {
    const reason = perform(dtmf, context, { call, digits });
    if (reason) tell('error', reason);
    else setSent((before) => before + digits);
  };
  const type = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-9*#]$/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    press(event.key);
  };
  return (
    <Popover.Root open={open && blocked === null} onOpenChange={change}>
      <Popover.Trigger
        data-keypad=""
        aria-label={`Keypad for ${partyText(call.party)}`}
        aria-disabled={blocked !== null || undefined}
        title={blocked ?? 'Keypad'}
        className={clsx(
          buttonBase,
          'size-7 border border-control bg-surface text-ink hover:bg-hover pointer-coarse:size-9',
        )}
      >
        <Icon aria-hidden className="size-4" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="start" sideOffset={6} collisionPadding={8} className="z-40">
          <Popover.Popup
            ref={popup}
            initialFocus={popup}
            onKeyDown={type}
            className="w-52 rounded-xl border border-line bg-raised p-3 text-ink shadow-overlay outline-none"
          >
            <Keys who={partyText(call.party)} sent={sent} press={press} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface KeysProps {
  readonly who: string;
  readonly sent: string;
  readonly press: (digit: string) => void;
}

function Keys({ who, sent, press }: KeysProps) {
  return (
    <>
      <Popover.Title className="truncate text-xs font-medium text-ink-2">Digits for {who}</Popover.Title>
      <output
        aria-label="Sent"
        className="my-1.5 block h-7 truncate text-center text-lg font-semibold tabular-nums tracking-widest [direction:rtl]"
      >
        <bdo dir="ltr">{sent}</bdo>
      </output>
      <div className="grid grid-cols-3 gap-1.5">
        {keys.map(([digit, letters]) => (
          <button
            key={digit}
            type="button"
            aria-label={digit}
            onClick={() => press(digit)}
            className="flex h-11 cursor-pointer flex-col items-center justify-center rounded-md border border-control bg-surface leading-none hover:bg-hover active:bg-sunken"
          >
            <span className="text-base font-semibold">{digit}</span>
            {letters ? <span className="mt-0.5 text-[0.625rem] text-ink-2">{letters}</span> : null}
          </button>
        ))}
      </div>
    </>
  );
}
