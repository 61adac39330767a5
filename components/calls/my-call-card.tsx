'use client';

import clsx from 'clsx';
import { CircleDot } from 'lucide-react';
import { memo, useLayoutEffect, useRef } from 'react';
import { keypad, record } from '../actions/call-actions';
import { useActionContext } from '../actions/use-action-context';
import { callHandle, sourceOfMine } from '../drag/call-source';
import { StateMark, toneBar, toneGround, toneInk } from '../extensions/state-mark';
import { partyText } from '../extensions/status';
import { useMe, useRecord } from '../live/hooks';
import { Timer } from '../live/timer';
import { view } from '../shell/view';
import { ActionButton } from './action-button';
import { cardActions } from './card-actions';
import { EarlierLine } from './earlier-line';
import { KeypadButton } from './keypad';
import type { MyCall } from './my-call';
import { myCallTone, myCallWord } from './my-call-look';
import { NoteField } from './note-field';
import { ReturnsIn } from './returns-in';
import { TransferSides } from './transfer-sides';

interface CardProps {
  readonly call: MyCall;
  /** Keys act on it. */
  readonly current: boolean;
}

/** One of one's own calls: who, what happens, for how long, and what can be done. */
export const MyCallCard = memo(function MyCallCard({ call, current }: CardProps) {
  const me = useMe();
  const tone = myCallTone(call);
  const loud = call.state === 'ringing' || call.state === 'returned';
  const choose = () => view.set({ call: call.id });
  const { card, ...focus } = useKeptFocus();
  return (
    <li>
      <article
        data-call={call.id}
        {...callHandle(sourceOfMine(call, me?.extension ?? null))}
        tabIndex={-1}
        aria-label={`${myCallWord(call)}: ${partyText(call.party)}`}
        aria-current={current || undefined}
        ref={card}
        onFocus={() => {
          choose();
          focus.came();
        }}
        onBlur={(event) => focus.left(event.target)}
        onPointerDown={choose}
        className={clsx(
          'relative overflow-hidden rounded-lg border py-1.5 pl-3.5 pr-2 outline-offset-1',
          loud ? toneGround[tone] : 'bg-surface',
          current ? 'border-accent shadow-[0_0_0_1px_var(--c-accent)]' : !loud && 'border-line',
        )}
      >
        <span aria-hidden className={clsx('absolute inset-y-0 left-0 w-1.5', toneBar[tone])} />
        <Head call={call} />
        {call.transfer ? <TransferSides transfer={call.transfer} brief={!current} /> : null}
        <Buttons call={call} />
        <Note call={call} />
      </article>
    </li>
  );
});

/** A button that has the focus may go with the state it belonged to: then the card has it. */
function useKeptFocus() {
  const card = useRef<HTMLElement>(null);
  const inside = useRef(false);
  useLayoutEffect(() => {
    const { activeElement } = document;
    if (inside.current && (activeElement === null || activeElement === document.body)) card.current?.focus();
  });
  return {
    card,
    came: () => {
      inside.current = true;
    },
    left: (from: Element) => {
      if (from.isConnected) inside.current = false;
    },
  };
}

function Head({ call }: { readonly call: MyCall }) {
  const tone = myCallTone(call);
  const { party } = call;
  return (
    <>
      <div className="flex items-center gap-2">
        <StateMark tone={tone} className="size-4 shrink-0" />
        <h4 className="min-w-0 flex-1 truncate text-[0.9375rem] font-semibold leading-5 text-ink">
          {partyText(party)}
        </h4>
        {call.recording ? (
          <span className="inline-flex shrink-0 items-center gap-1 text-xs font-semibold text-dnd-ink">
            <CircleDot aria-hidden className="size-3.5" />
            REC<span className="sr-only">: this call is recorded</span>
          </span>
        ) : null}
        <Timer since={call.since} className={clsx('shrink-0 text-[0.9375rem] font-semibold', toneInk[tone])} />
      </div>
      <p className="mt-0.5 flex min-w-0 items-center gap-1.5 whitespace-nowrap text-xs text-ink-2">
        <span className={clsx('shrink-0 font-semibold', toneInk[tone])}>{myCallWord(call)}</span>
        <Via call={call} />
        {call.parked ? <ReturnsIn since={call.since} timeout={call.parked.timeout} /> : null}
      </p>
      <div className="text-xs empty:hidden">
        <EarlierLine party={party} call={call.callId ?? call.id} />
      </div>
    </>
  );
}

/** The number, the queue and the number that was called. */
function Via({ call }: { readonly call: MyCall }) {
  const queue = useRecord('queues', call.queue ?? '')?.label ?? call.queue;
  const parts = [call.party.name ? call.party.number : '', queue ?? '', call.did ? `to ${call.did}` : ''];
  const words = parts.filter(Boolean).join(' · ');
  return (
    <span className="min-w-0 truncate tabular-nums" title={words}>
      {words}
    </span>
  );
}

function Buttons({ call }: { readonly call: MyCall }) {
  const context = useActionContext();
  return (
    <div className="@container mt-1">
      <div className="flex flex-wrap items-center gap-[3px]">
        {cardActions(context, call).map(({ action, word, tone, folds }) =>
          action === keypad ? (
            <KeypadButton key={action.id} call={call} />
          ) : (
            <ActionButton
              key={action.id}
              action={action}
              target={call}
              word={word}
              tone={tone}
              folds={folds}
              {...(action === record && { pressed: call.recording })}
            />
          ),
        )}
      </div>
    </div>
  );
}

/** Nobody writes before they have talked, nor while the call is elsewhere. */
const noteless: readonly MyCall['state'][] = ['ringing', 'dialing', 'returned', 'parked', 'transferred'];

function Note({ call }: { readonly call: MyCall }) {
  const may = useMe()?.permissions.includes('callhistory') ?? false;
  if (!may || call.callId === null) return null;
  return (
    <div className="mt-0.5 empty:hidden">
      <NoteField call={call.callId} who={partyText(call.party)} shy={noteless.includes(call.state)} />
    </div>
  );
}
