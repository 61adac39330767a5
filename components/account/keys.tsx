'use client';

import { Forward, MessageCircleQuestion } from 'lucide-react';
import { useState } from 'react';
import type { ConsolePreferences } from '@/server/protocol/layout';
import { FormFailure } from '../admin/form-failure';
import { KeyTable } from '../shell/key-table';
import { Button } from '../ui/button';
import { Skeleton } from '../ui/skeleton';
import { Switch } from '../ui/switch';
import { TextField } from '../ui/text-field';
import { Choice } from './choice';
import { useSavedLayout } from './use-saved-layout';

const icon = 'size-5';
const kinds = [
  { value: 'blind', label: 'Transfers at once', icon: <Forward aria-hidden className={icon} /> },
  { value: 'attended', label: 'Asks there first', icon: <MessageCircleQuestion aria-hidden className={icon} /> },
] as const;

/** How this user works with calls by keyboard, on every device; saved as it is chosen. Lazily loaded. */
export default function Keys() {
  const { layout, failure, change } = useSavedLayout();
  const [filter, setFilter] = useState('');
  if (!layout) return failure ? <FormFailure failure={failure} /> : <Skeleton className="h-72" />;
  const { transfer, focusOnCall, keys } = layout.console;
  const set = (part: Partial<ConsolePreferences>) => change((newest) => ({ console: { ...newest.console, ...part } }));
  return (
    <div className="flex flex-col gap-5">
      <Choice
        legend="Enter, with a call and a person found (Shift+Enter does the other)"
        name="transfer"
        value={transfer}
        options={kinds}
        onChange={(value) => set({ transfer: value })}
      />
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className="text-[0.8125rem] font-medium text-ink">A call of mine takes the focus</p>
          <p className="text-sm text-ink-2">
            Enter answers it, and then the search waits for a name. Never while you type, and never with a dialog open.
          </p>
        </div>
        <Switch
          label="A call of mine takes the focus"
          checked={focusOnCall}
          onChange={(on) => set({ focusOnCall: on })}
        />
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-52 flex-1">
          <TextField
            label="Search keys"
            placeholder="An action, or a key"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        </div>
        <Button disabled={Object.keys(keys).length === 0} onClick={() => set({ keys: {} })}>
          Reset all keys
        </Button>
      </div>
      <KeyTable columns={1} keys={keys} filter={filter} onChange={(next) => set({ keys: next })} />
      <FormFailure failure={failure} />
    </div>
  );
}
