'use client';

import { useEffect } from 'react';

/** Keeps the screen awake, where the browser lets pages do that (over HTTPS). */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let left = false;
    const take = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      try {
        const taken = await navigator.wakeLock.request('screen');
        if (left) void taken.release();
        else lock = taken;
      } catch {
        // On battery, or not allowed: the screen's own settings hold.
      }
    };
    const again = () => void take();
    again();
    // The browser lets go of it when the page is out of sight.
    document.addEventListener('visibilitychange', again);
    return () => {
      left = true;
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
    };
  }, []);
}
