'use client';

import { useCallback, useRef } from 'react';
import type { QueueRecord } from '@/server/protocol/records';
import { useKeys, useMe } from '../live/hooks';
import { createStore, useStore } from '../ui/store';
import { keepCallers, queuesOf, type WaitingCaller, waitingOf } from './waiting';

type Queues = ReadonlyMap<string, QueueRecord>;

const rememberedAs = 'cordboard-waiting';

function remembered(): boolean | null {
  try {
    const kept = localStorage.getItem(rememberedAs);
    return kept === null ? null : kept === 'all';
  } catch {
    return null;
  }
}

const scope = createStore<{ readonly all: boolean | null }>({ all: null });

interface Waiting {
  readonly callers: readonly WaitingCaller[];
  /** How many queues are looked at. */
  readonly queues: number;
  readonly all: boolean;
  /** Changes between one's own queues and all; null: one's own it is. */
  readonly show: ((all: boolean) => void) | null;
}

/** Who waits in the queues one answers; in all of them for those who may and want to. */
export function useWaiting(): Waiting {
  const me = useMe();
  const number = me?.extension ?? null;
  const may = me?.permissions.some((one) => one === 'queuemanager' || one === 'pickup') ?? false;
  const chosen = useStore(scope, ({ all }) => all) ?? remembered();
  const own = useKeys(
    'queues',
    useCallback((queues: Queues) => queuesOf(queues, number).length, [number]),
    'any',
  );
  const every = useKeys('queues', countAll);
  const all = may && (chosen ?? own === 0);
  const kept = useRef<readonly WaitingCaller[]>([]);
  const asked = all ? null : (number ?? '');
  const select = useCallback(
    (queues: Queues) => {
      kept.current = keepCallers(kept.current, waitingOf(queues, asked));
      return kept.current;
    },
    [asked],
  );
  const callers = useKeys('queues', select, 'any');
  return { callers, queues: all ? every : own, all, show: may ? show : null };
}

const countAll = (queues: Queues) => queues.size;

function show(all: boolean): void {
  scope.set({ all });
  try {
    localStorage.setItem(rememberedAs, all ? 'all' : 'mine');
  } catch {
    // Not remembered, still shown.
  }
}
