import { Forward } from 'lucide-react';
import type { Action, ActionContext } from '../actions/action';
import { forgetAim } from '../actions/aim';
import {
  answer,
  complete,
  hangUp,
  hold,
  keypad,
  park,
  reachOf,
  record,
  resume,
  swap,
  takeBack,
} from '../actions/call-actions';
import { confer } from '../actions/call-targets';
import { notWhile } from '../actions/call-words';
import { mayNot } from '../actions/permissions';
import { focusSearch, view } from '../shell/view';
import type { MyCall, MyCallState } from './my-call';
import { myCallsNow } from './use-my-calls';

type CallAction = Action<MyCall>;

/** Leads to the search: the person that is chosen there gets the call. */
export const findTarget: CallAction = {
  id: 'call.transfer',
  icon: Forward,
  section: 'Call',
  label: () => 'Transfer: choose who gets the call',
  blocked: (context, call) => {
    const reason = mayNot(context, 'transfer', reachOf(context, call));
    const outside = reason && mayNot(context, 'transferexternal', reachOf(context, call));
    if (reason && outside) return reason;
    return call.peer === null ? notWhile(call) : null;
  },
  run: (_, call) => {
    forgetAim();
    view.set({ call: call.id, query: '' });
    focusSearch();
  },
};

const joinable: readonly MyCallState[] = ['talking', 'held'];

/** The other call that a conference of this one would take in; null: none, or it is not clear which. */
function otherOf({ mirror }: ActionContext, call: MyCall): MyCall | null {
  if (call.transfer) return null;
  const others = myCallsNow(mirror).filter((one) => one.id !== call.id && joinable.includes(one.state));
  return others.length === 1 ? (others[0] ?? null) : null;
}

/** This call and the other one, or all three of a consultation. */
export const together: CallAction = {
  id: confer.id,
  icon: confer.icon,
  section: 'Call',
  label: (context, call) => confer.label(context, { call, other: otherOf(context, call) }),
  blocked: (context, call) => {
    const other = otherOf(context, call);
    if (!other && !call.transfer) return 'A conference needs a second call.';
    return confer.blocked?.(context, { call, other }) ?? null;
  },
  run: (context, call) => confer.run(context, { call, other: otherOf(context, call) }),
};

export interface CardAction {
  readonly action: CallAction;
  /** The word on the button; null: the icon alone. */
  readonly word: string | null;
  readonly tone?: 'primary' | 'danger';
  /** The word gives way where the card is narrow. */
  readonly folds?: boolean;
}

const icon = (action: CallAction): CardAction => ({ action, word: null });
const said = (action: CallAction, word: string, tone?: 'primary'): CardAction =>
  tone ? { action, word, tone } : { action, word };
const end: CardAction = { action: hangUp, word: null, tone: 'danger' };

const transferred = [said(takeBack, 'Take back')];

const byState: Readonly<Record<MyCallState, readonly CardAction[]>> = {
  ringing: [said(answer, 'Answer', 'primary'), said(findTarget, 'Transfer'), end],
  returned: [said(answer, 'Answer', 'primary'), said(findTarget, 'Transfer'), end],
  dialing: [end],
  talking: [
    { ...said(findTarget, 'Transfer'), folds: true },
    icon(hold),
    icon(park),
    icon(keypad),
    icon(record),
    icon(together),
    end,
  ],
  held: [said(resume, 'Resume', 'primary'), icon(findTarget), icon(park), icon(together), end],
  onHold: [said(findTarget, 'Transfer'), icon(park), icon(keypad), icon(record), end],
  queued: [icon(record), end],
  conference: [icon(record), end],
  service: [icon(keypad), icon(record), end],
  consulting: [said(complete, 'Connect', 'primary'), said(swap, 'Swap'), said(takeBack, 'Cancel'), icon(together)],
  transferred,
  parked: transferred,
};

/**
 * The buttons of a card. What the state does not know is not here; what it knows and the rights or the moment do not allow
 * stands there with its reason.
 */
export function cardActions(context: ActionContext, call: MyCall): readonly CardAction[] {
  return byState[call.state].filter(({ action }) => {
    const asked = call.transfer !== null && call.transfer.state !== 'ringing';
    if (action === together) return asked || (call.transfer === null && otherOf(context, call) !== null);
    if (action === swap) return asked;
    return action !== answer || call.transfer?.state !== 'returning';
  });
}
