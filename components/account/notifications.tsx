'use client';

import { Volume2 } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { ConsolePreferences } from '@/server/protocol/layout';
import { FormFailure } from '../admin/form-failure';
import { Ringer } from '../notify/ringer';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { SelectField } from '../ui/select-field';
import { Switch } from '../ui/switch';
import { useSavedLayout } from './use-saved-layout';

type Notify = ConsolePreferences['notify'];

const never = 'never';

function choices(seconds: readonly number[], chosen: number | null, words: (text: string) => string) {
  const all = [...new Set(chosen === null ? seconds : [...seconds, chosen])].sort((a, b) => a - b);
  return [
    ...all.map((one) => ({ value: String(one), label: words(one % 60 === 0 ? `${one / 60} min` : `${one} s`) })),
    { value: never, label: 'Never' },
  ];
}

/** How the panel makes itself heard to this user, in every browser; saved as it is chosen. */
export function Notifications() {
  const { layout, failure, change } = useSavedLayout();
  const notify = layout?.console.notify;
  const set = (part: Partial<Notify>) =>
    change(({ console }) => ({ console: { ...console, notify: { ...console.notify, ...part } } }));
  const seconds = (value: string) => (value === never ? null : Number(value));
  return (
    <div className="flex flex-col gap-5">
      <Sound notify={notify} set={set} />
      <Desktop notify={notify} set={set} />
      <SelectField
        label="Tell me of a caller who waits in my queues"
        disabled={!notify}
        value={String(notify?.waitingSeconds ?? never)}
        options={choices([15, 30, 60, 120, 300], notify?.waitingSeconds ?? null, (text) => `After ${text}`)}
        onChange={(event) => set({ waitingSeconds: seconds(event.target.value) })}
      />
      <SelectField
        label="Tell me of a call I parked before it comes back"
        disabled={!notify}
        value={String(notify?.parkedSeconds ?? never)}
        options={choices([10, 15, 30, 60], notify?.parkedSeconds ?? null, (text) => `${text} before`)}
        onChange={(event) => set({ parkedSeconds: seconds(event.target.value) })}
      />
      <FormFailure failure={failure} />
    </div>
  );
}

interface PartProps {
  readonly notify: Notify | undefined;
  readonly set: (part: Partial<Notify>) => void;
}

function Sound({ notify, set }: PartProps) {
  const id = useId();
  const ringer = useRef<Ringer | null>(null);
  const [volume, setVolume] = useState<number | null>(null);
  useEffect(() => () => ringer.current?.close(), []);
  const shown = volume ?? notify?.volume ?? 0;
  const listen = () => {
    ringer.current ??= new Ringer();
    ringer.current.unlock();
    // The first press opens the sound card, which takes a moment.
    setTimeout(() => ringer.current?.chime(shown), 150);
  };
  return (
    <div className="flex flex-col gap-3">
      <Line
        title="Sound"
        hint="Rings while a call rings at your phone, and chimes for what waits. One window at a time."
      >
        <Switch
          label="Sound"
          checked={notify?.sound ?? false}
          disabled={!notify}
          onChange={(sound) => set({ sound })}
        />
      </Line>
      {notify?.sound ? (
        <div className="flex flex-wrap items-center gap-3">
          <label htmlFor={id} className="text-[0.8125rem] font-medium text-ink">
            Volume
          </label>
          <input
            id={id}
            type="range"
            min={0}
            max={100}
            step={5}
            value={shown}
            aria-valuetext={`${shown} per cent`}
            onChange={(event) => setVolume(Number(event.target.value))}
            onPointerUp={() => volume !== null && set({ volume })}
            onKeyUp={() => volume !== null && set({ volume })}
            onBlur={() => volume !== null && set({ volume })}
            className="h-6 w-44 cursor-pointer accent-accent"
          />
          <Button size="small" icon={<Volume2 aria-hidden className="size-4" />} onClick={listen}>
            Listen
          </Button>
        </div>
      ) : null}
    </div>
  );
}

type Permission = NotificationPermission | 'missing';

function Desktop({ notify, set }: PartProps) {
  const [permission, setPermission] = useState<Permission | null>(null);
  useEffect(() => setPermission(typeof Notification === 'undefined' ? 'missing' : Notification.permission), []);
  const turn = async (on: boolean) => {
    if (on && permission === 'default') {
      const given = await Notification.requestPermission();
      setPermission(given);
      if (given !== 'granted') return;
    }
    set({ desktop: on });
  };
  const on = notify?.desktop ?? false;
  const refused = permission === 'denied' || permission === 'missing';
  return (
    <div className="flex flex-col gap-2">
      <Line
        title="Notifications on the desktop"
        hint="Shown while you look at something else; gone when the call is over."
      >
        <Switch
          label="Notifications on the desktop"
          checked={on}
          disabled={!notify || permission === null || (refused && !on)}
          onChange={(next) => void turn(next)}
        />
      </Line>
      {refused ? <Callout tone="warn">{whyNot(permission)}</Callout> : null}
      {on && permission === 'default' ? (
        <Button size="small" className="self-start" onClick={() => void turn(true)}>
          Allow them in this browser
        </Button>
      ) : null}
    </div>
  );
}

function whyNot(permission: Permission): string {
  if (permission === 'denied') {
    return 'This browser blocks notifications of the panel. Allow them in its settings for this page, then load it again.';
  }
  return 'This browser shows no notifications here: they need a panel that is reached by https.';
}

function Line({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex items-center gap-4">
      <div className="min-w-0 flex-1">
        <p className="text-sm font-medium text-ink">{title}</p>
        <p className="text-xs text-ink-2">{hint}</p>
      </div>
      {children}
    </div>
  );
}
