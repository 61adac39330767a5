import clsx from 'clsx';
import type { ReactNode } from 'react';

export type BadgeTone = 'neutral' | 'accent' | 'good' | 'warn' | 'danger';

const tones: Record<BadgeTone, string> = {
  neutral: 'bg-sunken text-ink-2',
  accent: 'bg-accent text-accent-ink',
  good: 'bg-good-soft text-free-ink',
  warn: 'bg-warn-soft text-warn-ink',
  danger: 'bg-dnd-soft text-dnd-ink',
};

export function Badge({ tone = 'neutral', children }: { readonly tone?: BadgeTone; readonly children: ReactNode }) {
  return (
    <span
      className={clsx(
        'inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded px-1.5 text-xs font-medium tabular-nums',
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
