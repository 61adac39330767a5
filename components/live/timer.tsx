'use client';

import clsx from 'clsx';
import { memo, useLayoutEffect, useRef } from 'react';
import { clockText } from './clock-text';
import { useClock } from './hooks';

/**
 * Counts up from a server time. Writes its text itself: hundreds of clocks change at the same moment every second, and
 * nothing else about them does. Not read out: it would never stop.
 */
export const Timer = memo(function Timer({
  since,
  className,
}: {
  readonly since: string;
  readonly className?: string;
}) {
  const { now, ticker } = useClock();
  const element = useRef<HTMLSpanElement>(null);
  const start = Date.parse(since);
  useLayoutEffect(() => {
    const show = () => {
      const text = clockText(start, now());
      if (element.current && element.current.textContent !== text) element.current.textContent = text;
    };
    show();
    return ticker.subscribe(show);
  }, [start, now, ticker]);
  return <span ref={element} aria-hidden className={clsx('tabular-nums', className)} />;
});
