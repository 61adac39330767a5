'use client';

import { useSyncExternalStore } from 'react';

const narrow = '(max-width: 639px)';

function hear(changed: () => void): () => void {
  const query = matchMedia(narrow);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** Whether there is no room for a table. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    hear,
    () => matchMedia(narrow).matches,
    () => false,
  );
}
