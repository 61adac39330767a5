'use client';

import clsx from 'clsx';
import { useEffect } from 'react';
import type { BackendHealth } from '@/server/protocol/records';
import { usePbx } from '../../live/hooks';
import { LiveProvider } from '../../live/provider';

interface ReaderProps {
  readonly onHealth: (health: readonly BackendHealth[]) => void;
}

/** Tells how the sources in use are just now, and every change of it. */
export function HealthReader({ onHealth }: ReaderProps) {
  return (
    <LiveProvider waiting={null}>
      <Reader onHealth={onHealth} />
    </LiveProvider>
  );
}

function Reader({ onHealth }: ReaderProps) {
  const backends = usePbx()?.features.backends;
  useEffect(() => {
    if (backends) onHealth(backends);
  }, [backends, onHealth]);
  return null;
}

const words: Readonly<Record<BackendHealth['state'], string>> = {
  up: 'Works',
  limited: 'Works in part',
  away: 'Cannot be reached',
};

const marks: Readonly<Record<BackendHealth['state'], string>> = {
  up: 'rounded-full bg-free',
  limited: 'rounded-full border-2 border-away',
  away: 'rounded-xs bg-dnd',
};

/** One source's health in a line. */
export function Health({ health }: { readonly health: BackendHealth }) {
  return (
    <p className="mt-1 flex items-start gap-2 text-xs text-ink">
      <span aria-hidden className={clsx('mt-1 size-2 shrink-0', marks[health.state])} />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {words[health.state]}
        {health.problem === null ? '' : `: ${health.problem}`}
      </span>
    </p>
  );
}
