import { isPermissionDenied, isUnknownAction } from '../../ami/actions';
import { notifyPhone, type PhoneEvent } from '../../ami/phone-actions';
import type { CommandData } from '../../protocol/commands';
import type { Failure } from '../../protocol/errors';
import { answersOf, modelOf } from '../../protocol/phone-models';
import type { LineState } from '../../protocol/records';
import { unknownExtension } from '../availability';
import type { CommandContext, Handler } from '../executor';
import { fail } from '../failures';
import type { Leg, ModelPort } from '../model-port';
import { findLeg, nameOf } from './legs';
import { isFailure, planned, refuse, unlessGone } from './plan';

/** So long a phone has to do what it was told, looked at so often. */
const obeysWithinMs = 3_000;
const lookEveryMs = 50;

/** `call.answer {uniqueid, extension}`: the ringing phone answers by itself. `warning`: it did not. */
export function answerHandler(pause: (ms: number) => Promise<void>): Handler<'call.answer'> {
  return planned({
    target: ({ uniqueid, extension }) => `${uniqueid} at ${extension}`,
    plan: ({ uniqueid, extension }, _actor, model) => {
      const leg = phoneLeg(uniqueid, extension, model);
      if (isFailure(leg) || leg.state === 'ringing') return leg;
      return fail('conflict', `The phone of extension ${extension} does not ring with this call.`, 'uniqueid');
    },
    act: (leg, context) => tell(leg, 'talk', pause, context, 'The phone did not answer by itself: lift the handset.'),
  });
}

const holdable: readonly (LineState | null)[] = ['talking', 'onHold'];

/** `call.hold {uniqueid, extension, on}`: the phone puts its call on hold, or takes it back. `warning`: it did not. */
export function holdHandler(pause: (ms: number) => Promise<void>): Handler<'call.hold'> {
  return planned({
    target: ({ uniqueid, extension }) => `${uniqueid} at ${extension}`,
    plan: ({ uniqueid, extension, on }, _actor, model) => {
      const leg = phoneLeg(uniqueid, extension, model);
      if (isFailure(leg)) return leg;
      if (on && leg.state === 'held') return fail('conflict', 'The call is on hold already.', 'uniqueid');
      if (!on && leg.state !== 'held') return fail('conflict', 'The phone has not put this call on hold.', 'uniqueid');
      if (on && !holdable.includes(leg.state))
        return fail('conflict', `${capital(nameOf(leg))} does not talk.`, 'uniqueid');
      return leg;
    },
    act: (leg, context, { on }) => {
      const words = `The phone did not ${on ? 'hold the call' : 'take the call back'} by itself: use its own key.`;
      return tell(leg, on ? 'hold' : 'talk', pause, context, words);
    },
  });
}

/** The leg of this extension's own SIP phone, and one that obeys as far as is known. */
function phoneLeg(uniqueid: string, extension: string, model: ModelPort): Leg | Failure {
  const leg = findLeg(uniqueid, model);
  if (isFailure(leg)) return leg;
  const unknown = unknownExtension(extension, model);
  if (unknown !== null) return unknown;
  if (leg.channel.extension !== extension) {
    return fail('conflict', `This is not the leg of extension ${extension}, but of ${nameOf(leg)}.`, 'uniqueid');
  }
  if (!/^(?:PJSIP|SIP)\//.test(leg.channel.name)) {
    return fail('conflict', `The phone of extension ${extension} is no SIP phone; use the phone itself.`, 'extension');
  }
  const agents = model.agents(deviceOf(leg));
  if (answersOf(agents) !== 'no') return leg;
  const make = modelOf(agents.join(', '));
  return fail('conflict', `${make} does not obey the panel: use the phone itself.`, 'extension');
}

async function tell(
  leg: Leg,
  event: PhoneEvent,
  pause: (ms: number) => Promise<void>,
  { ami, model }: CommandContext,
  words: string,
): Promise<{ remark: string; data: CommandData }> {
  const { uniqueid } = leg.channel;
  try {
    await unlessGone(notifyPhone(ami, uniqueid, deviceOf(leg), event));
  } catch (error) {
    if (isUnknownAction(error))
      refuse(fail('conflict', 'The PBX has not loaded res_pjsip_notify.so (it needs a pjsip_notify.conf).'));
    if (isPermissionDenied(error)) refuse(fail('conflict', 'The AMI account lacks “system” in its write= line.'));
    throw error;
  }
  const obeyed = await changes(uniqueid, leg.state, model, pause);
  return { remark: `${nameOf(leg)}${obeyed ? '' : ', not obeyed'}`, data: obeyed ? {} : { warning: words } };
}

/** Whether the leg does something else before the time is over; a call that ended meanwhile needs no more words. */
async function changes(uniqueid: string, from: Leg['state'], model: ModelPort, pause: (ms: number) => Promise<void>) {
  for (let waited = 0; waited < obeysWithinMs; waited += lookEveryMs) {
    if (model.leg(uniqueid)?.state !== from) return true;
    await pause(lookEveryMs);
  }
  return model.leg(uniqueid)?.state !== from;
}

function deviceOf({ channel }: Leg): string {
  return channel.name.slice(0, channel.name.lastIndexOf('-'));
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
