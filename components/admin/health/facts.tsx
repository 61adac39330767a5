import clsx from 'clsx';
import type { ReactNode } from 'react';

interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  /** Smaller, below it. */
  readonly remark?: ReactNode;
  readonly bad?: boolean;
}

/** A few measured values beside each other. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-4 md:grid-cols-4">
      {facts.map(({ name, value, remark, bad }) => (
        <div key={name} className="min-w-0">
          <dt className="text-xs text-ink-2">{name}</dt>
          <dd className={clsx('mt-0.5 text-[0.9375rem] font-semibold tabular-nums', bad ? 'text-dnd-ink' : 'text-ink')}>
            {value}
          </dd>
          {remark ? <dd className="text-xs text-ink-2 [overflow-wrap:anywhere]">{remark}</dd> : null}
        </div>
      ))}
    </dl>
  );
}
