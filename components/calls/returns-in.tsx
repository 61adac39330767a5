'use client';

import clsx from 'clsx';
import { useCallback } from 'react';
import { clockText } from '../live/clock-text';
import { useLayout, useServerNow } from '../live/hooks';

interface ReturnsInProps {
  /** ISO time of the parking. */
  readonly since: string;
  /** Seconds; 0: it never returns. */
  readonly timeout: number;
}

/** Counts down until a parked call comes back. */
export function ReturnsIn({ since, timeout }: ReturnsInProps) {
  const end = Date.parse(since) + timeout * 1_000;
  const early = useLayout().console.notify.parkedSeconds ?? 0;
  const text = useServerNow(useCallback((now: number) => (now >= end ? null : clockText(now, end)), [end]));
  const soon = useServerNow(useCallback((now: number) => end - now <= early * 1_000, [end, early]));
  if (timeout === 0) return <span className="shrink-0">stays there</span>;
  return (
    <span className={clsx('ml-auto shrink-0 tabular-nums', soon && 'font-semibold text-warn-ink')}>
      {text === null ? 'returns now' : `returns in ${text}`}
    </span>
  );
}
