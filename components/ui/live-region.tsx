'use client';

import { createStore, useStore } from './store';

const spoken = createStore({ polite: '', urgent: '', turn: 0 });

/** Tell a screen reader. `urgent` interrupts what it is reading. */
export function announce(text: string, urgent = false): void {
  const turn = spoken.get().turn + 1;
  // The same words twice are read twice only when the text differs.
  const told = turn % 2 ? `${text}\u00a0` : text;
  spoken.set(urgent ? { urgent: told, turn } : { polite: told, turn });
}

/** Mount once per page. */
export function LiveRegion() {
  const polite = useStore(spoken, (v) => v.polite);
  const urgent = useStore(spoken, (v) => v.urgent);
  return (
    <div className="sr-only">
      <div aria-live="polite" role="status">
        {polite}
      </div>
      <div aria-live="assertive" role="alert">
        {urgent}
      </div>
    </div>
  );
}
