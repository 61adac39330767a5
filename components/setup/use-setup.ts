'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { type SavedSetup, type SetupProgress, type SetupStep, savedSetup } from '@/server/protocol/setup';
import { useResource } from '../admin/use-resource';
import { type CallFailure, call } from '../auth/api';
import { nextPlace, type Place, placeOf, withPassed } from './steps';

export interface Setup {
  /** Null until it was read. */
  readonly progress: SetupProgress | null;
  readonly failure: CallFailure | null;
  readonly retry: () => void;
  readonly place: Place;
  /** Shows a step that was passed, or the next one. */
  readonly goTo: (place: Place) => void;
  /** Finished or skipped: saved, and on to the next. */
  readonly pass: (step: SetupStep, change?: Partial<SetupProgress>) => void;
}

/** How far the assistant came. Each step is saved as it is passed: who leaves half-way loses nothing. */
export function useSetup(): Setup {
  const { value, failure, set, reload } = useResource(savedSetup, 'admin/setup');
  const [place, setPlace] = useState<Place>('account');
  const saved = useRef<SavedSetup | null>(null);
  saved.current = value;
  const goTo = useCallback((next: Place) => {
    history.replaceState(null, '', `#${next}`);
    setPlace(next);
  }, []);
  const loaded = value !== null;
  useEffect(() => {
    if (!loaded) return;
    const follow = () => {
      if (saved.current) setPlace(placeOf(location.hash, saved.current.settings));
    };
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [loaded]);
  const pass = useCallback(
    (step: SetupStep, change: Partial<SetupProgress> = {}) => {
      const before = saved.current;
      if (before === null) return;
      const settings = { ...withPassed(before.settings, step), ...change };
      const at = nextPlace(settings);
      set({ ...before, settings });
      goTo(after(step, settings) ?? at);
      void keep({ version: before.version, settings }, step, change).then((kept) => kept && set(kept));
    },
    [set, goTo],
  );
  return { progress: value?.settings ?? null, failure, retry: () => void reload(), place, goTo, pass };
}

/** The step after this one, passed before or not: who went back sees all that follows again. */
function after(step: SetupStep, { passed }: SetupProgress): Place | null {
  const order: readonly Place[] = ['account', 'pbx', 'departments', 'people', 'done'];
  const next = order[order.indexOf(step) + 1];
  return next !== undefined && next !== 'done' && passed.includes(next) ? next : null;
}

/** Another window may have come further: what was passed there is kept. Null: it could not be saved. */
async function keep(mine: SavedSetup, step: SetupStep, change: Partial<SetupProgress>): Promise<SavedSetup | null> {
  const first = await call(savedSetup, 'admin/setup', { method: 'PUT', body: mine });
  if (first.ok) return first.value;
  if (first.error === 'conflict') {
    const newest = await call(savedSetup, 'admin/setup');
    if (newest.ok) {
      const settings = { ...withPassed(newest.value.settings, step), ...change };
      const body = { version: newest.value.version, settings };
      const second = await call(savedSetup, 'admin/setup', { method: 'PUT', body });
      if (second.ok) return second.value;
    }
  }
  toast.error(`How far you came could not be saved. ${first.message}`);
  return null;
}
