'use client';

import type { Updater, VisibilityState } from '@tanstack/react-table';
import { useCallback, useState } from 'react';
import { firstColumns } from './columns';

const key = 'cordboard.buttons.columns';

function read(): VisibilityState {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    if (typeof saved !== 'object' || saved === null) return { ...firstColumns };
    const known = Object.entries(saved).filter(([id, on]) => id in firstColumns && typeof on === 'boolean');
    return { ...firstColumns, ...Object.fromEntries(known) };
  } catch {
    return { ...firstColumns };
  }
}

/** Which columns are shown: this browser remembers it. */
export function useColumns() {
  const [visible, setVisible] = useState<VisibilityState>(read);
  const change = useCallback((update: Updater<VisibilityState>) => {
    setVisible((old) => {
      const next = typeof update === 'function' ? update(old) : update;
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Remembered until the page is left.
      }
      return next;
    });
  }, []);
  return [visible, change] as const;
}
