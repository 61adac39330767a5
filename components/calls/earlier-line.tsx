'use client';

import { History } from 'lucide-react';
import type { Party } from '@/server/protocol/records';
import { partyText } from '../extensions/status';
import { useMirror } from '../live/hooks';
import { view } from '../shell/view';
import { earlierWords, useEarlierCalls } from './earlier';

interface EarlierLineProps {
  readonly party: Party;
  /** The call's id, or the leg's. */
  readonly call: string;
}

/** `3 earlier calls, last with Erik Berg`: opens the list. Nothing where there were none. */
export function EarlierLine({ party, call }: EarlierLineProps) {
  const mirror = useMirror();
  const earlier = useEarlierCalls(party.number, call);
  const nameOf = (number: string) => mirror.records.get('extensions', number)?.name || number;
  const words = earlier && earlierWords(earlier, nameOf);
  if (!words) return null;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={`${words}: show the earlier calls of ${partyText(party)}`}
      onClick={() => view.set({ earlier: { number: party.number, name: party.name } })}
      className="inline-flex min-h-6 min-w-0 cursor-pointer items-center gap-1 rounded text-left text-ink-2 hover:text-ink hover:underline"
    >
      <History aria-hidden className="size-3 shrink-0" />
      <span className="truncate">{words}</span>
    </button>
  );
}
