'use client';

import clsx from 'clsx';
import { Hourglass, TriangleAlert } from 'lucide-react';
import { memo, type ReactNode, useCallback } from 'react';
import type { QueueMember, QueueRecord } from '@/server/protocol/records';
import { StateMark, toneInk } from '../extensions/state-mark';
import { clockText } from '../live/clock-text';
import { useRecord, useServerNow } from '../live/hooks';
import { memberLook } from '../queues/member-look';
import { numberText } from '../ui/region';
import type { BoardLook } from './board';
import { longestSince, type Urgency, urgencyOf } from './waiting';

interface QueueCardProps {
  readonly name: string;
  readonly members: boolean;
  readonly settings: BoardLook;
}

/** A queue from across the room: how many wait, how long the longest, and who could answer. */
export const QueueCard = memo(function QueueCard({ name, members, settings }: QueueCardProps) {
  const queue = useRecord('queues', name);
  if (!queue) return null;
  return <Card queue={queue} members={members} settings={settings} />;
});

const inks: Readonly<Record<Urgency, string>> = { calm: 'text-ink', warn: 'text-away-ink', alert: 'text-dnd-ink' };
const urgencyWords: Readonly<Record<Urgency, string>> = { calm: '', warn: 'waits long', alert: 'waits too long' };

function Card({ queue, members, settings }: Omit<QueueCardProps, 'name'> & { readonly queue: QueueRecord }) {
  const since = longestSince(queue.callers);
  const urgency = useServerNow(useCallback((now: number) => urgencyOf(since, now, settings), [since, settings]));
  const longest = useServerNow(useCallback((now: number) => (since === null ? '–' : clockText(since, now)), [since]));
  const ready = queue.members.filter(({ paused, state }) => !paused && state !== 'unavailable' && state !== 'invalid');
  const free = ready.filter(({ state }) => state === 'idle').length;
  return (
    <section className="board-card" data-urgency={urgency}>
      <h2 className="flex shrink-0 items-center gap-3 text-[2rem] font-semibold leading-tight">
        <span className="min-w-0 flex-1 truncate">{queue.label}</span>
        {urgency === 'calm' ? null : (
          <span className={clsx('flex shrink-0 items-center gap-2 text-[1.5rem]', inks[urgency])}>
            {urgency === 'alert' ? (
              <TriangleAlert aria-hidden className="size-8" />
            ) : (
              <Hourglass aria-hidden className="size-7" />
            )}
            {urgencyWords[urgency]}
          </span>
        )}
      </h2>
      <dl className="mt-1 flex shrink-0 items-end justify-between gap-[min(1.5rem,3cqi)]">
        <Figure label="waiting" className={queue.callers.length > 0 ? inks[urgency] : 'text-ink-3'} large>
          {numberText(queue.callers.length)}
        </Figure>
        <Figure label="longest" className={since === null ? 'text-ink-3' : inks[urgency]} large>
          {longest}
        </Figure>
        <Figure label="free" className={free > 0 ? 'text-free-ink' : 'text-ink-3'}>
          {`${free}/${queue.members.length}`}
        </Figure>
        <Figure label={`in ${queue.serviceLevel} s`} className={queue.completed > 0 ? 'text-ink' : 'text-ink-3'}>
          {queue.completed > 0 ? `${numberText(Math.round(queue.serviceLevelPerf))}\u00a0%` : '–'}
        </Figure>
      </dl>
      {members ? <Members members={queue.members} /> : null}
    </section>
  );
}

interface FigureProps {
  readonly label: string;
  readonly className: string;
  readonly large?: boolean;
  readonly children: ReactNode;
}

function Figure({ label, className, large, children }: FigureProps) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="whitespace-nowrap text-[1.375rem] leading-tight text-ink-2">{label}</dt>
      <dd
        className={clsx(
          'whitespace-nowrap font-bold leading-none tabular-nums',
          large ? 'board-large' : 'board-middle',
          className,
        )}
      >
        {children}
      </dd>
    </div>
  );
}

const membersShown = 8;
/** So few have a line each, as high as eight are in two columns. */
const inOneColumn = 4;

function Members({ members }: { readonly members: readonly QueueMember[] }) {
  const shown = members.length > membersShown ? members.slice(0, membersShown - 1) : members;
  const rest = members.length - shown.length;
  return (
    <ul
      className={clsx(
        'mt-3 grid shrink-0 gap-x-6 border-t-2 border-line pt-2',
        members.length > inOneColumn && 'grid-cols-2',
      )}
    >
      {shown.map((member) => {
        const { tone, word } = memberLook(member);
        return (
          <li key={member.interface} className="flex h-[2.5rem] min-w-0 items-center gap-3">
            <StateMark tone={tone} className="size-6 shrink-0" />
            <span className="min-w-0 flex-1 truncate text-[1.5rem]">{member.name || member.extension}</span>
            {/* In two columns the mark alone says that somebody is free: the name needs the room. */}
            <span
              className={clsx(
                'max-w-[45%] shrink-0 truncate text-[1.25rem]',
                toneInk[tone],
                tone === 'free' && members.length > inOneColumn && 'sr-only',
              )}
            >
              {word}
            </span>
          </li>
        );
      })}
      {rest > 0 ? <li className="flex h-[2.5rem] items-center text-[1.375rem] text-ink-2">and {rest} more</li> : null}
      {members.length === 0 ? <li className="text-[1.5rem] text-ink-2">Nobody is logged in</li> : null}
    </ul>
  );
}
