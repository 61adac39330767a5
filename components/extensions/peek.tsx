'use client';

import { useEffect, useRef, useState } from 'react';
import { hasSummary, Summary } from '../availability/summary';
import { useRecord } from '../live/hooks';
import { nothingOpen } from '../shell/view';
import { CallLines } from './call-lines';

interface Peeked {
  readonly number: string;
  readonly box: DOMRect;
}

const openAfterMs = 450;

/** What a tile had no room for, while the pointer or the focus rests on it. Esc closes it, the pointer may enter it. */
export function Peek() {
  const [peeked, setPeeked] = useState<Peeked | null>(null);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const cancel = () => {
      if (timer) clearTimeout(timer);
      timer = null;
    };
    const over = (event: Event) => {
      if (event.target instanceof Node && card.current?.contains(event.target)) return cancel();
      const tile = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tile]') : null;
      const number = tile?.dataset.tile;
      cancel();
      timer = setTimeout(() => {
        const dragging = document.documentElement.classList.contains('dragging');
        const open = tile && number && tile.isConnected && nothingOpen() && !dragging;
        setPeeked(open ? { number, box: tile.getBoundingClientRect() } : null);
      }, openAfterMs);
    };
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent && event.key !== 'Escape') return;
      cancel();
      setPeeked(null);
    };
    addEventListener('pointerover', over);
    addEventListener('focusin', over);
    addEventListener('pointerdown', close);
    addEventListener('keydown', close);
    addEventListener('scroll', close, true);
    return () => {
      cancel();
      removeEventListener('pointerover', over);
      removeEventListener('focusin', over);
      removeEventListener('pointerdown', close);
      removeEventListener('keydown', close);
      removeEventListener('scroll', close, true);
    };
  }, []);
  return peeked ? <Card key={peeked.number} peeked={peeked} cardRef={card} /> : null;
}

function Card({
  peeked,
  cardRef,
}: {
  readonly peeked: Peeked;
  readonly cardRef: React.RefObject<HTMLDivElement | null>;
}) {
  const { number, box } = peeked;
  const extension = useRecord('extensions', number);
  if (!extension) return null;
  if (extension.calls.length === 0 && !hasSummary(extension) && extension.voicemail.new === 0) return null;
  const below = box.bottom + 200 < innerHeight;
  const place = {
    left: Math.max(8, Math.min(box.left, innerWidth - 264)),
    ...(below ? { top: box.bottom + 2 } : { bottom: innerHeight - box.top + 2 }),
  };
  return (
    <div
      ref={cardRef}
      role="tooltip"
      style={place}
      className="fixed z-30 flex w-64 flex-col gap-2 rounded-lg border border-line bg-raised p-3 text-xs text-ink shadow-overlay"
    >
      <p className="text-[0.8125rem] font-semibold">
        {extension.name || extension.number}{' '}
        <span className="font-normal tabular-nums text-ink-2">{extension.number}</span>
      </p>
      <CallLines extension={extension} />
      <Summary extension={extension} />
      {extension.voicemail.new > 0 ? <p className="text-ink-2">{extension.voicemail.new} new voicemail</p> : null}
    </div>
  );
}
