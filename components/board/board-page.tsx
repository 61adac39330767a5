'use client';

import { MonitorOff, RefreshCw } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { type BoardView, boardView } from '@/server/protocol/boards';
import { LiveProvider } from '../live/provider';
import { Board } from './board';
import { useWakeLock } from './use-wake-lock';

/** A board that cannot be had is asked for again so often: its link may work once more, its server be back. */
const askAgainMs = { gone: 60_000, unreachable: 3_000 } as const;

type Standing =
  | { readonly kind: 'loading' }
  | { readonly kind: 'gone' | 'unreachable' }
  | { readonly kind: 'shown'; readonly view: BoardView; readonly token: string };

/** The page of a wallboard: its token is behind the `#` of the address, which no server is told. */
export function BoardPage() {
  const [standing, setStanding] = useState<Standing>({ kind: 'loading' });
  useWakeLock();
  useEffect(() => {
    if (standing.kind === 'shown') return;
    let left = false;
    const ask = () => void askFor(tokenOf(location.hash)).then((now) => left || setStanding(now));
    const timer = standing.kind === 'loading' ? null : setTimeout(ask, askAgainMs[standing.kind]);
    if (timer === null) ask();
    return () => {
      left = true;
      if (timer !== null) clearTimeout(timer);
    };
  }, [standing]);
  useEffect(() => {
    const other = () => location.reload();
    addEventListener('hashchange', other);
    return () => removeEventListener('hashchange', other);
  }, []);
  switch (standing.kind) {
    case 'loading':
      return <Notice title="Wallboard">Loading…</Notice>;
    case 'gone':
      return (
        <Notice title="This board is not shown any more" icon={<MonitorOff aria-hidden className="size-16" />}>
          Its link has expired or was revoked. An administrator can make a new one under Administration, Wallboards.
        </Notice>
      );
    case 'unreachable':
      return (
        <Notice title="The panel server cannot be reached" icon={<RefreshCw aria-hidden className="size-16" />}>
          This page goes on asking by itself.
        </Notice>
      );
    case 'shown':
      return (
        <LiveProvider token={standing.token} waiting={<Notice title={standing.view.settings.name}>Connecting…</Notice>}>
          <Board settings={standing.view.settings} onGone={() => setStanding({ kind: 'gone' })} />
        </LiveProvider>
      );
  }
}

function tokenOf(hash: string): string | null {
  return /^#([\w-]{20,200})$/.exec(hash)?.[1] ?? null;
}

async function askFor(token: string | null): Promise<Standing> {
  if (token === null) return { kind: 'gone' };
  try {
    const response = await fetch('/api/v1/board', {
      headers: { Authorization: `Bearer ${token}` },
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status === 401) return { kind: 'gone' };
    const view = response.ok ? boardView.safeParse(await response.json()) : null;
    return view?.success ? { kind: 'shown', view: view.data, token } : { kind: 'unreachable' };
  } catch {
    return { kind: 'unreachable' };
  }
}

function Notice({ title, icon, children }: { title: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <main className="board items-center justify-center gap-4 text-center">
      <span className="text-ink-2">{icon}</span>
      <h1 className="text-[2.5rem] font-semibold">{title}</h1>
      <p role="status" className="max-w-[60rem] text-[1.5rem] leading-snug text-ink-2">
        {children}
      </p>
    </main>
  );
}
