import type { MissingFunction } from '@/server/protocol/records';

/** What would not work, and the class or module it needs. */
export function MissingList({ missing }: { readonly missing: readonly MissingFunction[] }) {
  return (
    <ul className="mt-2 flex flex-col gap-1.5">
      {missing.map((one) => (
        <li key={`${one.feature} ${one.needs}`} className="text-[0.8125rem] leading-snug">
          <span className="font-semibold">{one.feature}</span> needs{' '}
          <code className="rounded bg-surface px-1 py-px font-mono text-xs text-ink">{one.needs}</code>
          <span className="block">{one.message}</span>
        </li>
      ))}
    </ul>
  );
}
