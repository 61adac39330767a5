'use client';

import { useEffect, useMemo, useState } from 'react';
import { type BoardRow, pagesOf } from './pages';

/** The room between header and message, rem. `ref`: of what the rows stand in. */
export function useRoom() {
  const [element, ref] = useState<HTMLElement | null>(null);
  const [room, setRoom] = useState({ width: 116, height: 54 });
  useEffect(() => {
    if (!element) return;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
      // Half a rem of difference is rounding, not room.
      const half = (px: number) => Math.floor((px / rem) * 2 + 0.5) / 2;
      setRoom({ width: half(element.clientWidth), height: half(element.clientHeight) });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return { ref, ...room };
}

/** The page that is shown now, of those that the rows make at this height (rem). */
export function usePages(rows: readonly BoardRow[], height: number, seconds: number) {
  const [turn, setTurn] = useState(0);
  const pages = useMemo(() => pagesOf(rows, height), [rows, height]);
  const count = Math.max(1, pages.length);
  useEffect(() => {
    if (count < 2) return;
    const timer = setInterval(() => setTurn((old) => old + 1), seconds * 1_000);
    return () => clearInterval(timer);
  }, [count, seconds]);
  const at = turn % count;
  return { page: pages[at] ?? [], number: at + 1, count };
}
