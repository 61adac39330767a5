import type { ActionContext } from '../actions/action';
import { send, tell } from '../actions/send';
import { type CallInHand, callInHand } from './call-in-hand';
import type { DropTarget } from './drop-target';
import { type Plan, planOf, type TransferKind } from './plan';
import { whatBecame } from './watch';

/**
 * Does what was said, unless the call is another one by now: what the user saw and what is sent are the same, or nothing
 * is sent and they are told.
 */
export function drop(taken: CallInHand, target: DropTarget, context: ActionContext, kind: TransferKind): void {
  const became = whatBecame(context.mirror, taken);
  const now = callInHand(taken.source, context.mirror);
  if (became !== null || now === null) tell('error', `${became ?? 'The call is over.'} Nothing was done.`);
  else runPlan(planOf(now, target, context, kind), now, context);
}

export function runPlan(plan: Plan, { leg, source }: CallInHand, context: ActionContext): void {
  if ('reason' in plan) {
    tell('error', plan.reason);
    return;
  }
  const { name, params } = plan.order;
  void send(context, name, params, { on: leg ?? source.kind, refused: plan.refused });
}
