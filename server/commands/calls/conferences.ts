import { originate } from '../../ami/actions';
import { confbridgeKick, confbridgeLock, confbridgeMute } from '../../ami/call-actions';
import { AmiRefusedError } from '../../ami/errors';
import type { PbxEvent } from '../../pbx/events';
import type { Failure } from '../../protocol/errors';
import type { NumberRules } from '../../protocol/number-rules';
import type { ConferenceRecord } from '../../protocol/records';
import type { Handler } from '../executor';
import { fail } from '../failures';
import type { ModelPort } from '../model-port';
import { nameOf } from './legs';
import { mustExist, whyNotDial } from './numbers';
import { contextOf, newUniqueid, phoneOf, ringInto } from './phones';
import { isFailure, planned } from './plan';

function findRoom(name: string, model: ModelPort): ConferenceRecord | Failure {
  const room = model.conference(name);
  if (room === undefined) return fail('notFound', `There is no conference ${name}.`, 'conference');
  return room.kind === 'confbridge' ? room : fail('conflict', 'The panel cannot lead MeetMe rooms.', 'conference');
}

/** ConfBridge knows participants by the names of their channels: the one that this Uniqueid has now. */
function findParticipant({ conference, uniqueid }: { conference: string; uniqueid: string }, model: ModelPort) {
  const room = findRoom(conference, model);
  if (isFailure(room)) return room;
  const leg = model.leg(uniqueid);
  if (leg !== undefined && room.participants.some((one) => one.uniqueid === uniqueid)) return leg;
  return fail('notFound', `This leg is not in conference ${conference}, or no longer.`, 'uniqueid');
}

/** `conference.mute {conference, uniqueid, on}`. */
export const muteHandler: Handler<'conference.mute'> = planned({
  target: ({ conference, uniqueid }) => `${uniqueid} in ${conference}`,
  plan: (params, _actor, model) => findParticipant(params, model),
  async act(leg, { ami }, { conference, on }) {
    await confbridgeMute(ami, conference, leg.channel.name, on);
    return { remark: `${nameOf(leg)} ${on ? 'muted' : 'unmuted'}` };
  },
});

/** `conference.kick {conference, uniqueid}`. */
export const kickHandler: Handler<'conference.kick'> = planned({
  target: ({ conference, uniqueid }) => `${uniqueid} in ${conference}`,
  plan: (params, _actor, model) => findParticipant(params, model),
  async act(leg, { ami }, { conference }) {
    await confbridgeKick(ami, conference, leg.channel.name);
    return { remark: nameOf(leg) };
  },
});

/** `conference.end {conference}`: everybody who is shown there is sent away, each by name. */
export const endHandler: Handler<'conference.end'> = planned({
  target: ({ conference }) => conference,
  plan: ({ conference }, _actor, model) => {
    const room = findRoom(conference, model);
    if (isFailure(room)) return room;
    const legs = room.participants.flatMap(({ uniqueid }) => model.leg(uniqueid) ?? []);
    return legs.length > 0 ? { legs } : fail('conflict', `Nobody is in conference ${conference}.`, 'conference');
  },
  async act({ legs }, { ami }, { conference }) {
    let gone = 0;
    // Not `all`, which takes along whoever comes in just now and was never shown to who asked for this.
    for (const { channel } of legs) {
      await confbridgeKick(ami, conference, channel.name).catch((error: unknown) => {
        if (!(error instanceof AmiRefusedError)) throw error;
        gone += 1;
      });
    }
    return { remark: `${legs.length - gone} sent away` };
  },
});

/** `conference.lock {conference, on}`. `note` is told of it, for ConfBridge tells nobody. */
export function lockHandler(note: (event: PbxEvent) => void): Handler<'conference.lock'> {
  return planned({
    target: ({ conference }) => conference,
    plan: ({ conference }, _actor, model) => findRoom(conference, model),
    async act({ name, kind }, { ami, now }, { on }) {
      await confbridgeLock(ami, name, on);
      note({ type: 'conference', at: now(), name, kind, locked: on });
      return { remark: on ? 'locked' : 'open' };
    },
  });
}

/** `conference.invite {conference, extension}`: the phone rings, or the number outside is called, and joins when it answers. */
export function inviteHandler(rules: () => NumberRules): Handler<'conference.invite'> {
  return planned({
    target: ({ conference, extension }) => `${extension} → ${conference}`,
    plan: ({ conference, extension }, actor, model) => {
      const room = findRoom(conference, model);
      if (isFailure(room)) return room;
      if (room.locked) return fail('conflict', `Conference ${conference} is locked.`, 'conference');
      if (model.extension(extension) !== undefined) {
        const phone = phoneOf(extension, model, actor);
        return isFailure(phone) ? phone : { phone, context: phone.context };
      }
      const objection = whyNotDial(extension, rules(), model, 'extension');
      return objection ?? { phone: null, context: contextOf(model.extension(actor.extension ?? '')) };
    },
    async act(plan, { ami, now }, { conference, extension }) {
      const into = { application: 'ConfBridge', data: conference };
      if (plan.phone !== null) {
        const uniqueid = await ringInto(ami, plan.phone, into, `Conference ${conference}`, now());
        return { remark: null, data: { uniqueid } };
      }
      await mustExist(ami, plan.context, extension);
      const uniqueid = newUniqueid(now());
      // Only a number that passed the rules comes here, and none of its characters divides a dial string.
      await originate(ami, {
        channel: `Local/${extension}@${plan.context}`,
        target: into,
        uniqueid,
        otherUniqueid: newUniqueid(now()),
      });
      return { remark: null, data: { uniqueid } };
    },
  });
}
