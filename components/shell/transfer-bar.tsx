'use client';

import clsx from 'clsx';
import { Hash, ListOrdered } from 'lucide-react';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { aim } from '../actions/aim';
import { tell } from '../actions/send';
import type { Target } from '../actions/targets';
import { type Deed, type Offer, offerFor } from '../actions/typed-search';
import { useActionContext } from '../actions/use-action-context';
import { useMyCalls } from '../calls/use-my-calls';
import { StatusMark, statusInk } from '../extensions/state-mark';
import { statusOf } from '../extensions/status';
import { useMirror, usePresenceStates, useRecord } from '../live/hooks';
import { Kbd } from '../ui/kbd';
import { announce } from '../ui/live-region';
import { useStore } from '../ui/store';
import { view } from './view';

export const transferListId = 'transfer-targets';

export function optionId(index: number): string {
  return `${transferListId}-${index}`;
}

/** What Enter in the search would do now; null: nothing but search. */
export function useOffer(query: string, wanted: boolean): Offer | null {
  const context = useActionContext();
  const calls = useMyCalls();
  const aimed = useStore(aim, (value) => value);
  const chosenCall = useStore(view, (v) => v.call);
  const people = useVersion('extensions');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what offerFor reads outside of React
  return useMemo(
    () => (wanted ? offerFor(context, query) : null),
    [wanted, context, query, calls, aimed, chosenCall, people],
  );
}

/** Changes whenever a record of the domain does. */
function useVersion(domain: 'extensions'): number {
  const mirror = useMirror();
  const subscribe = useCallback((listener: () => void) => mirror.subscribeDomain(domain, listener), [mirror, domain]);
  const snapshot = () => mirror.topics.version(domain);
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}

/** Nothing is read aloud between two letters. */
const settledMs = 800;

/** Says below the search what Enter will do, and to whom else it could be done. */
export function TransferBar({ offer, query }: { readonly offer: Offer; readonly query: string }) {
  const deed = offer.gone ?? (query ? offer.enter?.label : null);
  useEffect(() => {
    if (!deed) return;
    const pause = setTimeout(() => announce(offer.gone ? deed : `Enter: ${deed}`), settledMs);
    return () => clearTimeout(pause);
  }, [deed, offer.gone]);
  return (
    <div className="absolute inset-x-0 top-full z-30 mt-1 overflow-hidden rounded-lg border border-line bg-raised text-ink shadow-overlay md:w-[30rem]">
      {offer.targets.length > 0 ? (
        <div id={transferListId} role="listbox" aria-label="Where to" className="border-b border-line p-1">
          {offer.targets.map((target, index) => (
            <Option key={`${target.kind} ${target.to}`} target={target} index={index} chosen={index === offer.chosen} />
          ))}
        </div>
      ) : null}
      <Hint offer={offer} query={query} />
    </div>
  );
}

function Option({ target, index, chosen }: { target: Target; index: number; chosen: boolean }) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the search keeps the focus and names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys of the search do the same
    <div
      id={optionId(index)}
      role="option"
      aria-selected={chosen}
      // A press must not take the focus away from the search.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => aim.set({ chosen: index })}
      className={clsx(
        'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm',
        chosen ? 'bg-hover shadow-[inset_2px_0_0_var(--c-accent)]' : 'hover:bg-hover',
      )}
    >
      {target.kind === 'person' ? <Person number={target.to} /> : <Other target={target} />}
    </div>
  );
}

function Person({ number }: { readonly number: string }) {
  const extension = useRecord('extensions', number);
  const choices = usePresenceStates();
  if (!extension) return <span className="tabular-nums">{number}</span>;
  const status = statusOf(extension, choices);
  return (
    <>
      <StatusMark status={status} className="size-4 shrink-0" />
      <span className="min-w-0 flex-1 truncate">
        {extension.name || number} <span className="tabular-nums text-ink-2">{number}</span>
      </span>
      <span className={clsx('shrink-0 text-xs', statusInk(status))}>{status.word}</span>
    </>
  );
}

function Other({ target }: { readonly target: Target }) {
  const Icon = target.kind === 'queue' ? ListOrdered : Hash;
  return (
    <>
      <Icon aria-hidden className="size-4 shrink-0 text-ink-2" />
      <span className="min-w-0 flex-1 truncate tabular-nums">
        {target.name} {target.name === target.to ? null : <span className="text-ink-2">{target.to}</span>}
      </span>
      <span className="shrink-0 text-xs text-ink-2">{target.kind === 'queue' ? 'Queue' : 'Number'}</span>
    </>
  );
}

function Hint({ offer, query }: { readonly offer: Offer; readonly query: string }) {
  return (
    <div id={`${transferListId}-hint`} className="flex flex-col gap-1 px-3 py-2 text-xs text-ink-2">
      {offer.gone ? <p className="text-dnd-ink">{offer.gone} Enter does nothing now.</p> : null}
      {offer.enter ? <KeyLine caps={['Enter']} deed={offer.enter} /> : null}
      {offer.shiftEnter ? <KeyLine caps={['Shift', 'Enter']} deed={offer.shiftEnter} /> : null}
      {offer.who && !offer.enter && !offer.gone ? (
        <p>{query ? `Nobody matches “${query}”.` : `Type a name or a number: ${offer.who} goes there.`}</p>
      ) : null}
    </div>
  );
}

/** Does it, or says why not. */
export function runDeed(deed: Deed): void {
  if (deed.blocked) tell('error', deed.blocked);
  else {
    view.set({ query: '' });
    deed.run();
  }
}

function KeyLine({ caps, deed }: { readonly caps: readonly string[]; readonly deed: Deed }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-disabled={deed.blocked !== null}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => runDeed(deed)}
      className="flex min-h-6 cursor-pointer items-center gap-2 rounded px-1 text-left hover:bg-hover"
    >
      <span className="flex w-22 shrink-0 gap-0.5">
        {caps.map((cap) => (
          <Kbd key={cap}>{cap}</Kbd>
        ))}
      </span>
      <span className={clsx('min-w-0', deed.blocked ? 'text-ink-2' : 'font-medium text-ink')}>
        {deed.label}
        {deed.blocked ? <span className="block font-normal text-dnd-ink">{deed.blocked}</span> : null}
      </span>
    </button>
  );
}
