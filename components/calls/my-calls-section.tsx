'use client';

import { PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { choosesExtension } from '../account/chooses-extension';
import { StatusMark, statusInk } from '../extensions/state-mark';
import { statusOf } from '../extensions/status';
import { useMe, usePresenceStates, useRecord } from '../live/hooks';
import { SoundHint } from '../notify/sound-hint';
import { view } from '../shell/view';
import { Section } from '../ui/section';
import { useStore } from '../ui/store';
import { type Card, cardsAfter } from './card-keys';
import { EndedCard } from './ended-card';
import type { MyCall } from './my-call';
import { MyCallCard } from './my-call-card';
import { currentCall } from './my-calls';
import { useEnded } from './use-ended';
import { useMyCalls } from './use-my-calls';

/** What one's own phone does, what one transferred and parked, and what has just ended. */
export function MyCalls() {
  const me = useMe();
  const calls = useMyCalls();
  const chosen = useStore(view, (v) => v.call);
  const { calls: ended, dismiss } = useEnded();
  const current = currentCall(calls, chosen);
  const cards = useCards(calls);
  return (
    <Section title="My calls" count={calls.length} remember="my-calls" aside={<SoundHint />}>
      {calls.length === 0 && ended.length === 0 ? (
        <Nothing number={me?.extension ?? null} chooses={me !== null && choosesExtension(me)} />
      ) : null}
      <ul aria-label="My calls" className="flex flex-col gap-1.5 px-px pt-1">
        {cards.map(({ key, call }) => (
          <MyCallCard key={key} call={call} current={calls.length > 1 && call === current} />
        ))}
        {ended.map((one) => (
          <EndedCard key={one.callId} ended={one} onDismiss={() => dismiss(one.callId)} />
        ))}
      </ul>
    </Section>
  );
}

function useCards(calls: readonly MyCall[]): readonly Card[] {
  const [cards, setCards] = useState(() => cardsAfter([], calls));
  const [made, setMade] = useState(calls);
  if (made === calls) return cards;
  const next = cardsAfter(cards, calls);
  setCards(next);
  setMade(calls);
  return next;
}

function Nothing({ number, chooses }: { readonly number: string | null; readonly chooses: boolean }) {
  if (number === null) {
    return (
      <a
        href="/account/"
        className="flex items-center gap-2 rounded-lg border border-dashed border-control px-3 py-2.5 text-[0.8125rem] text-ink-2 hover:text-ink"
      >
        <PhoneOff aria-hidden className="size-4 shrink-0" />
        {chooses
          ? 'Choose your extension to see your calls here'
          : 'You have no extension: an administrator chooses it'}
      </a>
    );
  }
  return <Free number={number} />;
}

function Free({ number }: { readonly number: string }) {
  const extension = useRecord('extensions', number);
  const choices = usePresenceStates();
  const status = extension && statusOf(extension, choices);
  return (
    <p className="flex min-w-0 items-center gap-2 rounded-lg border border-dashed border-line px-3 py-2.5 text-[0.8125rem] text-ink-2">
      {status ? <StatusMark status={status} className="size-4 shrink-0" /> : null}
      <span className="min-w-0">
        No calls. Your phone {number}{' '}
        {status ? (
          <>
            says: <span className={statusInk(status)}>{status.word}</span>
          </>
        ) : (
          'is not on this PBX'
        )}
      </span>
    </p>
  );
}
