'use client';

import { PhoneOff, X } from 'lucide-react';
import { dial } from '../actions/person-calls';
import { partyText } from '../extensions/status';
import { useMe } from '../live/hooks';
import { IconButton } from '../ui/button';
import { ActionButton } from './action-button';
import type { EndedCall } from './ended';
import { NoteField } from './note-field';

interface EndedCardProps {
  readonly ended: EndedCall;
  readonly onDismiss: () => void;
}

/** A call that has just ended: the time for its note. */
export function EndedCard({ ended, onDismiss }: EndedCardProps) {
  const may = useMe()?.permissions.includes('callhistory') ?? false;
  const who = partyText(ended.party);
  return (
    <li data-ended="" className="rounded-lg border border-dashed border-line py-1.5 pl-3.5 pr-2">
      <div className="flex items-center gap-2 text-[0.8125rem]">
        <PhoneOff aria-hidden className="size-3.5 shrink-0 text-ink-2" />
        <span className="min-w-0 flex-1 truncate text-ink">
          <span className="font-medium">{who}</span> <span className="text-ink-2">ended</span>
        </span>
        {ended.party.number ? <ActionButton action={dial} target={ended.party.number} word={null} /> : null}
        <IconButton label={`Put the ended call with ${who} away`} size="small" onClick={onDismiss}>
          <X aria-hidden className="size-4" />
        </IconButton>
      </div>
      {may ? <NoteField call={ended.callId} who={who} /> : null}
    </li>
  );
}
