import clsx from 'clsx';
import type { ReactNode } from 'react';

type CalloutTone = 'info' | 'warn' | 'danger';

const tones: Record<CalloutTone, string> = {
  info: 'border-line bg-sunken text-ink',
  warn: 'border-away/50 bg-warn-soft text-warn-ink',
  danger: 'border-dnd/50 bg-dnd-soft text-dnd-ink',
};

interface CalloutProps {
  readonly tone?: CalloutTone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  /** `alert` is read out at once, `status` when there is time. */
  readonly role?: 'alert' | 'status';
}

/** A remark inside a form or page. */
export function Callout({ tone = 'info', icon, children, role }: CalloutProps) {
  return (
    <div role={role} className={clsx('flex items-start gap-2 rounded-md border px-3 py-2 text-sm', tones[tone])}>
      {icon ? <span className="mt-0.5 shrink-0">{icon}</span> : null}
      <div className="min-w-0">{children}</div>
    </div>
  );
}
