'use client';

import { type ReactNode, useEffect, useState } from 'react';
import type { BoardView } from '@/server/protocol/boards';
import { useConnection, useLoaded, useMirror, useStaleness } from '../live/hooks';
import { FollowAppearance } from '../shell/follow-appearance';
import { BoardHeader } from './board-header';
import { BoardRows } from './board-rows';
import { StaleBar } from './stale-bar';
import { useBoardRows } from './use-board-rows';
import { usePages, useRoom } from './use-pages';

export type BoardLook = BoardView['settings'];

interface BoardProps {
  readonly settings: BoardLook;
  /** Its link is of no use any more. */
  readonly onGone: () => void;
}

/** A moment for whoever restarts the server, before a page of another version is loaded anew. */
const reloadMs = 5_000;

/** The whole board: nothing to press, nothing to scroll. */
export function Board({ settings, onGone }: BoardProps) {
  useLook(settings);
  useEnd(onGone);
  const loaded = useLoaded();
  const stale = useStaleness();
  const message = settings.blocks.find((block) => block.kind === 'message');
  const { ref, width, height } = useRoom();
  const rows = useBoardRows(settings, width);
  const { page, number, count } = usePages(rows, height, settings.pageSeconds);
  return (
    <Shifted>
      <BoardHeader settings={settings} page={number} pages={count} />
      {stale ? <StaleBar stale={stale} /> : null}
      <main
        ref={ref}
        className={stale ? 'board-stale min-h-0 flex-1 overflow-hidden' : 'min-h-0 flex-1 overflow-hidden'}
      >
        {loaded ? (
          <BoardRows rows={page} width={width} settings={settings} />
        ) : (
          <p className="text-[2rem] text-ink-2">Connecting…</p>
        )}
      </main>
      <FollowAppearance />
      {message ? (
        <p className="mt-3 shrink-0 whitespace-pre-line rounded-2xl bg-raised px-6 py-3 text-[2rem] font-medium leading-tight">
          {message.text}
        </p>
      ) : null}
    </Shifted>
  );
}

function useLook({ theme, scale }: BoardLook): void {
  useEffect(() => {
    const { documentElement: html } = document;
    html.dataset.theme = theme;
    html.style.setProperty('--board-scale', String(scale / 100));
  }, [theme, scale]);
}

/** What the end of the connection means for the page. */
function useEnd(onGone: () => void): void {
  const mirror = useMirror();
  const connection = useConnection();
  useEffect(() => {
    if (connection === 'ended') {
      if (mirror.endReason === 'changed') location.reload();
      else onGone();
    }
    if (connection !== 'versionMismatch') return;
    const timer = setTimeout(() => location.reload(), reloadMs);
    return () => clearTimeout(timer);
  }, [connection, mirror, onGone]);
}

const shiftEveryMs = 60_000;
const shifts = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [-4, 4],
  [-4, 0],
  [-4, -4],
  [0, -4],
] as const;

/** A few px to and fro, so that nothing burns into the screen. */
function Shifted({ children }: { readonly children: ReactNode }) {
  const [at, setAt] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setAt((old) => (old + 1) % shifts.length), shiftEveryMs);
    return () => clearInterval(timer);
  }, []);
  const [x, y] = shifts[at] ?? shifts[0];
  return (
    <div className="board" style={{ transform: `translate(${x}px, ${y}px)` }}>
      {children}
    </div>
  );
}
