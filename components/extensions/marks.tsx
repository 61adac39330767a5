import clsx from 'clsx';
import { CornerUpRight, Voicemail } from 'lucide-react';
import type { ExtensionCall, ExtensionRecord } from '@/server/protocol/records';
import { forwardOf } from './status';

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

export function ForwardMark({ extension, brief }: { readonly extension: ExtensionRecord; readonly brief?: boolean }) {
  const forward = forwardOf(extension.forward);
  if (!forward) return null;
  return (
    <span className="inline-flex min-w-0 items-center gap-0.5 text-ink-2">
      <CornerUpRight aria-hidden className="size-3 shrink-0" strokeWidth={2.25} />
      {brief ? null : (
        <span className="truncate">{forward.kind === 'all' ? forward.to : `${forward.kind}: ${forward.to}`}</span>
      )}
    </span>
  );
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
