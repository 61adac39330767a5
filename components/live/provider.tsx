'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { type Live, LiveContext } from './hooks';
import { Mirror } from './mirror';
import { socketWire } from './socket-wire';
import { stalenessOf } from './staleness';
import { Ticker } from './ticker';
import type { Wire } from './wire';

interface LiveProviderProps {
  readonly children: ReactNode;
  /** Shown until there is something to hold on to. */
  readonly waiting: ReactNode;
  /** Of a wallboard; left out: who is signed in. */
  readonly token?: string;
}

/** Opens the one connection of the page. */
export function LiveProvider({ children, waiting, token }: LiveProviderProps) {
  const [live, setLive] = useState<Live | null>(null);
  useEffect(() => {
    let opened: Mirror | null = null;
    let gone = false;
    const begin = async () => {
      const wire = await chooseWire(token ?? null);
      if (gone) return;
      const mirror = new Mirror({ wire, now: () => performance.now(), wall: () => Date.now(), later });
      opened = mirror;
      const now = () => stalenessOf(mirror)?.since ?? mirror.clock.read();
      setLive({ mirror, now, ticker: new Ticker(() => mirror.clock.read()) });
      mirror.start();
    };
    void begin();
    // Also on the way into the background: a phone may never come back to the page.
    const leave = () => opened?.layouts.flush();
    window.addEventListener('pagehide', leave);
    return () => {
      gone = true;
      window.removeEventListener('pagehide', leave);
      leave();
      opened?.stop();
    };
  }, [token]);
  return live ? <LiveContext value={live}>{children}</LiveContext> : waiting;
}

async function chooseWire(token: string | null): Promise<Wire> {
  if (process.env.NODE_ENV !== 'production') {
    const size = new URLSearchParams(location.search).get('mock');
    if (size !== null) return (await import('./mock')).mockWire(Number(size) || 48, location.search);
  }
  return socketWire(token);
}

function later(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
