import type { ReactNode } from 'react';

/** A list with nothing in it, in a word. */
export function None({ children }: { readonly children: ReactNode }) {
  return <p className="px-2 py-1 text-xs text-ink-3">{children}</p>;
}
