'use client';

import clsx from 'clsx';
import { BellOff, CloudOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ExtensionRecord, ForwardKind } from '@/server/protocol/records';
import { forwardIcon, forwardInk } from '../extensions/marks';
import { presenceLook } from '../extensions/presence-look';
import { forwardsOf, told } from '../extensions/status';
import { usePresenceStates, useRecord, useWallNow } from '../live/hooks';
import { presenceInk } from '../presence/choice-colour';
import { ChoiceIcon } from '../presence/choice-icon';
import { story, unsyncedSentences } from './story';

interface SummaryProps {
  readonly extension: ExtensionRecord;
  /** Somebody else tells it already. */
  readonly withoutDnd?: boolean;
}

/** Whether there is anything that `Summary` would tell. */
export function hasSummary({ dnd, presence, forward, unsynced }: ExtensionRecord): boolean {
  return (
    dnd.on ||
    presenceLook(presence, []) !== null ||
    presence.message !== '' ||
    forwardsOf(forward).length > 0 ||
    unsynced.length > 0
  );
}

/** Do-not-disturb, presence and forwarding of one person in full: what, until when, who set it, where and since when. */
export function Summary({ extension, withoutDnd = false }: SummaryProps) {
  const { dnd, forward, presence } = extension;
  const choices = usePresenceStates();
  const look = presenceLook(presence, choices);
  const shown = !told(extension) && (look !== null || presence.message !== '');
  return (
    <>
      {dnd.on && !withoutDnd ? (
        <Line
          icon={<BellOff aria-hidden className="size-3.5" />}
          ink="text-dnd-ink"
          what="Do not disturb."
          words={dnd.note}
          origin={dnd}
        />
      ) : null}
      {shown ? (
        <Line
          icon={<ChoiceIcon icon={look?.icon ?? 'check'} className="size-3.5" />}
          ink={presenceInk[look?.colour ?? 'green']}
          what={`${look?.word ?? 'Available'}.`}
          words={presence.message}
          origin={presence}
        />
      ) : null}
      {forwardsOf(forward).map(({ kind, to }) => (
        <ForwardLine key={kind} forward={forward} kind={kind} to={to} />
      ))}
      <UnsyncedList extension={extension} />
    </>
  );
}

interface LineProps {
  readonly icon: ReactNode;
  readonly ink: string;
  readonly what: string;
  readonly words: string | null;
  readonly origin: Parameters<typeof story>[0];
}

function Line({ icon, ink, what, words, origin }: LineProps) {
  const text = useWallNow((now) => story(origin, now));
  return (
    <div className="flex gap-2 text-xs leading-4">
      <span className={clsx('mt-px shrink-0', ink)}>{icon}</span>
      <p className="min-w-0 flex-1 break-words text-ink-2">
        <span className={clsx('font-medium', ink)}>{what}</span>{' '}
        {words ? <span className="text-ink">“{words}” </span> : null}
        {text}
      </p>
    </div>
  );
}

const kindWords: Readonly<Record<ForwardKind, string>> = {
  always: 'All calls',
  busy: 'When busy',
  noAnswer: 'No answer',
};

interface ForwardLineProps {
  readonly forward: ExtensionRecord['forward'];
  readonly kind: ForwardKind;
  readonly to: string;
}

function ForwardLine({ forward, kind, to }: ForwardLineProps) {
  const name = useRecord('extensions', to)?.name;
  const Icon = forwardIcon[kind];
  const rings = kind === 'noAnswer' && forward.ringCount ? ` after ${forward.ringCount} rings` : '';
  return (
    <Line
      icon={<Icon aria-hidden className="size-3.5" />}
      ink={forwardInk[kind]}
      what={`${kindWords[kind]} to ${name ? `${name} ${to}` : to}${rings}.`}
      words={null}
      origin={forward.origins[kind] ?? { source: 'pbx', by: null, since: null }}
    />
  );
}

/** What is not yet on the phone, or somewhere else, and why. */
export function UnsyncedList({ extension }: { readonly extension: ExtensionRecord }) {
  if (extension.unsynced.length === 0) return null;
  return (
    <div className="flex gap-2 rounded-md bg-warn-soft px-2 py-1.5 text-xs leading-4 text-warn-ink">
      <CloudOff aria-hidden className="mt-px size-3.5 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium">Not yet on the phone</p>
        <ul aria-label="Not yet on the phone">
          {unsyncedSentences(extension).map((text) => (
            <li key={text} className="break-words">
              {text}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
