import clsx from 'clsx';
import { memo } from 'react';
import { presenceInk } from '../presence/choice-colour';
import { ChoiceIcon } from '../presence/choice-icon';
import type { Status, Tone } from './status';

/** The state as a shape: no two states share an outline, so that the colour is never needed to tell them apart. */
export const StateMark = memo(function StateMark({
  tone,
  className,
}: {
  readonly tone: Tone;
  readonly className?: string;
}) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      width={16}
      height={16}
      className={tone === 'ringing' ? clsx('ring-motion', className) : className}
      role="presentation"
    >
      {marks[tone]}
    </svg>
  );
});

const phone =
  'M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384';

const marks: Record<Tone, React.ReactNode> = {
  free: <circle cx="8" cy="8" r="5" fill="none" stroke="var(--c-free)" strokeWidth="2" />,
  ringing: (
    <g fill="var(--c-ring)">
      <path d="M8 1a1 1 0 0 1 1 1v.4A4.6 4.6 0 0 1 12.6 7c0 3 .7 4 1.6 4.9.5.5.1 1.1-.5 1.1H2.3c-.6 0-1-.6-.5-1.1C2.7 11 3.4 10 3.4 7A4.6 4.6 0 0 1 7 2.4V2a1 1 0 0 1 1-1Z" />
      <path d="M6.2 14h3.6a1.8 1.8 0 0 1-3.6 0Z" />
    </g>
  ),
  talking: (
    <>
      <rect x="1" y="1" width="14" height="14" rx="3.5" fill="var(--c-busy)" />
      <path d={phone} transform="translate(3 3) scale(0.417)" fill="var(--c-on-state)" />
    </>
  ),
  held: (
    <>
      <rect x="1" y="1" width="14" height="14" rx="3.5" fill="var(--c-hold)" />
      <path d="M5 4.5h2v7H5zM9 4.5h2v7H9z" fill="var(--c-on-state)" />
    </>
  ),
  dnd: (
    <>
      <circle cx="8" cy="8" r="7" fill="var(--c-dnd)" />
      <rect x="3.75" y="6.75" width="8.5" height="2.5" rx="0.5" fill="var(--c-on-state)" />
    </>
  ),
  away: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="var(--c-away)" strokeWidth="1.5" />
      <path d="M8 2a6 6 0 0 1 0 12Z" fill="var(--c-away)" />
    </>
  ),
  offline: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="var(--c-offline)" strokeWidth="1.5" strokeDasharray="2.5 2" />
      <path d="m5.8 5.8 4.4 4.4M10.2 5.8l-4.4 4.4" stroke="var(--c-offline)" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
};

/** The left edge, the ground and the ink of each state. */
export const toneBar: Record<Tone, string> = {
  free: 'bar-none',
  ringing: 'bar-ringing',
  talking: 'bar-talking',
  held: 'bar-held',
  dnd: 'bar-dnd',
  away: 'bar-away',
  offline: 'bar-none',
};

export const toneGround: Record<Tone, string> = {
  free: 'border-line bg-surface',
  ringing: 'border-ring/60 bg-ring-soft',
  talking: 'border-busy/45 bg-busy-soft',
  held: 'border-hold/45 bg-hold-soft',
  dnd: 'border-dnd/60 bg-dnd-soft',
  away: 'border-line bg-surface',
  offline: 'border-dashed border-line bg-offline-soft',
};

export const toneInk: Record<Tone, string> = {
  free: 'text-free-ink',
  ringing: 'text-ring-ink',
  talking: 'text-busy-ink',
  held: 'text-hold-ink',
  dnd: 'text-dnd-ink',
  away: 'text-away-ink',
  offline: 'text-offline-ink',
};

/** The mark of a status: presence has the administrator's own icon and colour. */
export function StatusMark({ status, className }: { readonly status: Status; readonly className: string }) {
  const { tone, presence } = status;
  if (!presence) return <StateMark tone={tone} className={className} />;
  return <ChoiceIcon icon={presence.icon} className={clsx(className, presenceInk[presence.colour])} />;
}

export function statusInk({ tone, presence }: Status): string {
  return presence ? presenceInk[presence.colour] : toneInk[tone];
}
