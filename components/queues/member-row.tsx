'use client';

import clsx from 'clsx';
import { memo } from 'react';
import type { QueueMember } from '@/server/protocol/records';
import { StateMark, toneInk } from '../extensions/state-mark';
import { Timer } from '../live/timer';
import { menuHandle } from '../menus/menu-state';
import { MoreButton } from '../menus/more-button';
import { focusTile } from '../shell/view';
import { memberLook } from './member-look';

interface MemberRowProps {
  readonly queue: string;
  readonly member: QueueMember;
}

/** An agent: state, or the pause with its reason and clock. */
export const MemberRow = memo(function MemberRow({ queue, member }: MemberRowProps) {
  const { tone, word } = memberLook(member);
  const name = member.name || member.extension || member.interface;
  const { extension } = member;
  return (
    <li
      {...(extension === null ? {} : menuHandle({ kind: 'member', queue, extension }))}
      className="flex min-h-6 items-center gap-1.5 px-2 text-xs hover:bg-hover"
    >
      <StateMark tone={tone} className="size-3.5 shrink-0" />
      {extension ? (
        <button
          type="button"
          onClick={() => focusTile(extension)}
          className="min-h-6 min-w-0 cursor-pointer truncate text-left text-ink hover:underline"
        >
          {name}
        </button>
      ) : (
        <span className="min-w-0 truncate text-ink">{name}</span>
      )}
      <span className={clsx('ml-auto max-w-[55%] shrink-0 truncate', member.paused ? 'text-away-ink' : toneInk[tone])}>
        {word}
      </span>
      {member.paused && member.pausedSince ? (
        <Timer since={member.pausedSince} className="shrink-0 text-away-ink" />
      ) : null}
      {member.penalty > 0 ? (
        <span title={`Penalty ${member.penalty}`} className="shrink-0 tabular-nums text-ink-3">
          <span className="sr-only">penalty </span>P{member.penalty}
        </span>
      ) : null}
      {extension === null ? null : <MoreButton label={name} />}
    </li>
  );
});
