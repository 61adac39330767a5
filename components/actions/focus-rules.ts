import type { MyCall } from '../calls/my-call';

/** What takes the focus because of a call. */
export type FocusMove =
  | { readonly to: 'card'; readonly call: MyCall }
  | { readonly to: 'search'; readonly call: MyCall };

/** What the user is at, which no call may interrupt. */
export interface Attention {
  /** The preference; off: nothing ever moves. */
  readonly on: boolean;
  /** A text field other than the empty search has the focus, or a dialog or menu is open. */
  readonly busy: boolean;
  /** Since something was typed into a field, ms. */
  readonly typedAgo: number;
}

/** Keys on their way must not land where they were not meant. */
export const quietMs = 1_500;

/** The same call, whatever its entry became: a consultation has an id of its own. */
export function sameCall(a: MyCall, b: MyCall): boolean {
  return a.id === b.id || (a.own !== null && a.own === b.own) || (a.peer !== null && a.peer === b.peer);
}

/**
 * Where the focus goes when my calls have changed: a call that begins to ring takes it, one that was answered gives it to
 * the search, a consultation to its card, and a caller who is back to the search again. Null: it stays.
 */
export function focusMove(before: readonly MyCall[], now: readonly MyCall[], attention: Attention): FocusMove | null {
  if (!attention.on || attention.busy || attention.typedAgo < quietMs) return null;
  const moves = now.flatMap(
    (call) =>
      moveFor(
        call,
        before.find((one) => sameCall(one, call)),
      ) ?? [],
  );
  return moves.find(({ to }) => to === 'card') ?? moves[0] ?? null;
}

function moveFor(call: MyCall, was: MyCall | undefined): FocusMove | null {
  if (call.state === was?.state) return null;
  switch (call.state) {
    case 'ringing':
    case 'consulting':
      return { to: 'card', call };
    case 'returned':
      return was?.state === 'consulting' ? null : { to: 'card', call };
    case 'talking':
      // Out of hold the operator goes on with what they were at.
      if (was?.state === 'held' || was?.state === 'onHold' || was?.state === 'dialing') return null;
      return call.direction === 'in' || was?.state === 'consulting' ? { to: 'search', call } : null;
    default:
      return null;
  }
}
