'use client';

import clsx from 'clsx';
import { memo, useCallback } from 'react';
import { clockText } from './clock-text';
import { useServerNow } from './hooks';

/** Counts up from a server time. Not read out: it would never stop. */
export const Timer = memo(function Timer({
  since,
  className,
}: {
  readonly since: string;
  readonly className?: string;
}) {
  const start = Date.parse(since);
  const text = useServerNow(useCallback((now: number) => clockText(start, now), [start]));
  return (
    <span aria-hidden className={clsx('tabular-nums', className)}>
      {text}
    </span>
  );
});
