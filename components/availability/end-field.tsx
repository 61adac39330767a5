'use client';

import { useState } from 'react';
import { untilText } from '../live/clock-text';
import { useMirror } from '../live/hooks';
import { ChoiceChip } from '../ui/choice-chip';
import { TextField } from '../ui/text-field';
import { endAt, localInput, quickEnds, readLocalInput } from './ends';

/** What is chosen: no end, the present one, one of the quick ends, or one's own. */
export interface EndChoice {
  readonly id: string;
  /** As `<input type="datetime-local">` has it. */
  readonly custom: string;
  readonly error: string | undefined;
}

export interface End {
  readonly choice: EndChoice;
  readonly set: (change: Partial<EndChoice>) => void;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  /** The end as ISO 8601 UTC, undefined for none; null: what was typed cannot be one, and the field says so. */
  readonly read: () => { readonly until: string | undefined } | null;
  /** `until 14:00`, `for 1 hour`, or nothing. */
  readonly words: string;
}

/** `current`: the end there is already, ISO 8601. */
export function useEnd(current: string | null): End {
  const { clock } = useMirror();
  const [openedAt] = useState(() => clock.read());
  const [quick] = useState(() => quickEnds(openedAt));
  const [choice, setChoice] = useState<EndChoice>(() => ({
    id: current ? 'kept' : 'none',
    custom: localInput(openedAt + 2 * 3_600_000),
    error: undefined,
  }));
  const kept = current ? untilText(Date.parse(current), openedAt) : '';
  const read: End['read'] = () => {
    if (choice.id === 'none') return { until: undefined };
    if (choice.id === 'kept') return { until: current ?? undefined };
    const found = quick.find(({ id }) => id === choice.id);
    if (found) return { until: endAt(found, clock.read()) };
    const own = readLocalInput(choice.custom, clock.read());
    if ('at' in own) return { until: new Date(own.at).toISOString() };
    setChoice({ ...choice, error: own.error });
    return null;
  };
  const words = () => {
    if (choice.id === 'kept') return `until ${kept}`;
    const own = choice.id === 'custom' ? readLocalInput(choice.custom, openedAt) : null;
    if (own) return 'at' in own ? `until ${untilText(own.at, openedAt)}` : '';
    return quick.find(({ id }) => id === choice.id)?.words ?? '';
  };
  const options = [
    { id: 'none', label: 'No end' },
    ...(current ? [{ id: 'kept', label: `until ${kept} (as now)` }] : []),
    ...quick,
    { id: 'custom', label: 'Other…' },
  ];
  return {
    choice,
    options,
    read,
    words: words(),
    set: (change) => setChoice({ ...choice, error: undefined, ...change }),
  };
}

/** When it ends by itself. */
export function EndField({ end, disabled }: { readonly end: End; readonly disabled: boolean }) {
  const { choice, options, set } = end;
  return (
    <fieldset disabled={disabled} className="flex flex-col gap-1.5">
      <legend className="mb-1 text-[0.8125rem] font-medium">Ends</legend>
      <div className="flex flex-wrap gap-1.5">
        {options.map(({ id, label }) => (
          <ChoiceChip key={id} name="end" value={id} checked={choice.id === id} onChange={() => set({ id })}>
            {label}
          </ChoiceChip>
        ))}
      </div>
      {choice.id === 'custom' ? (
        <TextField
          label="Date and time"
          type="datetime-local"
          value={choice.custom}
          error={choice.error}
          onChange={(event) => set({ custom: event.target.value })}
        />
      ) : null}
    </fieldset>
  );
}
