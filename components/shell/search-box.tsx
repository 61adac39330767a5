'use client';

import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { aim, aimAt, forgetAim } from '../actions/aim';
import { keysOf } from '../actions/bindings';
import { search } from '../actions/global-actions';
import { isMac, keyText } from '../actions/keys';
import { tell } from '../actions/send';
import { type Offer, offerFor } from '../actions/typed-search';
import { useContextGetter } from '../actions/use-action-context';
import { useLayout, useMirror } from '../live/hooks';
import { IconButton } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { useStore } from '../ui/store';
import { optionId, runDeed, TransferBar, transferListId, useOffer } from './transfer-bar';
import { gridId, searchFieldId, view } from './view';

/** The first tile in reading order takes the focus. */
function enterGrid(): void {
  document.querySelector<HTMLElement>(`#${gridId} [data-tile][tabindex="0"]`)?.focus();
}

/** Finds people; while a call is there, Enter sends it to who was found, and without one, calls a number. */
export function SearchBox() {
  const query = useStore(view, (v) => v.query);
  const [focused, setFocused] = useState(false);
  const mirror = useMirror();
  const context = useContextGetter();
  const offer = useOffer(query, focused);
  const change = (next: string) => {
    aimAt(mirror, next, query);
    view.set({ query: next, current: null, tab: 'people' });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    // Who is there already and presses the key that leads there means no slash.
    if (query === '' && event.key === '/' && event.code !== 'NumpadDivide') event.preventDefault();
    // As it is at this moment, not as it was drawn.
    const now = offerFor(context(), query);
    if (event.key === 'Escape') {
      event.preventDefault();
      if (query || aim.get().kind) {
        forgetAim();
        view.set({ query: '' });
      } else event.currentTarget.blur();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!event.repeat) enter(now, event.shiftKey, query);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (now && now.targets.length > 0) {
        event.preventDefault();
        aim.set({ chosen: (now.chosen + step + now.targets.length) % now.targets.length });
      } else if (step > 0) {
        event.preventDefault();
        enterGrid();
      }
    }
  };
  const listed = focused && offer !== null && offer.targets.length > 0;
  return (
    <search className="relative min-w-0 flex-1 md:max-w-md">
      <Search
        aria-hidden
        className="pointer-events-none absolute left-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-3"
      />
      <input
        id={searchFieldId}
        type="text"
        inputMode="search"
        autoComplete="off"
        spellCheck={false}
        aria-label="Search people by name, number or tag"
        aria-describedby={focused && offer ? `${transferListId}-hint` : undefined}
        aria-controls={listed ? transferListId : undefined}
        aria-activedescendant={listed ? optionId(offer.chosen) : undefined}
        placeholder={offer?.who ? `To whom? ${offer.who}…` : 'Search people'}
        value={query}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        className="h-9 w-full rounded-md border border-control bg-surface pl-8.5 pr-9 text-sm text-ink placeholder:text-ink-3"
      />
      <span className="absolute right-1 top-1/2 -translate-y-1/2">
        {query ? (
          <IconButton label="Clear the search" size="small" onClick={() => change('')}>
            <X aria-hidden className="size-4" />
          </IconButton>
        ) : (
          <span className="hidden pr-1 md:block">
            <SearchKey />
          </span>
        )}
      </span>
      {focused && offer ? <TransferBar offer={offer} query={query} /> : null}
    </search>
  );
}

function SearchKey() {
  const [key] = keysOf(useLayout().console.keys, search);
  return key === undefined ? null : <Kbd>{keyText(key, isMac())}</Kbd>;
}

/** Without an offer the search leads to the tiles. */
function enter(offer: Offer | null, shift: boolean, query: string): void {
  const deed = shift ? offer?.shiftEnter : offer?.enter;
  if (offer?.gone) {
    tell('error', `${offer.gone} Nothing was done.`);
    view.set({ query: '' });
    forgetAim();
  } else if (deed) runDeed(deed);
  else if (offer?.who && query) tell('error', `Nobody matches “${query}”.`);
  else if (!shift && query) enterGrid();
}
