import type { LucideIcon } from 'lucide-react';
import type { Layout } from '@/server/protocol/layout';
import type { Me } from '@/server/protocol/session';
import type { Mirror } from '../live/mirror';

/** What an action may look at and touch. */
export interface ActionContext {
  readonly mirror: Mirror;
  readonly me: Me | null;
  readonly layout: Layout;
  /** Why nothing can be done on the PBX now; null when it can. */
  readonly away: string | null;
}

/**
 * One thing a user can do. The same object feeds the button, the menu item, the shortcut and the palette, so that they
 * can never disagree. `T` is what it is done to: an extension's number, or nothing.
 */
export interface Action<T = void> {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly section: 'Call' | 'People' | 'Queues' | 'View' | 'Go to' | 'Session';
  /** As `keys.ts` reads them, until the user chooses others (`bindings.ts`). */
  readonly keys?: readonly string[];
  /** What it does in general, for the list of keys; unset: its label. */
  readonly words?: string;
  label(context: ActionContext, target: T): string;
  /** Why it cannot be done, in one sentence; null when it can. */
  blocked?(context: ActionContext, target: T): string | null;
  run(context: ActionContext, target: T): void;
}

export function perform<T>(action: Action<T>, context: ActionContext, target: T): string | null {
  const reason = action.blocked?.(context, target) ?? null;
  if (reason === null) action.run(context, target);
  return reason;
}
