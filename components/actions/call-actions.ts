import {
  ArrowLeftRight,
  CircleParking,
  Disc,
  Grip,
  Merge,
  NotebookPen,
  Pause,
  Phone,
  PhoneIncoming,
  PhoneOff,
  Play,
  Undo2,
} from 'lucide-react';
import type { MyCall, MyCallState } from '../calls/my-call';
import type { Action, ActionContext } from './action';
import { notWhile, whoCalls } from './call-words';
import { mayNot, noOwnPhone, ownExtension } from './permissions';
import { isRecorded, record as recordLeg } from './recording';
import { send } from './send';

/**
 * What can be done to one of one's own calls. `blocked` tells why not, by the state and by the rights; `run` sends the
 * command once and tells a refusal in words. What needs a target as well is in call-targets.ts.
 */

type CallAction = Action<MyCall>;

/** One's own phone takes part, which is what the limits of a right ask for first. */
export function reachOf({ me }: ActionContext, call: MyCall) {
  return { extensions: [me?.extension ?? null, call.party.number], queue: call.queue };
}

function only(call: MyCall, ...states: readonly MyCallState[]): string | null {
  return states.includes(call.state) ? null : notWhile(call);
}

/** One's own phone is known not to answer and hold when it is told to. */
function disobeys({ mirror, me }: ActionContext): boolean {
  return me?.extension != null && mirror.get('extensions', me.extension)?.phone.answers === 'no';
}

/** The leg that is asked for where a transfer is completed, swapped or taken back. */
function transferOn(call: MyCall): string {
  return call.transfer?.uniqueid ?? call.id;
}

export const answer: CallAction = {
  id: 'call.answer',
  icon: PhoneIncoming,
  section: 'Call',
  label: (_, call) => `Answer ${whoCalls(call)}`,
  blocked: (context, call) => {
    const reason = mayNot(context, 'dial', reachOf(context, call)) ?? noOwnPhone(context);
    if (reason) return reason;
    if (call.state !== 'ringing' && call.state !== 'returned') return notWhile(call);
    if (disobeys(context)) return 'Lift the handset: your phone does not answer by the panel.';
    return call.own === null ? 'It does not ring at your phone yet.' : null;
  },
  run: (context, call) => {
    const own = ownExtension(context);
    if (call.own === null || 'reason' in own) return;
    void send(
      context,
      'call.answer',
      { uniqueid: call.own, extension: own.number },
      {
        on: call.own,
        refused: `${whoCalls(call)} was not answered`,
      },
    );
  },
};

function holdAction(on: boolean): CallAction {
  return {
    id: on ? 'call.hold' : 'call.resume',
    icon: on ? Pause : Play,
    section: 'Call',
    label: (_, call) => (on ? `Hold ${whoCalls(call)}` : `Resume ${whoCalls(call)}`),
    blocked: (context, call) => {
      const reason = mayNot(context, 'dial', reachOf(context, call)) ?? only(call, on ? 'talking' : 'held');
      if (reason) return reason;
      return disobeys(context) ? `Your phone does not ${on ? 'hold' : 'resume'} calls by the panel.` : null;
    },
    run: (context, call) => {
      const own = ownExtension(context);
      if (call.own === null || 'reason' in own) return;
      void send(
        context,
        'call.hold',
        { uniqueid: call.own, extension: own.number, on },
        {
          on: call.own,
          refused: `${whoCalls(call)} was not ${on ? 'put on hold' : 'resumed'}`,
        },
      );
    },
  };
}

export const hold = holdAction(true);
export const resume = holdAction(false);

export const hangUp: CallAction = {
  id: 'call.hangup',
  icon: PhoneOff,
  section: 'Call',
  label: (_, call) => `Hang up ${whoCalls(call)}`,
  blocked: (context, call) => {
    const own = { extensions: call.own === null ? [] : [context.me?.extension ?? null], queue: call.queue };
    const reason = mayNot(context, 'hangup', own);
    if (reason) return reason;
    // Who hangs up in the middle would leave the caller to chance.
    return call.state === 'consulting' || call.state === 'transferred' ? notWhile(call) : null;
  },
  run: (context, call) => {
    const uniqueid = call.own ?? call.peer;
    if (uniqueid === null) return;
    void send(context, 'call.hangup', { uniqueid }, { on: uniqueid, refused: `${whoCalls(call)} was not hung up` });
  },
};

export const complete: CallAction = {
  id: 'call.complete',
  icon: Merge,
  section: 'Call',
  label: (_, call) => `Connect ${whoCalls(call)} with ${call.transfer ? whoCalls({ party: call.transfer.to }) : '…'}`,
  blocked: (context, call) => {
    const reason = mayNot(context, 'transfer', reachOf(context, call));
    return reason ?? (call.state === 'consulting' ? null : 'Nobody is being asked.');
  },
  run: (context, call) => {
    const uniqueid = transferOn(call);
    void send(
      context,
      'call.transfer.complete',
      { uniqueid },
      {
        on: uniqueid,
        refused: `${whoCalls(call)} was not connected`,
      },
    );
  },
};

export const swap: CallAction = {
  id: 'call.swap',
  icon: ArrowLeftRight,
  section: 'Call',
  label: (_, { party, transfer }) =>
    transfer?.state === 'swapped'
      ? `Talk to ${whoCalls({ party: transfer.to })} again`
      : `Talk to ${whoCalls({ party })} meanwhile`,
  blocked: (context, call) => {
    const reason = mayNot(context, 'transfer', reachOf(context, call));
    if (reason) return reason;
    if (call.state !== 'consulting' || !call.transfer) return 'Nobody is being asked.';
    return call.transfer.state === 'ringing' ? `${whoCalls({ party: call.transfer.to })} has not answered yet.` : null;
  },
  run: (context, call) => {
    const uniqueid = transferOn(call);
    void send(context, 'call.transfer.swap', { uniqueid }, { on: uniqueid, refused: 'The two were not swapped' });
  },
};

/** Gives the caller back, whatever became of the transfer. */
export const takeBack: CallAction = {
  id: 'call.takeBack',
  icon: Undo2,
  section: 'Call',
  label: (_, call) =>
    call.state === 'consulting' ? `Cancel, and back to ${whoCalls(call)}` : `Take ${whoCalls(call)} back`,
  blocked: (context, call) => {
    if (call.state === 'parked') return retrieve.blocked?.(context, call) ?? null;
    const reason = mayNot(context, 'transfer', reachOf(context, call));
    if (reason) return reason;
    if (call.state === 'consulting' || call.state === 'transferred') return null;
    return call.state === 'returned' ? notWhile(call) : 'It was not transferred.';
  },
  run: (context, call) => {
    if (call.state === 'parked') return retrieve.run(context, call);
    const uniqueid = transferOn(call);
    void send(
      context,
      'call.transfer.cancel',
      { uniqueid },
      {
        on: uniqueid,
        refused: `${whoCalls(call)} did not come back`,
      },
    );
  },
};

/** Where the PBX parks by itself. */
export const park: CallAction = {
  id: 'call.park',
  icon: CircleParking,
  section: 'Call',
  label: (_, call) => `Park ${whoCalls(call)}`,
  blocked: notToPark,
  run: (context, call) => parkIn(context, call),
};

export function notToPark(context: ActionContext, call: MyCall): string | null {
  const reason = mayNot(context, 'park', reachOf(context, call)) ?? only(call, 'talking', 'held', 'onHold');
  if (reason) return reason;
  if (context.mirror.records.map('parking').size === 0) return 'This PBX has no parking lot, or none that you see.';
  return call.peer === null ? 'There is nobody at the other end to park.' : null;
}

/** `lot` unset: where the PBX parks by itself. */
export function parkIn(context: ActionContext, call: MyCall, lot?: string): void {
  if (call.peer === null) return;
  const params = { uniqueid: call.peer, ...(lot !== undefined && { lot }) };
  void send(context, 'call.park', params, { on: call.peer, refused: `${whoCalls(call)} was not parked` });
}

/** A call that was parked by oneself. */
export const retrieve: CallAction = {
  id: 'call.retrieve',
  icon: Phone,
  section: 'Call',
  label: (_, call) => `Take ${whoCalls(call)} back`,
  blocked: (context, call) => {
    const reason = mayNot(context, 'park', reachOf(context, call)) ?? noOwnPhone(context);
    return reason ?? (call.parked ? null : `${whoCalls(call)} is not parked.`);
  },
  run: (context, { parked, party, id }) => {
    const own = ownExtension(context);
    if (!parked || 'reason' in own) return;
    const { lot, space } = parked;
    void send(
      context,
      'call.retrieve',
      { lot, space, extension: own.number },
      {
        on: id,
        refused: `${whoCalls({ party })} was not taken back`,
      },
    );
  },
};

const answered: readonly MyCallState[] = ['talking', 'held', 'onHold', 'conference', 'service', 'queued', 'consulting'];

export const record: CallAction = {
  id: 'call.record',
  icon: Disc,
  section: 'Call',
  label: (context, call) => `${isRecorded(context, call.callId) ? 'Stop recording' : 'Record'} ${whoCalls(call)}`,
  blocked: (context, call) => mayNot(context, 'record', reachOf(context, call)) ?? only(call, ...answered),
  run: (context, call) => {
    const uniqueid = call.own ?? call.peer;
    if (uniqueid !== null) void recordLeg(context, uniqueid, call.callId, whoCalls(call));
  },
};

/** Opens what is on the call's card: found by `data-call`, with `data-keypad` and `data-note` inside. */
function cardPart(call: MyCall, part: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-call="${CSS.escape(call.id)}"] [${part}]`);
}

export const keypad: CallAction = {
  id: 'call.keypad',
  icon: Grip,
  section: 'Call',
  label: () => 'Keypad',
  blocked: notForDigits,
  run: (_, call) => cardPart(call, 'data-keypad')?.click(),
};

function notForDigits(context: ActionContext, call: MyCall): string | null {
  const reason = mayNot(context, 'dial', reachOf(context, call)) ?? only(call, 'talking', 'onHold', 'service');
  return reason ?? (call.peer === null ? 'There is nobody at the other end to hear digits.' : null);
}

/** `digits`: 0–9, A–D, * and #; the other end hears them. */
export const dtmf: Action<{ readonly call: MyCall; readonly digits: string }> = {
  id: 'call.dtmf',
  icon: Grip,
  section: 'Call',
  label: (_, { digits }) => `Send ${digits}`,
  blocked: (context, { call }) => notForDigits(context, call),
  run: (context, { call, digits }) => {
    if (call.peer === null) return;
    // Each press is one of its own: none of them is a repeat.
    const on = `${call.peer} ${digits} ${performance.now()}`;
    void send(context, 'call.dtmf', { uniqueid: call.peer, digits }, { on, refused: `${digits} was not sent` });
  },
};

export const note: CallAction = {
  id: 'call.note',
  icon: NotebookPen,
  section: 'Call',
  label: (_, call) => `Note on ${whoCalls(call)}`,
  blocked: (context, call) => {
    const reason = mayNot(context, 'callhistory', reachOf(context, call));
    return reason ?? (call.callId === null ? 'The panel does not know which call this is.' : null);
  },
  run: (_, call) => {
    const field = cardPart(call, 'data-note');
    field?.focus();
    field?.scrollIntoView({ block: 'nearest' });
  },
};

/** What is offered for one's own call, in the order of its card and menu. */
export const callActions = [
  answer,
  complete,
  swap,
  takeBack,
  resume,
  hold,
  retrieve,
  park,
  record,
  keypad,
  note,
  hangUp,
] as const;
