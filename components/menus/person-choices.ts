import type { ActionContext } from '../actions/action';
import { consultTo, transferTo, voicemailTo } from '../actions/call-targets';
import { extensionActions } from '../actions/extension-actions';
import { consultMobile, transferToMobile, waysOutside } from '../actions/outside-ways';
import { dial, personCallActions } from '../actions/person-calls';
import { currentCallNow } from '../calls/use-my-calls';
import { type Choice, choiceOf, grouped } from './choices';

/** What can be done with a person's phone and calls: what one's own call can do there comes first. */
export function personCallChoices(number: string, context: ActionContext): readonly Choice[] {
  const { mirror, layout, me } = context;
  const call = currentCallNow(mirror);
  const asksFirst = layout.console.transfer === 'attended';
  const record = mirror.get('extensions', number);
  const ways = asksFirst ? [consultTo, transferTo] : [transferTo, consultTo];
  if (record?.kind !== 'ringGroup') ways.push(voicemailTo);
  if (record?.external)
    ways.push(...(asksFirst ? [consultMobile, transferToMobile] : [transferToMobile, consultMobile]));
  const transfers =
    call && number !== me?.extension ? ways.map((way) => choiceOf(way, context, { call, to: number })) : [];
  // What needs a call of theirs is not offered to somebody without one.
  const busy = (record?.calls.length ?? 0) > 0;
  const fitting = busy ? personCallActions : [dial];
  const calls = [...fitting, ...waysOutside(context, number)].map((action) => choiceOf(action, context, number));
  const own = number === me?.extension;
  return [...transfers, ...(own ? calls.filter(({ reason }) => reason === null) : calls)];
}

/** Everything that can be done to a tile. */
export function personChoices(number: string, context: ActionContext): readonly (readonly Choice[])[] {
  // A ring group has no state of its own that could be set.
  const group = context.mirror.get('extensions', number)?.kind === 'ringGroup';
  return grouped(
    personCallChoices(number, context),
    (group ? [] : extensionActions).map((action) => choiceOf(action, context, number)),
  );
}
