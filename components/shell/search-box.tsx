'use client';

import { Search, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { IconButton } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { useStore } from '../ui/store';
import { gridId, searchFieldId, view } from './view';

/** The first tile in reading order takes the focus. */
function enterGrid(): void {
  document.querySelector<HTMLElement>(`#${gridId} [data-tile][tabindex="0"]`)?.focus();
}

export function SearchBox() {
  const query = useStore(view, (v) => v.query);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      if (query) view.set({ query: '' });
      else event.currentTarget.blur();
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      enterGrid();
    }
  };
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
        placeholder="Search people"
        value={query}
        onChange={(event) => view.set({ query: event.target.value, current: null, tab: 'people' })}
        onKeyDown={onKeyDown}
        className="h-9 w-full rounded-md border border-control bg-surface pl-8.5 pr-9 text-sm text-ink placeholder:text-ink-3"
      />
      <span className="absolute right-1 top-1/2 -translate-y-1/2">
        {query ? (
          <IconButton label="Clear the search" size="small" onClick={() => view.set({ query: '' })}>
            <X aria-hidden className="size-4" />
          </IconButton>
        ) : (
          <span className="hidden pr-1 md:block">
            <Kbd>/</Kbd>
          </span>
        )}
      </span>
    </search>
  );
}
