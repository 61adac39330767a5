import type { ActionContext } from '../actions/action';
import { consultTo, transferTo, voicemailTo } from '../actions/call-targets';
import { extensionActions } from '../actions/extension-actions';
import { dial, personCallActions } from '../actions/person-calls';
import { currentCallNow } from '../calls/use-my-calls';
import { type Choice, choiceOf, grouped } from './choices';

/** What can be done with a person's phone and calls: what one's own call can do there comes first. */
export function personCallChoices(number: string, context: ActionContext): readonly Choice[] {
  const { mirror, layout, me } = context;
  const call = currentCallNow(mirror);
  const asksFirst = layout.console.transfer === 'attended';
  const ways = asksFirst ? [consultTo, transferTo, voicemailTo] : [transferTo, consultTo, voicemailTo];
  const transfers =
    call && number !== me?.extension ? ways.map((way) => choiceOf(way, context, { call, to: number })) : [];
  // What needs a call of theirs is not offered to somebody without one.
  const busy = (mirror.get('extensions', number)?.calls.length ?? 0) > 0;
  const fitting = busy ? personCallActions : [dial];
  const calls = fitting.map((action) => choiceOf(action, context, number));
  const own = number === me?.extension;
  return [...transfers, ...(own ? calls.filter(({ reason }) => reason === null) : calls)];
}

/** Everything that can be done to a tile. */
export function personChoices(number: string, context: ActionContext): readonly (readonly Choice[])[] {
  return grouped(
    personCallChoices(number, context),
    extensionActions.map((action) => choiceOf(action, context, number)),
  );
}
