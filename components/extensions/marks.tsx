import clsx from 'clsx';
import { ClockArrowUp, CornerUpRight, type LucideIcon, PhoneForwarded, Voicemail } from 'lucide-react';
import type { ExtensionCall, ExtensionRecord, ForwardKind } from '@/server/protocol/records';
import { presenceInk } from '../presence/choice-colour';
import { ChoiceIcon } from '../presence/choice-icon';
import type { PresenceLook } from './presence-look';
import { type Forwarding, forwardsOf } from './status';

/** lucide's arrows, drawn plainly: fast scrolling mounts many. */
const arrows = { in: 'M17 7 7 17M17 17H7V7', out: 'M7 7h10v10M7 17 17 7' } as const;

export function DirectionArrow({ direction }: { readonly direction: ExtensionCall['direction'] }) {
  return (
    <svg
      aria-hidden
      role="presentation"
      viewBox="0 0 24 24"
      className="size-3 shrink-0"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={arrows[direction]} />
    </svg>
  );
}

/** Each kind has its own colour, everywhere. */
export const forwardInk: Readonly<Record<ForwardKind, string>> = {
  always: 'text-forward',
  busy: 'text-busy-ink',
  noAnswer: 'text-ring-ink',
};

export const forwardIcon: Readonly<Record<ForwardKind, LucideIcon>> = {
  always: CornerUpRight,
  busy: PhoneForwarded,
  noAnswer: ClockArrowUp,
};

/** One forwarding: each kind in its own shape and colour. `brief`: without the target. */
export function ForwardMark({ forward, brief }: { readonly forward: Forwarding; readonly brief?: boolean }) {
  const { kind, to } = forward;
  const Icon = forwardIcon[kind];
  return (
    <span
      className={clsx('inline-flex min-w-0 items-center gap-0.5 font-medium', forwardInk[kind], brief && 'shrink-0')}
    >
      <Icon aria-hidden className="size-3 shrink-0" strokeWidth={2.25} />
      {brief ? null : <span className="truncate tabular-nums">{to}</span>}
    </span>
  );
}

/** Every forwarding there is. */
export function ForwardMarks({ extension, brief }: { readonly extension: ExtensionRecord; readonly brief?: boolean }) {
  return forwardsOf(extension.forward).map((forward) => (
    <ForwardMark key={forward.kind} forward={forward} brief={brief ?? false} />
  ));
}

/** A change that is not yet everywhere. */
export function UnsyncedMark({ extension }: { readonly extension: ExtensionRecord }) {
  if (extension.unsynced.length === 0) return null;
  return (
    <svg
      aria-hidden
      role="presentation"
      viewBox="0 0 24 24"
      className="size-3 shrink-0 self-center text-away-ink"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="m2 2 20 20M5.782 5.782A7 7 0 0 0 9 19h8.5a4.5 4.5 0 0 0 1.307-.193M21.532 16.5A4.5 4.5 0 0 0 17.5 10h-1.79A7 7 0 0 0 10 5.07" />
    </svg>
  );
}

/** Where somebody is, while their tile tells something else. */
export function PresenceMark({ look }: { readonly look: PresenceLook | null }) {
  return look ? <ChoiceIcon icon={look.icon} className={clsx('size-3.5 shrink-0', presenceInk[look.colour])} /> : null;
}

export function VoicemailMark({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <span className="inline-flex shrink-0 items-center gap-0.5 tabular-nums text-ink-2">
      <Voicemail aria-hidden className="size-3.5" />
      {count}
    </span>
  );
}

/** Further calls on the same phone; teal while one of them rings. */
export function MoreCalls({ calls }: { readonly calls: readonly ExtensionCall[] }) {
  if (calls.length === 0) return null;
  const rings = calls.some((call) => call.state === 'ringing');
  return (
    <span
      className={clsx(
        'shrink-0 rounded px-1 text-[0.6875rem] font-semibold leading-4 tabular-nums',
        rings ? 'bg-ring text-on-state' : 'bg-hold text-on-state',
      )}
    >
      +{calls.length}
    </span>
  );
}
