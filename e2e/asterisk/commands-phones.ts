import { expect } from 'vitest';
import type { Case, Office } from './commands-office';
import { phoneSecret } from './people';
import { free, talking } from './scenarios/scenario';
import { header } from './sip-message';
import { SipPhone, type SipPhoneOptions } from './sip-phone';

const yealink = 'Yealink SIP-T46U 108.86.0.20';

/** A phone of this make in the place of the farm's own, for the time of `work`. */
async function withPhone(
  office: Office,
  options: Pick<SipPhoneOptions, 'number' | 'userAgent' | 'obeys'>,
  work: (phone: SipPhone) => Promise<void>,
): Promise<void> {
  const { phones, lab, panel } = office;
  const { number, userAgent } = options;
  const { ports } = lab.pbx;
  await phones.online(number, false);
  const pbxPort = number.length > 3 ? ports.chanSip : ports.sip;
  const phone = await SipPhone.register({ ...options, secret: phoneSecret(number), pbxPort });
  try {
    const known = () => panel.mirror.lists().extensions.find((one) => one.number === number);
    await expect.poll(() => known()?.phone.model, { timeout: 5_000 }).toBe(userAgent);
    await expect.poll(() => known()?.state, { timeout: 5_000 }).toBe('idle');
    await work(phone);
  } finally {
    await phone.stop();
    await phones.online(number, true);
  }
}

function obedient(number: string): Case {
  return {
    title: `call.answer, call.hold at ${number}: the phone answers, holds and takes back by SIP NOTIFY in its call`,
    async run(office) {
      const { phones, check } = office;
      await withPhone(office, { number, userAgent: yealink, obeys: true }, async (phone) => {
        await phones.dial('101', number);
        const { uniqueid, peer } = await office.call(number, 'ringing');
        await office.refused('call.hold', { uniqueid, extension: number }, 409, /does not talk/);
        await office.refused('call.answer', { uniqueid: peer, extension: number }, 409, /not the leg of/);
        const answered = await office.done('call.answer', { uniqueid, extension: number });
        expect(answered).toEqual({ ok: true });
        await check('talking', talking('101', number));
        await office.refused('call.answer', { uniqueid, extension: number }, 409, /does not ring/);
        expect(await office.done('call.hold', { uniqueid, extension: number })).toEqual({ ok: true });
        await office.call(number, 'held');
        await office.call('101', 'onHold');
        await office.refused('call.hold', { uniqueid, extension: number, on: true }, 409, /already/);
        expect(await office.done('call.hold', { uniqueid, extension: number, on: false })).toEqual({ ok: true });
        await check('talking again', talking('101', number));
        expect(phone.told.map((notify) => header(notify, 'Event'))).toEqual(['talk', 'hold', 'talk']);
        await phones.hangup('101');
        await check('over', free('101', number));
        await office.refused('call.answer', { uniqueid, extension: number }, 404, /over/);
      });
    },
  };
}

function deaf(number: string): Case {
  return {
    title: `call.answer at ${number}, not obeyed: told in words, and answered by hand`,
    async run(office) {
      const { phones, check } = office;
      await withPhone(office, { number, userAgent: 'Unheard-of Phone 1.0', obeys: false }, async (phone) => {
        await phones.dial('101', number);
        const { uniqueid } = await office.call(number, 'ringing');
        const answered = await office.done('call.answer', { uniqueid, extension: number });
        expect(answered.warning).toMatch(/lift the handset/);
        expect(phone.state).toBe('ringing');
        phone.answer();
        await check('talking', talking('101', number));
        const held = await office.done('call.hold', { uniqueid, extension: number });
        expect(held.warning).toMatch(/did not hold/);
        await check('still talking', talking('101', number));
        await phones.hangup('101');
        await check('over', free('101', number));
      });
    },
  };
}

function autoAnswer(number: string): Case {
  return {
    title: `call.dial at ${number}: the operator’s own phone is asked to answer at once, and nobody else’s`,
    async run(office) {
      const { phones, check } = office;
      const operator = await office.operator(`auto${number}`, number);
      await withPhone(office, { number, userAgent: yealink, obeys: true }, async (phone) => {
        expect(await operator('call.dial', { extension: number, to: '102' })).toMatchObject({ status: 200 });
        await expect.poll(() => phone.state, { timeout: 5_000 }).toBe('ringing');
        const own = phone.invites.at(-1) ?? expect.fail('no INVITE');
        expect(header(own, 'Call-Info')).toMatch(/;answer-after=0$/);
        expect(header(own, 'Alert-Info')).toMatch(/;info=alert-autoanswer;delay=0$/);
        await phone.hangUp();
        await check('given up', free('102', number));
        await phones.dial('102', number);
        await expect.poll(() => phone.invites.length, { timeout: 5_000 }).toBe(2);
        await phones.hangup('102');
        await check('over', free('102', number));
        await office.done('call.dial', { extension: number, to: '102' });
        await expect.poll(() => phone.invites.length, { timeout: 5_000 }).toBe(3);
        for (const other of phone.invites.slice(1)) {
          expect(header(other, 'Call-Info') + header(other, 'Alert-Info')).toBe('');
        }
        await phone.hangUp();
        await check('over as well', free('102', number));
      });
    },
  };
}

/** On the phone that an extension has on this Asterisk: chan_sip (1001) ended with 20. */
export function phones(version: 16 | 22): readonly Case[] {
  const numbers = version === 16 ? ['113', '1001'] : ['113'];
  return numbers.flatMap((number) => [obedient(number), deaf(number), autoAnswer(number)]);
}
