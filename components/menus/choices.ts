import type { LucideIcon } from 'lucide-react';
import { type Action, type ActionContext, perform } from '../actions/action';
import { keysOf } from '../actions/bindings';

/** An action that knows what it is done to: one line of a menu. */
export interface Choice {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly label: string;
  /** Why it cannot be done; null: it can. */
  readonly reason: string | null;
  /** The first of its keys, as the user has them. */
  readonly keys: string | null;
  readonly run: () => void;
}

export function choiceOf<T>(action: Action<T>, context: ActionContext, target: T): Choice {
  return {
    id: action.id,
    icon: action.icon,
    label: action.label(context, target),
    reason: action.blocked?.(context, target) ?? null,
    keys: keysOf(context.layout.console.keys, action)[0] ?? null,
    run: () => perform(action, context, target),
  };
}

/** The choices of a menu, in groups that a line divides; empty groups are left out. */
export function grouped(...groups: readonly (readonly (Choice | null)[])[]): readonly (readonly Choice[])[] {
  return groups.map((group) => group.filter((one) => one !== null)).filter((group) => group.length > 0);
}
