import { CircleParking, Forward, MessageCircleQuestion, Users, Voicemail } from 'lucide-react';
import type { MyCall, MyCallState } from '../calls/my-call';
import type { Action, ActionContext } from './action';
import { notToPark, parkIn as parkCall, reachOf } from './call-actions';
import { notWhile, unreachable, whoCalls, whoIs } from './call-words';
import { isInside, mayNot, outsideStopped } from './permissions';
import { send } from './send';

/** What can be done with one of one's own calls and somewhere to go: a person, a number, a lot, a room. */
export interface CallTo {
  readonly call: MyCall;
  /** A number of the house or outside; the name of a lot or a room. */
  readonly to: string;
}

/** A caller may be sent on before the answer and out of a parking lot. */
const transferable: readonly MyCallState[] = ['ringing', 'talking', 'held', 'onHold', 'parked', 'returned'];
const consultable: readonly MyCallState[] = ['talking', 'held'];

function notTo(context: ActionContext, { call, to }: CallTo, states: readonly MyCallState[]): string | null {
  const reason = mayTransfer(context, call, to);
  if (reason) return reason;
  if (!states.includes(call.state)) return notWhile(call);
  if (call.peer === null) return 'There is nobody at the other end to transfer.';
  if (to === call.party.number) return `${whoCalls(call)} is the one to be transferred.`;
  if (to === context.me?.extension) return `${whoCalls(call)} is with you already.`;
  return unreachable(context, to);
}

/** Why this user may send the call nowhere, neither in the house nor outside; null: somewhere. */
export function mayNotTransfer(context: ActionContext, call: MyCall): string | null {
  const reach = reachOf(context, call);
  const reason = mayNot(context, 'transfer', reach);
  return reason && mayNot(context, 'transferexternal', reach) ? reason : null;
}

function mayTransfer(context: ActionContext, call: MyCall, to: string): string | null {
  const right = isInside(context, to) ? 'transfer' : 'transferexternal';
  const reason = mayNot(context, right, reachOf(context, call));
  // What the panel does not know may be a code of the dialplan: the server tells those from numbers outside.
  const perhaps = right === 'transferexternal' && to.length < 5 && !mayNot(context, 'transfer', reachOf(context, call));
  return (perhaps ? null : reason) ?? outsideStopped(context, to);
}

export const transferTo: Action<CallTo> = {
  id: 'call.transferTo',
  icon: Forward,
  section: 'Call',
  label: (context, { call, to }) => `Transfer ${whoCalls(call)} to ${whoIs(context, to)}`,
  blocked: (context, target) => notTo(context, target, transferable),
  run: (context, { call, to }) => {
    if (call.peer === null) return;
    void send(
      context,
      'call.transfer',
      { uniqueid: call.peer, to, mode: 'blind' },
      {
        on: call.peer,
        refused: `${whoCalls(call)} was not transferred to ${whoIs(context, to)}`,
        done: `${whoCalls(call)} goes to ${whoIs(context, to)}`,
      },
    );
  },
};

/** Ask there first, while the caller waits. */
export const consultTo: Action<CallTo> = {
  id: 'call.consultTo',
  icon: MessageCircleQuestion,
  section: 'Call',
  label: (context, { call, to }) => `Ask ${whoIs(context, to)} about ${whoCalls(call)} first`,
  blocked: (context, target) => {
    const reason = notTo(context, target, consultable);
    if (reason) return reason;
    const extension = context.mirror.get('extensions', target.to);
    return extension?.state === 'unavailable' ? `${whoIs(context, target.to)} is offline.` : null;
  },
  run: (context, { call, to }) => {
    if (call.peer === null) return;
    void send(
      context,
      'call.transfer',
      { uniqueid: call.peer, to, mode: 'attended' },
      {
        on: call.peer,
        refused: `${whoIs(context, to)} was not asked`,
      },
    );
  },
};

/** `to`: the extension whose mailbox it is. */
export const voicemailTo: Action<CallTo> = {
  id: 'call.voicemailTo',
  icon: Voicemail,
  section: 'Call',
  label: (context, { call, to }) => `Send ${whoCalls(call)} to the voicemail of ${whoIs(context, to)}`,
  blocked: (context, { call, to }) => {
    const reason = mayNot(context, 'transfer', reachOf(context, call));
    if (reason) return reason;
    if (!transferable.includes(call.state)) return notWhile(call);
    if (call.peer === null) return 'There is nobody at the other end to transfer.';
    return context.mirror.get('extensions', to)?.mailbox ? null : `${whoIs(context, to)} has no mailbox.`;
  },
  run: (context, { call, to }) => {
    if (call.peer === null) return;
    void send(
      context,
      'call.transfer',
      { uniqueid: call.peer, to, mode: 'voicemail' },
      {
        on: call.peer,
        refused: `${whoCalls(call)} was not sent to the voicemail of ${whoIs(context, to)}`,
        done: `${whoCalls(call)} speaks to the voicemail of ${whoIs(context, to)}`,
      },
    );
  },
};

/** `to`: the name of a lot. */
export const parkIn: Action<CallTo> = {
  id: 'call.parkIn',
  icon: CircleParking,
  section: 'Call',
  label: (_, { call, to }) => `Park ${whoCalls(call)} in ${to}`,
  blocked: (context, { call, to }) =>
    notToPark(context, call) ?? (context.mirror.get('parking', to) ? null : `There is no lot ${to}.`),
  run: (context, { call, to }) => parkCall(context, call, to),
};

/** The legs that a conference of this call would bring together. */
function legsOf({ own, peer, transfer }: MyCall): string[] {
  const legs = transfer ? [transfer.own, transfer.uniqueid, transfer.target] : [own, peer];
  return legs.filter((leg) => leg !== null);
}

/** A room nobody is in: `meet-101`, then `meet-101-2`. */
function freeRoom({ mirror, me }: ActionContext): string {
  const wish = `meet-${me?.extension ?? 'cordboard'}`;
  for (let turn = 1; ; turn += 1) {
    const name = turn === 1 ? wish : `${wish}-${turn}`;
    if (!mirror.get('conferences', name)) return name;
  }
}

/** One call, or two of one's own, into a conference together. */
export const confer: Action<{ readonly call: MyCall; readonly other: MyCall | null }> = {
  id: 'call.confer',
  icon: Users,
  section: 'Call',
  label: (_, { call, other }) => {
    if (other) return `Conference with ${whoCalls(call)} and ${whoCalls(other)}`;
    if (call.transfer) return `Conference with ${whoCalls(call)} and ${whoCalls({ party: call.transfer.to })}`;
    return `Conference with ${whoCalls(call)}`;
  },
  blocked: (context, { call, other }) => {
    const reason = mayNot(context, 'conference', reachOf(context, call));
    if (reason) return reason;
    for (const one of other ? [call, other] : [call]) {
      if (!['talking', 'held', 'consulting'].includes(one.state)) return notWhile(one);
      if (one.transfer?.state === 'ringing') return `${whoCalls({ party: one.transfer.to })} has not answered yet.`;
      if (one.peer === null) return 'There is nobody at the other end.';
    }
    return null;
  },
  run: (context, { call, other }) => {
    const [first, ...rest] = other ? [call, other] : [call];
    if (!first) return;
    // The second call's own leg is a line of the same phone: it is free again.
    const uniqueids = [...legsOf(first), ...rest.flatMap(({ peer }) => (peer === null ? [] : [peer]))];
    void send(
      context,
      'conference.create',
      { conference: freeRoom(context), uniqueids },
      {
        on: call.id,
        refused: 'There is no conference',
      },
    );
  },
};
