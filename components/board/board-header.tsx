'use client';

import { useCallback } from 'react';
import { useWallNow } from '../live/hooks';
import { dateText, useLocale } from '../ui/region';
import type { BoardLook } from './board';

interface BoardHeaderProps {
  readonly settings: BoardLook;
  readonly page: number;
  readonly pages: number;
}

/** What board it is, which of its pages, and what time it is. */
export function BoardHeader({ settings, page, pages }: BoardHeaderProps) {
  const clock = settings.blocks.find((block) => block.kind === 'clock');
  return (
    <header className="flex h-[5.5rem] shrink-0 items-center gap-6 pb-2">
      <h1 className="min-w-0 truncate text-[2.75rem] font-semibold tracking-tight">{settings.name}</h1>
      {pages > 1 ? (
        <p className="shrink-0 rounded-full bg-raised px-4 py-1 text-[1.5rem] tabular-nums text-ink-2">
          Page {page} of {pages}
        </p>
      ) : null}
      {clock ? <Clock seconds={clock.seconds} date={clock.date} /> : null}
    </header>
  );
}

function Clock({ seconds, date }: { readonly seconds: boolean; readonly date: boolean }) {
  const locale = useLocale();
  const time = useWallNow(
    useCallback((now: number) => dateText(seconds ? 'time' : 'shortTime', now, locale), [seconds, locale]),
  );
  const day = useWallNow(useCallback((now: number) => (date ? dateText('weekday', now, locale) : ''), [date, locale]));
  return (
    <p className="ml-auto flex shrink-0 items-baseline gap-6">
      <span className="text-[1.75rem] text-ink-2">{day}</span>
      <time className="text-[3.75rem] font-semibold leading-none tabular-nums">{time}</time>
    </p>
  );
}
