'use client';

import clsx from 'clsx';
import { BellOff, PhoneOff } from 'lucide-react';
import { choosesExtension } from '../account/chooses-extension';
import { perform } from '../actions/action';
import { openOwnAvailability, toggleOwnDnd } from '../actions/availability-actions';
import { keyHint } from '../actions/bindings';
import { useActionContext, useContextGetter } from '../actions/use-action-context';
import { DirectionArrow, MoreCalls } from '../extensions/marks';
import { StatusMark, statusInk } from '../extensions/state-mark';
import { partyText, statusOf } from '../extensions/status';
import { useLoaded, useMe, usePending, usePresenceStates, useRecord } from '../live/hooks';
import { Timer } from '../live/timer';
import { Until } from '../live/until';
import { Skeleton } from '../ui/skeleton';

/** What one's own phone does, and one's own do-not-disturb. */
export function OwnState() {
  const me = useMe();
  const loaded = useLoaded();
  if (!loaded || !me) return <Skeleton className="h-9 w-44" />;
  if (!me.extension) {
    return (
      <a
        href="/account/"
        className="inline-flex h-9 shrink-0 items-center gap-2 rounded-md border border-dashed border-control px-3 text-[0.8125rem] text-ink-2 hover:text-ink"
      >
        <PhoneOff aria-hidden className="size-4" />
        <span className="max-md:sr-only">{choosesExtension(me) ? 'Choose your extension' : 'No extension yet'}</span>
      </a>
    );
  }
  return (
    <div className="flex min-w-0 shrink-0 items-center gap-1.5">
      <OwnPhone number={me.extension} />
      <OwnDnd number={me.extension} />
    </div>
  );
}

function OwnPhone({ number }: { readonly number: string }) {
  const context = useContextGetter();
  const choices = usePresenceStates();
  const extension = useRecord('extensions', number);
  if (!extension) return <span className="text-[0.8125rem] text-ink-2">{number}: not on this PBX</span>;
  const status = statusOf(extension, choices);
  const { call } = status;
  const until = status.tone === 'dnd' ? extension.dnd.until : status.presence && extension.presence.until;
  return (
    <button
      type="button"
      aria-label={`Your phone ${number}: ${status.word}${call ? ` ${partyText(call.party)}` : ''}. Set your availability`}
      aria-haspopup="dialog"
      title={`${openOwnAvailability.label(context())}${keyHint(context().layout.console.keys, openOwnAvailability)}`}
      onClick={() => perform(openOwnAvailability, context(), undefined)}
      className="flex h-9 max-w-72 cursor-pointer items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-[0.8125rem] hover:bg-hover"
    >
      <StatusMark status={status} className="size-4 shrink-0" />
      <span className="tabular-nums text-ink-2 max-sm:hidden">{number}</span>
      <span className={clsx('shrink-0 font-medium', statusInk(status))}>{status.word}</span>
      {until ? <Until at={until} className="shrink-0 text-ink-2 max-lg:hidden" /> : null}
      {call ? (
        <>
          <span className="contents max-md:hidden">
            <DirectionArrow direction={call.direction} />
            <span className="min-w-0 truncate text-ink">{partyText(call.party)}</span>
          </span>
          {status.since ? <Timer since={status.since} className={clsx('font-medium', statusInk(status))} /> : null}
          <MoreCalls calls={status.others} />
        </>
      ) : null}
    </button>
  );
}

function OwnDnd({ number }: { readonly number: string }) {
  const context = useActionContext();
  const on = useRecord('extensions', number)?.dnd.on ?? false;
  const pending = usePending(number, 'dnd');
  const blocked = toggleOwnDnd.blocked?.(context) ?? null;
  return (
    <button
      type="button"
      aria-label="My do not disturb"
      aria-pressed={on}
      aria-busy={pending || undefined}
      disabled={blocked !== null}
      title={blocked ?? `${toggleOwnDnd.label(context)}${keyHint(context.layout.console.keys, toggleOwnDnd)}`}
      onClick={() => perform(toggleOwnDnd, context, undefined)}
      className={clsx(
        'flex h-9 cursor-pointer items-center gap-2 rounded-md border px-2.5 text-[0.8125rem] font-medium disabled:cursor-not-allowed disabled:opacity-55',
        on
          ? 'border-transparent bg-danger text-danger-ink'
          : 'border-control bg-surface text-ink-2 hover:bg-hover hover:text-ink',
      )}
    >
      <BellOff aria-hidden className="size-4" />
      <span className="max-sm:hidden">{on ? 'DND on' : 'DND'}</span>
    </button>
  );
}
