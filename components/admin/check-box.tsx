import clsx from 'clsx';
import type { ReactNode } from 'react';

interface CheckBoxProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly className?: string;
}

/** The platform's own box; the whole line can be pressed. */
export function CheckBox({ label, hint, checked, onChange, className }: CheckBoxProps) {
  return (
    <label className={clsx('flex min-h-7 cursor-pointer items-start gap-2.5 py-1 text-sm text-ink', className)}>
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 cursor-pointer accent-accent"
      />
      <span>
        {label}
        {hint ? <span className="block text-xs text-ink-2">{hint}</span> : null}
      </span>
    </label>
  );
}
