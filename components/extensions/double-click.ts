import { type ActionContext, perform } from '../actions/action';
import { consultTo, transferTo } from '../actions/call-targets';
import { dial } from '../actions/person-calls';
import { tell } from '../actions/send';
import { currentCallNow } from '../calls/use-my-calls';
import { view } from '../shell/view';

/** A double click on a tile: the call that one has goes there, in the way the user likes; without one they are called. */
export function doubleClick(context: ActionContext, number: string): void {
  view.set({ opened: null });
  const call = currentCallNow(context.mirror);
  const moving = call && number !== context.me?.extension && ['talking', 'held', 'onHold'].includes(call.state);
  const way = context.layout.console.transfer === 'attended' ? consultTo : transferTo;
  const reason = moving ? perform(way, context, { call, to: number }) : perform(dial, context, number);
  if (reason !== null) tell('error', reason);
}
