import { park } from '../../ami/call-actions';
import type { Handler } from '../executor';
import { fail } from '../failures';
import type { Claims } from './claims';
import { callOver, movableLeg, nameOf } from './legs';
import { phoneOf, ringInto } from './phones';
import { isFailure, planned, unlessGone } from './plan';
import type { Transfers } from './transfers';

/**
 * `call.park {uniqueid, lot?}`: the other party hears the space, and is called when nobody retrieves the call in time. 409: a
 * leg that cannot be parked, or one that another operator is transferring.
 */
export function parkHandler(transfers: Transfers): Handler<'call.park'> {
  return planned({
    target: ({ uniqueid }) => uniqueid,
    plan: ({ uniqueid, lot }, actor, model) => {
      if (model.leg(uniqueid) === undefined) return callOver;
      const running = transfers.of(uniqueid);
      const taken = running === undefined ? null : transfers.whyNot(running, actor);
      if (taken !== null) return taken;
      const leg = movableLeg(uniqueid, ['talking', 'held', 'onHold'], actor, model);
      if (isFailure(leg)) return leg;
      if (lot !== undefined && model.lot(lot) === undefined) return fail('notFound', `There is no lot ${lot}.`, 'lot');
      const [other, ...more] = leg.peers;
      // Asterisk rings what stands before the last dash of this text, so that a Uniqueid would lose the caller.
      const returnTo = other === undefined || more.length > 0 ? undefined : model.leg(other)?.channel.name;
      return { leg, returnTo };
    },
    async act({ leg, returnTo }, { ami }, { lot }) {
      await unlessGone(park(ami, leg.channel.uniqueid, returnTo, lot));
      return { remark: `${nameOf(leg)}${lot === undefined ? '' : ` in ${lot}`}` };
    },
  });
}

/** `call.retrieve {lot, space, extension}`: the phone rings, and is connected with the parked call when it answers. */
export function retrieveHandler(claims: Claims): Handler<'call.retrieve'> {
  return planned({
    target: ({ lot, space, extension }) => `${lot}/${space} → ${extension}`,
    plan: ({ lot, space, extension }, actor, model) => {
      const slot = model.lot(lot)?.slots.find((one) => one.space === space);
      if (slot === undefined) return fail('notFound', `No call is parked at ${space} in ${lot}.`, 'space');
      const phone = phoneOf(extension, model, actor);
      return isFailure(phone) ? phone : { phone, slot };
    },
    act: async ({ phone, slot }, { ami, actor, now }, { lot, space }) => {
      const data = `${lot},${space}`;
      const uniqueid = await claims.during(slot.uniqueid, actor, now(), () =>
        ringInto(ami, phone, { application: 'ParkedCall', data }, slot.name || slot.number, now()),
      );
      return { remark: slot.number, data: { uniqueid } };
    },
  });
}
