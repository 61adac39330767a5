'use client';

import { untilText } from './clock-text';
import { useServerNow } from './hooks';

/** `until 14:00`; changes its words when the day does. `at`: ISO 8601. */
export function Until({ at, className }: { readonly at: string; readonly className?: string }) {
  const text = useServerNow((now) => untilText(Date.parse(at), now));
  return <span className={className}>until {text}</span>;
}
