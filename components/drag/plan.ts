import type { CommandName, CommandParams } from '@/server/protocol/commands';
import type { LineState } from '@/server/protocol/records';
import type { ActionContext } from '../actions/action';
import { isInside, mayNot, noOwnPhone, outsideStopped } from '../actions/permissions';
import type { CallInHand } from './call-in-hand';
import type { DropTarget } from './drop-target';

/** One command of the catalogue with its parameters. */
export type Order = {
  readonly [N in CommandName]: { readonly name: N; readonly params: CommandParams<N> };
}[CommandName];

/** What will happen, in words that stand before the drop, and the command that does it; or why nothing can. */
export type Plan =
  | {
      readonly label: string;
      /** What is worth knowing of the target, e.g. `on another call`; null: nothing. */
      readonly note: string | null;
      readonly order: Order;
      /** What did not happen, should the server refuse. */
      readonly refused: string;
    }
  | { readonly reason: string };

/** How a call is sent to somebody: at once, or after asking. */
export type TransferKind = 'blind' | 'attended';

export function otherKind(kind: TransferKind): TransferKind {
  return kind === 'blind' ? 'attended' : 'blind';
}

/**
 * What dropping this call there means now. Pure: drag, keyboard and menus all ask it, so that they agree.
 *
 * @param kind - for people: at once or after asking; for a conference: alone or together with oneself.
 */
export function planOf(call: CallInHand, target: DropTarget, context: ActionContext, kind: TransferKind): Plan {
  if (context.away !== null) return { reason: context.away };
  if (call.transfer !== null) return ofTransfer(call, target, context);
  switch (target.kind) {
    case 'person':
      return target.number === context.me?.extension
        ? toMe(call, context)
        : toPerson(call, target.number, context, kind);
    case 'voicemail':
      return toVoicemail(call, target.number, context);
    case 'number':
      return context.mirror.get('extensions', target.number)
        ? planOf(call, { kind: 'person', number: target.number }, context, kind)
        : toNumber(call, target.number, context, kind);
    case 'lot':
      return toLot(call, target.lot, context);
    case 'queue':
      return toQueue(call, target.name, context);
    case 'conference':
      return toConference(call, target.name, context, kind);
    case 'hangup':
      return hangUp(call, context);
  }
}

/** A call of my own phone. */
export function isMine({ at, legExtension }: CallInHand, { me }: ActionContext): boolean {
  return me?.extension != null && (at === me.extension || legExtension === me.extension);
}

const unmovable: Readonly<Partial<Record<LineState, (who: string) => string>>> = {
  conference: (who) => `${who} is in a conference: only leaving it or hanging up is possible.`,
  ringing: (who) => `${who} is not answered yet.`,
};

/** Why the leg cannot be sent anywhere; null: it can. */
function immovable(call: CallInHand, context: ActionContext): string | null {
  const { who, state, leg, stuck } = call;
  if (leg === null) return stuck ?? 'The call is over.';
  if (call.legExtension === context.me?.extension && call.at === null) {
    return 'There is nobody at the other end.';
  }
  return unmovable[state]?.(who) ?? mayNot(context, 'transfer', { extensions: call.extensions, queue: call.queue });
}

function transferOrder(uniqueid: string, to: string, mode: CommandParams<'call.transfer'>['mode']): Order {
  return { name: 'call.transfer', params: { uniqueid, to, mode } };
}

function toPerson(call: CallInHand, number: string, context: ActionContext, kind: TransferKind): Plan {
  const person = context.mirror.get('extensions', number);
  if (!person) return { reason: `There is no extension ${number}.` };
  const name = `${person.name || number}${person.name ? ` (${number})` : ''}`;
  const { who, leg } = call;
  if (call.legExtension === number) return { reason: `${who} cannot be transferred to their own phone.` };
  if (call.at === number) return { reason: rings(call) ? `${who} rings there already.` : `${name} has this call.` };
  const reason = immovable(call, context);
  if (reason !== null || leg === null) return { reason: reason ?? '' };
  const asks = kind === 'attended' && mayAsk(call, context);
  const offline = person.state === 'unavailable';
  if (offline && asks && !person.forward.always) return { reason: `${name} is offline: there is nobody to ask.` };
  if (offline && !person.forward.always && !person.mailbox)
    return { reason: `${name} is offline and has no voicemail.` };
  return {
    label: asks ? `Ask ${name} first, ${who} waits` : `Transfer ${who} to ${name}`,
    note: noteOn(person),
    order: transferOrder(leg, number, asks ? 'attended' : 'blind'),
    refused: `${who} was not transferred`,
  };
}

/** One asks with one's own phone, while the caller waits. */
export function mayAsk(call: CallInHand, { me }: ActionContext): boolean {
  const talks = call.state === 'talking' || call.state === 'onHold' || call.state === 'held';
  return talks && me?.extension != null && call.at === me.extension;
}

function noteOn({ state, dnd, forward, calls }: PersonState): string | null {
  if (forward.always) return `forwards to ${forward.always}`;
  if (state === 'unavailable') return 'offline: goes to voicemail';
  if (dnd.on) return 'does not want to be disturbed';
  return calls.length > 0 ? 'on another call' : null;
}

interface PersonState {
  readonly state: string;
  readonly dnd: { readonly on: boolean };
  readonly forward: { readonly always: string | null };
  readonly calls: readonly unknown[];
}

function rings({ state, at, leg }: CallInHand): boolean {
  return state === 'dialing' && at !== null && leg !== null;
}

/** Onto one's own tile: the call comes to one's own phone. */
function toMe(call: CallInHand, context: ActionContext): Plan {
  const extension = context.me?.extension ?? '';
  const { who, leg, own } = call;
  if (isMine(call, context))
    return { reason: rings(call) ? `${who} rings at your phone already.` : 'This is your call.' };
  const noPhone = noOwnPhone(context);
  if (noPhone !== null) return { reason: noPhone };
  const reach = { extensions: call.extensions, queue: call.queue };
  const refused = `${who} was not taken`;
  if (call.parked) {
    const reason = mayNot(context, 'park');
    const order: Order = { name: 'call.retrieve', params: { ...call.parked, extension } };
    return reason ? { reason } : { label: `Take ${who} to your phone`, note: null, order, refused };
  }
  if (leg !== null && call.state === 'queued') {
    const reason = mayNot(context, 'pickup', reach);
    const order: Order = { name: 'queue.take', params: { uniqueid: leg, extension } };
    return reason ? { reason } : { label: `Take ${who} to your phone`, note: null, order, refused };
  }
  if (rings(call) && own !== null) {
    const reason = mayNot(context, 'pickup', reach);
    const order: Order = { name: 'call.pickup', params: { uniqueid: own, extension } };
    return reason ? { reason } : { label: `Pick up ${who}, who calls ${call.atName}`, note: null, order, refused };
  }
  const reason = immovable(call, context);
  if (reason !== null || leg === null) return { reason: reason ?? '' };
  const label = call.atName ? `Take ${who} from ${call.atName}` : `Take ${who} to your phone`;
  return { label, note: null, order: transferOrder(leg, extension, 'blind'), refused };
}

function toVoicemail(call: CallInHand, number: string, context: ActionContext): Plan {
  const person = context.mirror.get('extensions', number);
  const name = person?.name || number;
  if (!person?.mailbox) return { reason: `${name} has no voicemail.` };
  const reason = immovable(call, context);
  if (reason !== null || call.leg === null) return { reason: reason ?? '' };
  return {
    label: `Send ${call.who} to the voicemail of ${name}`,
    note: null,
    order: transferOrder(call.leg, number, 'voicemail'),
    refused: `${call.who} was not sent to voicemail`,
  };
}

function toNumber(call: CallInHand, number: string, context: ActionContext, kind: TransferKind): Plan {
  const reason = immovable(call, context) ?? outsideStopped(context, number);
  if (reason !== null || call.leg === null) return { reason: reason ?? '' };
  const inside = isInside(context, number);
  const refusal = inside ? null : mayNot(context, 'transferexternal');
  if (refusal !== null) return { reason: refusal };
  const asks = kind === 'attended' && mayAsk(call, context);
  return {
    label: asks ? `Ask ${number} first, ${call.who} waits` : `Transfer ${call.who} to ${number}`,
    note: inside ? null : 'outside',
    order: transferOrder(call.leg, number, asks ? 'attended' : 'blind'),
    refused: `${call.who} was not transferred`,
  };
}

const parkable: readonly LineState[] = ['talking', 'held', 'onHold'];

function toLot(call: CallInHand, lot: string, context: ActionContext): Plan {
  const { who, leg, state } = call;
  if (call.parked || state === 'parked') return { reason: `${who} is parked already.` };
  if (leg === null) return { reason: call.stuck ?? 'The call is over.' };
  if (!parkable.includes(state)) return { reason: whyNotParked(call) };
  const reason = mayNot(context, 'park', { extensions: call.extensions, queue: call.queue });
  if (reason !== null) return { reason };
  const record = context.mirror.get('parking', lot);
  const where = record?.spaces ? `${record.spaces.first}–${record.spaces.last}` : lot;
  return {
    label: `Park ${who} in ${where}`,
    note: null,
    order: { name: 'call.park', params: { uniqueid: leg, lot } },
    refused: `${who} was not parked`,
  };
}

function whyNotParked({ state, who }: CallInHand): string {
  if (state === 'dialing') return `${who} is not answered yet: only calls that talk can be parked.`;
  if (state === 'queued') return `${who} waits in a queue: only calls that talk can be parked.`;
  return state === 'conference'
    ? `${who} is in a conference.`
    : `${who} talks to nobody: only calls that talk can be parked.`;
}

function toQueue(call: CallInHand, name: string, context: ActionContext): Plan {
  const queue = context.mirror.get('queues', name);
  if (!queue) return { reason: `There is no queue ${name}.` };
  const { who, leg } = call;
  if (call.state === 'queued' && call.queue === name) return { reason: `${who} waits in ${queue.label} already.` };
  const reason = immovable(call, context);
  if (reason !== null || leg === null) return { reason: reason ?? '' };
  const free = queue.members.filter((member) => member.state === 'idle' && !member.paused).length;
  return {
    label: `Send ${who} to the queue ${queue.label}`,
    note: queue.members.length === 0 ? 'nobody is logged in' : `${free} of ${queue.members.length} free`,
    order: transferOrder(leg, name, 'blind'),
    refused: `${who} was not sent to the queue`,
  };
}

function toConference(call: CallInHand, name: string, context: ActionContext, kind: TransferKind): Plan {
  const room = context.mirror.get('conferences', name);
  const { who, leg } = call;
  if (call.conference === name) return { reason: `${who} is in conference ${name} already.` };
  if (room?.locked) return { reason: `Conference ${name} is locked.` };
  const together = kind === 'attended' && mayAsk(call, context);
  // Who is only sent there is transferred; to lead the room is another right.
  const inside = room?.participants.map(({ extension }) => extension) ?? [];
  const refusal = together ? mayNot(context, 'conference', { extensions: [...inside, ...call.extensions] }) : null;
  const reason = immovable(call, context) ?? refusal;
  if (reason !== null || leg === null) return { reason: reason ?? '' };
  return {
    label: together ? `Go into conference ${name} together with ${who}` : `Send ${who} into conference ${name}`,
    note: null,
    order: together
      ? { name: 'conference.create', params: { conference: name, uniqueids: [leg] } }
      : transferOrder(leg, name, 'blind'),
    refused: `${who} is not in the conference`,
  };
}

function hangUp(call: CallInHand, context: ActionContext): Plan {
  const { who, own, leg, conference } = call;
  const uniqueid = leg ?? own;
  if (uniqueid === null) return { reason: 'The call is over.' };
  const reach = { extensions: call.extensions, queue: call.queue };
  const reason = conference === null ? mayNot(context, 'hangup', reach) : mayNot(context, 'conference');
  if (reason !== null) return { reason };
  if (conference !== null) {
    const order: Order = { name: 'conference.kick', params: { conference, uniqueid } };
    return {
      label: `Remove ${who} from conference ${conference}`,
      note: null,
      order,
      refused: `${who} is still there`,
    };
  }
  const order: Order = { name: 'call.hangup', params: { uniqueid } };
  return { label: `Hang up ${who}`, note: null, order, refused: `The call with ${who} was not ended` };
}

/** While a transfer is under way the caller can be given to the one who was asked, or taken back. */
function ofTransfer(call: CallInHand, target: DropTarget, context: ActionContext): Plan {
  const { transfer, who } = call;
  if (transfer === null) return { reason: 'The transfer is over.' };
  const reason = mayNot(context, 'transfer', { extensions: call.extensions });
  if (reason !== null) return { reason };
  const params = { uniqueid: transfer.uniqueid };
  const to = transfer.to.name || transfer.to.number;
  const number = target.kind === 'person' || target.kind === 'number' ? target.number : null;
  if (number !== null && number === context.me?.extension) {
    const order: Order = { name: 'call.transfer.cancel', params };
    return { label: `Take ${who} back`, note: null, order, refused: `${who} was not taken back` };
  }
  if (number === transfer.to.number && transfer.state !== 'transferred') {
    const order: Order = { name: 'call.transfer.complete', params };
    return { label: `Connect ${who} with ${to}`, note: null, order, refused: `${who} was not connected` };
  }
  if (target.kind === 'hangup') return { reason: `Take ${who} back before you hang up.` };
  if (transfer.state === 'transferred') return { reason: `${who} is on the way to ${to}: take the call back first.` };
  return { reason: `${who} waits while you ask ${to}: connect them, or take ${who} back first.` };
}
