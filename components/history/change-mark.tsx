import clsx from 'clsx';
import { BellOff, CircleUserRound, CornerUpRight, type LucideIcon } from 'lucide-react';
import type { FeatureChange } from '@/server/protocol/availability';
import type { FeatureKey } from '@/server/protocol/records';
import { valueWords } from './history-words';

const icons: Readonly<Record<FeatureKey, LucideIcon>> = {
  dnd: BellOff,
  always: CornerUpRight,
  busy: CornerUpRight,
  noAnswer: CornerUpRight,
  presence: CircleUserRound,
};

const inks: Readonly<Record<FeatureKey, string>> = {
  dnd: 'text-dnd-ink',
  always: 'text-forward',
  busy: 'text-forward',
  noAnswer: 'text-forward',
  presence: 'text-away-ink',
};

/** The feature's sign, in its colour where something was set and quiet where it was taken back. */
export function ChangeMark({ change }: { readonly change: FeatureChange }) {
  const Icon = icons[change.feature];
  return <Icon aria-hidden className={clsx('size-4 shrink-0', isSet(change) ? inks[change.feature] : 'text-ink-3')} />;
}

function isSet({ feature, to }: FeatureChange): boolean {
  return feature === 'presence' ? !/^(not_set|available)$/.test(to) : to !== 'off';
}

/** `off → on`; a value that stayed, with another note or end, stands alone. */
export function ChangeValue({ change }: { readonly change: FeatureChange }) {
  const { feature } = change;
  const [from, to] = [valueWords(feature, change.from), valueWords(feature, change.to)];
  if (change.from === change.to) return <span className="text-ink">still {to}</span>;
  return (
    <>
      <span className="sr-only">from </span>
      <span className="text-ink-2">{from}</span>
      <span aria-hidden className="mx-1.5 text-ink-3">
        →
      </span>
      <span className="sr-only"> to </span>
      <span className="font-medium text-ink">{to}</span>
    </>
  );
}
