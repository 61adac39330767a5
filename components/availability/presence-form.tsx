'use client';

import clsx from 'clsx';
import { type FormEvent, useState } from 'react';
import type { PresenceChoice, PresenceRecord } from '@/server/protocol/records';
import { mayNotSetAll } from '../actions/permissions';
import { useActionContext } from '../actions/use-action-context';
import { usePresenceStates, useWallNow } from '../live/hooks';
import { choiceOf } from '../live/presence-choice';
import type { PresenceChange } from '../live/wishes';
import { presenceInk } from '../presence/choice-colour';
import { ChoiceIcon } from '../presence/choice-icon';
import { setMany } from '../selection/set-many';
import { Button } from '../ui/button';
import { ChoiceChip } from '../ui/choice-chip';
import { TextField } from '../ui/text-field';
import { EndField, useEnd } from './end-field';
import { FormFoot } from './form-foot';
import { remembered } from './recent';
import { story } from './story';

/** Shown below the field; the layout keeps some more. */
const recentShown = 5;

interface PresenceFormProps {
  readonly numbers: readonly string[];
  /** How it is now; null: several people, each has their own. */
  readonly presence: PresenceRecord | null;
  readonly onDone: () => void;
}

const keyOf = ({ state, subtype }: Pick<PresenceChoice, 'state' | 'subtype'>) => `${state}/${subtype}`;

/** One of the administrator's states, a message and an end, for one person or several. */
export function PresenceForm({ numbers, presence, onDone }: PresenceFormProps) {
  const context = useActionContext();
  const { mirror, layout } = context;
  const choices = usePresenceStates();
  const [picked, setPicked] = useState(() => {
    const now = presence && choiceOf(choices, presence.state, presence.subtype);
    return now ? keyOf(now) : '';
  });
  const [message, setMessage] = useState(presence?.message ?? '');
  const end = useEnd(presence?.until ?? null);
  const blocked = mayNotSetAll(context, 'presence', numbers);
  const choice = choices.find((one) => keyOf(one) === picked);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = end.read();
    if (!read || blocked || !choice) return;
    const text = message.trim();
    const { state, subtype } = choice;
    const change: PresenceChange = { state, subtype, message: text, ...(read.until ? { until: read.until } : {}) };
    if (text) mirror.saveLayout({ recentMessages: remembered(layout.recentMessages, text) });
    const [number] = numbers;
    if (presence === null) void setMany(mirror, numbers, { presence: change });
    else if (number) void mirror.availability.setPresence(number, change);
    onDone();
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {presence ? <PresentPresence presence={presence} choices={choices} /> : null}
      <StateChoices choices={choices} picked={picked} onPick={setPicked} disabled={blocked !== null} />
      <div className="flex flex-col gap-1.5">
        <TextField
          label="Message"
          placeholder="Back at two"
          maxLength={160}
          value={message}
          disabled={blocked !== null}
          onChange={(event) => setMessage(event.target.value)}
        />
        <RecentMessages messages={layout.recentMessages} onPick={setMessage} disabled={blocked !== null} />
      </div>
      <EndField end={end} disabled={blocked !== null} />
      <FormFoot blocked={blocked}>
        <Button type="submit" tone="primary" disabled={blocked !== null || !choice}>
          {choice ? [`Set “${choice.name}”`, end.words].filter(Boolean).join(' ') : 'Choose a state'}
        </Button>
      </FormFoot>
    </form>
  );
}

function PresentPresence({ presence, choices }: { presence: PresenceRecord; choices: readonly PresenceChoice[] }) {
  const words = useWallNow((now) => story(presence, now));
  if (presence.state === 'not_set') return null;
  const choice = choiceOf(choices, presence.state, presence.subtype);
  return (
    <p className="flex items-start gap-2 rounded-lg bg-sunken px-3 py-2 text-[0.8125rem]">
      <ChoiceIcon
        icon={choice?.icon ?? 'circle'}
        className={clsx('mt-0.5 size-4 shrink-0', presenceInk[choice?.colour ?? 'grey'])}
      />
      <span className="min-w-0 break-words">
        <span className="font-medium">{choice?.name ?? (presence.subtype || presence.state)}.</span>{' '}
        {presence.message ? `${presence.message}. ` : ''}
        {words}
      </span>
    </p>
  );
}

interface StateChoicesProps {
  readonly choices: readonly PresenceChoice[];
  readonly picked: string;
  readonly onPick: (key: string) => void;
  readonly disabled: boolean;
}

function StateChoices({ choices, picked, onPick, disabled }: StateChoicesProps) {
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-1.5 text-[0.8125rem] font-medium">State</legend>
      <div className="grid grid-cols-2 gap-1.5">
        {choices.map((one) => {
          const key = keyOf(one);
          return (
            <ChoiceChip
              key={key}
              name="state"
              value={key}
              checked={picked === key}
              onChange={() => onPick(key)}
              className="min-h-11"
            >
              <ChoiceIcon icon={one.icon} className={clsx('size-5 shrink-0', presenceInk[one.colour])} />
              <span className="min-w-0 truncate">{one.name}</span>
            </ChoiceChip>
          );
        })}
      </div>
    </fieldset>
  );
}

interface RecentMessagesProps {
  readonly messages: readonly string[];
  readonly onPick: (message: string) => void;
  readonly disabled: boolean;
}

function RecentMessages({ messages, onPick, disabled }: RecentMessagesProps) {
  if (messages.length === 0) return null;
  return (
    <ul aria-label="Recent messages" className="flex flex-wrap gap-1">
      {messages.slice(0, recentShown).map((message) => (
        <li key={message} className="min-w-0">
          <button
            type="button"
            disabled={disabled}
            onClick={() => onPick(message)}
            className="h-7 max-w-full cursor-pointer truncate rounded-full bg-sunken px-2.5 text-xs text-ink-2 hover:bg-hover hover:text-ink disabled:cursor-not-allowed"
          >
            {message}
          </button>
        </li>
      ))}
    </ul>
  );
}
