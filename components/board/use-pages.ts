'use client';

import { useEffect, useMemo, useState } from 'react';
import { type BoardRow, pagesOf } from './pages';

/** The page that is shown now, of those that the rows make on this screen. `ref`: of what they stand in. */
export function usePages(rows: readonly BoardRow[], seconds: number) {
  const [element, ref] = useState<HTMLElement | null>(null);
  const [room, setRoom] = useState(54);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (!element) return;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
      // Half a rem of difference is rounding, not room.
      setRoom(Math.floor((element.clientHeight / rem) * 2 + 0.5) / 2);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [element]);
  const pages = useMemo(() => pagesOf(rows, room), [rows, room]);
  const count = Math.max(1, pages.length);
  useEffect(() => {
    if (count < 2) return;
    const timer = setInterval(() => setTurn((old) => old + 1), seconds * 1_000);
    return () => clearInterval(timer);
  }, [count, seconds]);
  const at = turn % count;
  return { ref, page: pages[at] ?? [], number: at + 1, count };
}
