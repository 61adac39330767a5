import { hangup, originate } from '../../ami/actions';
import type { NumberRules } from '../../protocol/number-rules';
import type { Handler } from '../executor';
import { callOver, nameOf } from './legs';
import { mustExist, whyNotDial } from './numbers';
import { displayName, newUniqueid, phoneOf } from './phones';
import { isFailure, planned, unlessGone } from './plan';

/** `call.hangup {uniqueid}`. `hangupself` is enough for a call in which one's own phone takes part. */
export const hangupHandler: Handler<'call.hangup'> = planned({
  target: ({ uniqueid }) => uniqueid,
  // Whatever a leg is doing, it can be ended.
  plan: ({ uniqueid }, _actor, model) => model.leg(uniqueid) ?? callOver,
  async act(leg, { ami }) {
    await unlessGone(hangup(ami, leg.channel.uniqueid));
    return { remark: nameOf(leg) };
  },
});

/** `call.dial {extension, to}`. The phone of `extension` rings with the name of whom it will call, then `to` is called. */
export function dialHandler(rules: () => NumberRules): Handler<'call.dial'> {
  return planned({
    target: ({ extension, to }) => `${extension} → ${to}`,
    plan: ({ extension, to }, actor, model) => {
      const phone = phoneOf(extension, model, actor);
      if (isFailure(phone)) return phone;
      return whyNotDial(to, rules(), model, 'to') ?? { phone, shown: model.callee(to)?.name ?? '' };
    },
    async act({ phone, shown }, { ami, now }, { to }) {
      await mustExist(ami, phone.context, to);
      const uniqueid = newUniqueid(now());
      await originate(ami, {
        channel: phone.device,
        target: { context: phone.context, exten: to },
        uniqueid,
        // The phone shows whom it will call, and they see who calls: CallerID would set both alike.
        variables: [
          ...phone.headers,
          `CALLERID(num)=${phone.number}`,
          `CALLERID(name)=${displayName(phone.name)}`,
          `CONNECTEDLINE(name,i)=${displayName(shown)}`,
          `CONNECTEDLINE(num,i)=${to}`,
        ],
      });
      return { remark: null, data: { uniqueid } };
    },
  });
}
