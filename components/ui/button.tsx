import clsx from 'clsx';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

export type ButtonTone = 'primary' | 'quiet' | 'plain' | 'danger';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly tone?: ButtonTone;
  readonly size?: 'small' | 'medium';
  readonly icon?: ReactNode;
  /** Shows work under way and takes no second press. */
  readonly busy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

const tones: Record<ButtonTone, string> = {
  primary: 'bg-accent text-accent-ink hover:brightness-110',
  quiet: 'border border-control bg-surface text-ink hover:bg-hover',
  plain: 'text-ink-2 hover:bg-hover hover:text-ink',
  danger: 'bg-danger text-danger-ink hover:brightness-110',
};

export const buttonBase =
  'inline-flex shrink-0 cursor-pointer select-none items-center justify-center gap-2 rounded-md font-medium ' +
  'disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55';

export function Button({ tone = 'quiet', size = 'medium', icon, busy, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
      className={clsx(
        buttonBase,
        tones[tone],
        size === 'small' ? 'h-7 px-2 text-[0.8125rem]' : 'h-9 px-3.5 text-sm',
        className,
      )}
    >
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children'> {
  /** The accessible name; a tooltip may repeat it. */
  readonly label: string;
  readonly children: ReactNode;
}

export function IconButton({ label, tone = 'plain', size = 'medium', className, busy, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      aria-busy={busy || undefined}
      className={clsx(buttonBase, tones[tone], size === 'small' ? 'size-7' : 'size-9', className)}
    />
  );
}
