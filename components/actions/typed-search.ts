import type { Action, ActionContext } from './action';
import { aim, aimedNow, forgetAim, type TransferKind } from './aim';
import { type CallTo, consultTo, mayNotTransfer, transferTo } from './call-targets';
import { whoCalls } from './call-words';
import { mayNot, ownExtension } from './permissions';
import { dial } from './person-calls';
import { type Target, targetsFor, typedNumber } from './targets';

/** What the search offers, and what Enter in it would do. */
export interface Offer {
  /** What it is about; null: nobody's call, only calling a number. */
  readonly who: string | null;
  readonly targets: readonly Target[];
  readonly chosen: number;
  readonly enter: Deed | null;
  readonly shiftEnter: Deed | null;
  /** Why nothing is offered though something was meant; null: no reason. */
  readonly gone: string | null;
}

export interface Deed {
  readonly label: string;
  readonly blocked: string | null;
  readonly run: () => void;
}

const most = 6;

/** Null: the search is a search only. */
export function offerFor(context: ActionContext, query: string): Offer | null {
  const aimed = aimedNow(context.mirror, query);
  if (aimed.at === 'gone') {
    const gone = `${whoCalls(aimed.call)} is no longer on the line.`;
    return { who: whoCalls(aimed.call), targets: [], chosen: 0, enter: null, shiftEnter: null, gone };
  }
  const { chosen, kind } = aim.get();
  // Who may send nobody anywhere only searches.
  if (aimed.at === 'nothing' || mayNotTransfer(context, aimed.call)) return dialOffer(context, query);
  const targets = targetsFor(context, query, most);
  const target = targets[Math.min(chosen, targets.length - 1)];
  const first = kind ?? context.layout.console.transfer;
  const other: TransferKind = first === 'blind' ? 'attended' : 'blind';
  const both = target && { call: aimed.call, to: target.to };
  return {
    who: whoCalls(aimed.call),
    targets,
    chosen: Math.max(0, Math.min(chosen, targets.length - 1)),
    enter: both ? deed(context, first, both) : null,
    shiftEnter: both ? deed(context, other, both) : null,
    gone: null,
  };
}

function deed(context: ActionContext, kind: TransferKind, target: CallTo): Deed {
  return bound(kind === 'blind' ? transferTo : consultTo, context, target);
}

function bound<T>(action: Action<T>, context: ActionContext, target: T): Deed {
  return {
    label: action.label(context, target),
    blocked: action.blocked?.(context, target) ?? null,
    run: () => {
      forgetAim();
      action.run(context, target);
    },
  };
}

/** A number calls, also when it is somebody's; a name goes on to the tiles. */
function dialOffer(context: ActionContext, query: string): Offer | null {
  const number = typedNumber(query);
  // Who may not call, or has no phone, searches only.
  if (number === null || number.length < 2 || mayNot(context, 'dial') || 'reason' in ownExtension(context)) return null;
  const enter = bound(dial, context, number);
  return { who: null, targets: [], chosen: 0, enter, shiftEnter: null, gone: null };
}
