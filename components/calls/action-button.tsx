'use client';

import clsx from 'clsx';
import { type Action, perform } from '../actions/action';
import { tell } from '../actions/send';
import { useActionContext } from '../actions/use-action-context';
import { useRecord } from '../live/hooks';
import { buttonBase } from '../ui/button';

interface ActionButtonProps<T> {
  readonly action: Action<T>;
  readonly target: T;
  /** What stands on the button; null: its icon alone. */
  readonly word: string | null;
  readonly tone?: 'primary' | 'quiet' | 'danger' | undefined;
  readonly pressed?: boolean;
  /** The word gives way where there is little room: inside of a container. */
  readonly folds?: boolean | undefined;
  /** For who looks the button up. */
  readonly mark?: Readonly<Record<`data-${string}`, string>>;
}

const tones = {
  primary: 'bg-accent text-accent-ink hover:brightness-110',
  quiet: 'border border-control bg-surface text-ink hover:bg-hover',
  danger: 'border border-dnd/60 bg-surface text-dnd-ink hover:bg-dnd-soft',
};

/** A button that is an action. What cannot be done now keeps its place, and says why when it is pressed or looked at. */
export function ActionButton<T>({ action, target, word, tone = 'quiet', pressed, folds, mark }: ActionButtonProps<T>) {
  const context = useActionContext();
  // Whether one's own phone is there decides over much of what can be done.
  useRecord('extensions', context.me?.extension ?? '');
  const blocked = action.blocked?.(context, target) ?? null;
  const label = action.label(context, target);
  const Icon = action.icon;
  const press = () => {
    const reason = perform(action, context, target);
    if (reason) tell('error', reason);
  };
  return (
    <button
      type="button"
      {...mark}
      aria-label={word === null || label.includes(word) ? label : `${word}: ${label}`}
      aria-disabled={blocked !== null || undefined}
      aria-pressed={pressed}
      title={blocked ?? label}
      onClick={press}
      className={clsx(
        buttonBase,
        'h-7 gap-1.5 text-[0.8125rem] pointer-coarse:h-9',
        word === null ? 'w-7 pointer-coarse:w-9' : 'px-2',
        tones[tone],
      )}
    >
      <Icon aria-hidden className={clsx('size-4 shrink-0', pressed && 'text-dnd')} />
      {folds ? <span className="@max-[17rem]:sr-only">{word}</span> : word}
    </button>
  );
}
