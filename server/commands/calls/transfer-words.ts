import type { Party } from '../../protocol/records';
import type { ModelPort } from '../model-port';
import { displayName } from './phones';

/** `Anna Berg (102)`, or the number alone. */
export function named({ name, number }: Party): string {
  if (name === '' || name === number) return number || 'the other side';
  return number === '' ? name : `${name} (${number})`;
}

/** DialStatus of a call that was not answered, in words behind a name. */
const outcomes: Readonly<Record<string, string>> = {
  BUSY: 'is busy',
  NOANSWER: 'did not answer',
  CHANUNAVAIL: 'cannot be reached',
  CONGESTION: 'cannot be reached',
  INVALIDARGS: 'cannot be reached',
  CANCEL: 'did not answer',
  DONTCALL: 'does not take the call',
  TORTURE: 'does not take the call',
};

/** Why nobody there took the call, e.g. `Anna Berg (102) is busy`. `status`: Asterisk's DialStatus; null: not known. */
export function whyUnanswered(to: Party, status: string | null, model: ModelPort): string {
  const extension = model.callee(to.number);
  const who = named(to);
  if (status === 'BUSY' && extension?.dnd.on) return `${who} does not want to be disturbed`;
  if (extension?.state === 'unavailable' && status !== 'BUSY') return `The phone of ${who} is not connected`;
  return `${who} ${outcomes[status ?? ''] ?? 'did not take the call'}`;
}

/** What the operator's phone shows of a caller who comes back: `Back from Anna Berg: Carla Souza`. */
export function backFrom(to: Party, caller: Party): string {
  const from = displayName(to.name || to.number).slice(0, 30);
  return `Back from ${from}: ${displayName(caller.name || caller.number)}`.slice(0, 79);
}
