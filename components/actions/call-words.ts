import type { Party } from '@/server/protocol/records';
import type { MyCall } from '../calls/my-call';
import { partyText } from '../extensions/status';
import type { ActionContext } from './action';

/** Who a number is, in words: `Anna Berg (102)`, or the number itself. */
export function whoIs({ mirror }: ActionContext, number: string): string {
  const name = mirror.get('extensions', number)?.name || mirror.records.get('queues', number)?.label;
  return name && name !== number ? `${name} (${number})` : number;
}

/** The other one of a call. */
export function whoCalls({ party }: { readonly party: Party }): string {
  return partyText(party);
}

/** Why no call arrives there: an offline phone without a mailbox or a forward; null: one does, as far as is known. */
export function unreachable(context: ActionContext, number: string): string | null {
  const extension = context.mirror.get('extensions', number);
  if (extension?.state !== 'unavailable') return null;
  const { mailbox, forward } = extension;
  return mailbox || forward.always || forward.noAnswer ? null : `${whoIs(context, number)} is offline.`;
}

/** Why a call in this state does not take it, in one sentence. */
export function notWhile({ state, party }: MyCall): string {
  const who = partyText(party);
  switch (state) {
    case 'ringing':
      return `${who} is not answered yet.`;
    case 'dialing':
      return `${who} has not answered yet.`;
    case 'talking':
      return `You talk to ${who}.`;
    case 'held':
      return `${who} is on hold.`;
    case 'onHold':
      return `${who} put you on hold.`;
    case 'queued':
      return 'You wait in a queue.';
    case 'conference':
      return 'You are in a conference.';
    case 'service':
      return 'There is nobody at the other end.';
    case 'consulting':
      return 'A transfer is under way: complete it, or take the caller back.';
    case 'transferred':
      return `${who} is on the way to somebody else: take the call back first.`;
    case 'returned':
      return `${who} comes back to you.`;
    case 'parked':
      return `${who} is parked.`;
  }
}
