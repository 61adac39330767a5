'use client';

import { useEffect, useState } from 'react';
import { useMirror } from '../live/hooks';
import type { Mirror } from '../live/mirror';
import { presenceStatesOf } from '../live/presence-choice';
import { StateMark } from './state-mark';
import { statusOf, type Tone } from './status';

const shown: readonly (readonly [Tone, string])[] = [
  ['free', 'free'],
  ['ringing', 'ringing'],
  ['talking', 'on calls'],
  ['held', 'on hold'],
  ['dnd', 'do not disturb'],
  ['away', 'away'],
  ['offline', 'offline'],
];

interface Counts {
  readonly tones: Record<Tone, number>;
  /** Who is away, by the name of their presence. */
  readonly away: ReadonlyMap<string, number>;
}

function count(mirror: Mirror): Counts {
  const tones: Record<Tone, number> = { free: 0, ringing: 0, talking: 0, held: 0, dnd: 0, away: 0, offline: 0 };
  const away = new Map<string, number>();
  const choices = presenceStatesOf(mirror);
  for (const record of mirror.records.map('extensions').values()) {
    if (record.hidden || record.kind === 'ringGroup') continue;
    const { tone, word } = statusOf(record, choices);
    tones[tone] += 1;
    if (tone === 'away') away.set(word, (away.get(word) ?? 0) + 1);
  }
  return { tones, away };
}

/** `5 away: 3 Out to lunch, 2 Meeting`. */
function titleOf(tone: Tone, word: string, { tones, away }: Counts): string {
  const text = `${tones[tone]} ${word}`;
  if (tone !== 'away') return text;
  const parts = [...away].sort(([, a], [, b]) => b - a).map(([name, many]) => `${many} ${name}`);
  return `${text}: ${parts.join(', ')}`;
}

/** How many are in each state: a legend of the marks and a total at once. At most twice a second: it reads everybody. */
export function StateCounts() {
  const mirror = useMirror();
  const [counts, setCounts] = useState(() => count(mirror));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const changed = () => {
      timer ??= setTimeout(() => {
        timer = null;
        setCounts(count(mirror));
      }, 500);
    };
    changed();
    const stop = mirror.subscribeDomain('extensions', changed);
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, [mirror]);
  return (
    <ul
      aria-label="Totals"
      className="hidden min-w-0 items-center gap-3 overflow-hidden pl-2 text-xs text-ink-2 lg:flex"
    >
      {shown
        .filter(([tone]) => counts.tones[tone] > 0)
        .map(([tone, word]) => (
          <li key={tone} className="flex shrink-0 items-center gap-1" title={titleOf(tone, word, counts)}>
            <StateMark tone={tone} className="size-3.5" />
            <span className="tabular-nums">{counts.tones[tone]}</span>
            <span className="hidden 2xl:inline">{word}</span>
            <span className="sr-only 2xl:hidden">{word}</span>
          </li>
        ))}
    </ul>
  );
}
