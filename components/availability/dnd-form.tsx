'use client';

import { BellOff } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { DndRecord } from '@/server/protocol/records';
import { mayNotSetAll } from '../actions/permissions';
import { useActionContext } from '../actions/use-action-context';
import { useWallNow } from '../live/hooks';
import { setMany } from '../selection/set-many';
import { Button } from '../ui/button';
import { TextField } from '../ui/text-field';
import { EndField, useEnd } from './end-field';
import { FormFoot } from './form-foot';
import { story } from './story';

interface DndFormProps {
  readonly numbers: readonly string[];
  /** How it is now; null: several people, each has their own. */
  readonly dnd: DndRecord | null;
  readonly onDone: () => void;
}

/** Do-not-disturb with a note and an end, for one person or several. */
export function DndForm({ numbers, dnd, onDone }: DndFormProps) {
  const context = useActionContext();
  const { mirror } = context;
  const [note, setNote] = useState(dnd?.on ? (dnd.note ?? '') : '');
  const end = useEnd(dnd?.on ? dnd.until : null);
  const blocked = mayNotSetAll(context, 'dnd', numbers);
  const on = dnd?.on ?? false;
  const words = useWallNow((now) => (dnd?.on ? story(dnd, now) : ''));
  const set = (change: { on: boolean; note?: string; until?: string }) => {
    const [number] = numbers;
    if (dnd === null) void setMany(mirror, numbers, { dnd: change });
    else if (number) void mirror.availability.setDnd(number, change);
    onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = end.read();
    if (!read || blocked) return;
    const { until } = read;
    set({ on: true, ...(note.trim() ? { note: note.trim() } : {}), ...(until ? { until } : {}) });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {dnd ? (
        <p className="flex items-start gap-2 rounded-lg bg-sunken px-3 py-2 text-[0.8125rem]">
          <BellOff aria-hidden className={on ? 'mt-0.5 size-4 text-dnd-ink' : 'mt-0.5 size-4 text-ink-3'} />
          <span className="min-w-0 break-words">
            <span className={on ? 'font-medium text-dnd-ink' : 'font-medium'}>{on ? 'On.' : 'Off.'}</span>{' '}
            {on ? `${dnd.note ? `${dnd.note}. ` : ''}${words}` : 'Calls ring this phone.'}
          </span>
        </p>
      ) : null}
      <TextField
        label="Note"
        placeholder="What colleagues may know"
        maxLength={120}
        value={note}
        disabled={blocked !== null}
        onChange={(event) => setNote(event.target.value)}
      />
      <EndField end={end} disabled={blocked !== null} />
      <FormFoot blocked={blocked}>
        {on || dnd === null ? (
          <Button disabled={blocked !== null} onClick={() => set({ on: false })}>
            Turn off
          </Button>
        ) : null}
        <Button type="submit" tone="primary" disabled={blocked !== null}>
          {[on ? 'Keep on' : 'Turn on', end.words].filter(Boolean).join(' ')}
        </Button>
      </FormFoot>
    </form>
  );
}
