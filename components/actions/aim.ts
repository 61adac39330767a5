import type { MyCall } from '../calls/my-call';
import { currentCallNow, myCallsNow } from '../calls/use-my-calls';
import type { Mirror } from '../live/mirror';
import { createStore } from '../ui/store';
import { sameCall } from './focus-rules';

export type TransferKind = 'blind' | 'attended';

/** Which call the search is about, and what Enter does with it. */
interface Aim {
  /** Held fast as soon as a letter is typed: a call that comes in meanwhile must not be sent to who was meant for another. */
  readonly call: MyCall | null;
  /** Asked for by a key; null: as the user prefers. */
  readonly kind: TransferKind | null;
  /** Which of the matches, from 0. */
  readonly chosen: number;
}

export const aim = createStore<Aim>({ call: null, kind: null, chosen: 0 });

export function forgetAim(): void {
  aim.set({ call: null, kind: null, chosen: 0 });
}

/** What was typed changed: the first letter holds the call fast, none lets it go. */
export function aimAt(mirror: Mirror, query: string, was: string): void {
  if (query === '') aim.set({ call: null, chosen: 0 });
  else if (was === '') aim.set({ call: transferable(currentCallNow(mirror)), chosen: 0 });
  else aim.set({ chosen: 0 });
}

const states: readonly MyCall['state'][] = ['ringing', 'talking', 'held', 'onHold', 'returned'];

/** Of the calls that somebody may be sent on from. A parked one only when it is asked for: who searches means no call. */
function transferable(call: MyCall | null): MyCall | null {
  if (!call) return null;
  return states.includes(call.state) || (call.state === 'parked' && aim.get().kind !== null) ? call : null;
}

export type Aimed =
  | { readonly at: 'nothing' }
  | { readonly at: 'call'; readonly call: MyCall }
  /** It was meant for a call that is no longer there. */
  | { readonly at: 'gone'; readonly call: MyCall };

/** The call as it is now. */
export function aimedNow(mirror: Mirror, query: string): Aimed {
  const held = query === '' ? transferable(currentCallNow(mirror)) : aim.get().call;
  if (held === null) return { at: 'nothing' };
  const call = myCallsNow(mirror).find((one) => sameCall(one, held));
  return call ? { at: 'call', call } : { at: 'gone', call: held };
}
