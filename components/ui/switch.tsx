'use client';

import { Switch as Base } from '@base-ui/react/switch';
import clsx from 'clsx';

interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  /** `danger`: on is a warning, as do-not-disturb is. */
  readonly tone?: 'accent' | 'danger';
  readonly id?: string;
}

export function Switch({ label, checked, onChange, disabled, tone = 'accent', id }: SwitchProps) {
  return (
    <Base.Root
      id={id}
      aria-label={label}
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
      className={clsx(
        'relative inline-flex h-6 w-10 shrink-0 cursor-pointer items-center rounded-full border border-control bg-sunken p-0.5',
        'data-[disabled]:cursor-not-allowed data-[disabled]:opacity-55',
        tone === 'accent'
          ? 'data-[checked]:border-accent data-[checked]:bg-accent'
          : 'data-[checked]:border-dnd data-[checked]:bg-dnd',
      )}
    >
      <Base.Thumb className="block size-4.5 rounded-full bg-control transition-transform data-[checked]:translate-x-4 data-[checked]:bg-surface" />
    </Base.Root>
  );
}
