import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** A whole area with nothing in it: what that means and what to do. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-14 text-center">
      {icon ? (
        <div className="mb-1 grid size-11 place-items-center rounded-full bg-sunken text-ink-2">{icon}</div>
      ) : null}
      <h2 className="text-base font-semibold text-ink">{title}</h2>
      {children ? <div className="text-sm leading-relaxed text-ink-2">{children}</div> : null}
      {action ? <div className="mt-2">{action}</div> : null}
    </div>
  );
}
