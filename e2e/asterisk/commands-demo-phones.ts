import { expect } from 'vitest';
import type { DemoHouse } from './commands-house';
import type { Case } from './commands-office';
import { free, talking } from './scenarios/scenario';

/** What commands-phones.ts proves with SIP phones, with the demo's own: 113 does as it is told, 114 does not. */
export function demoPhones(house: () => DemoHouse): readonly Case[] {
  const obedient: Case = {
    title: 'call.answer, call.hold: a phone that obeys',
    async run(office) {
      house().demo.engine.handsets.attend(() => new Set(['113']));
      const { phones, check } = office;
      await phones.dial('101', '113');
      const { uniqueid } = await office.call('113', 'ringing');
      expect(await office.done('call.answer', { uniqueid, extension: '113' })).toEqual({ ok: true });
      await check('talking', talking('101', '113'));
      expect(await office.done('call.hold', { uniqueid, extension: '113', on: true })).toEqual({ ok: true });
      await office.call('113', 'held');
      await office.call('101', 'onHold');
      expect(await office.done('call.hold', { uniqueid, extension: '113', on: false })).toEqual({ ok: true });
      await check('talking again', talking('101', '113'));
      await phones.hangup('101');
      await check('over', free('101', '113'));
    },
  };
  const deaf: Case = {
    title: 'call.answer: a phone that does not obey is told of in words',
    async run(office) {
      const { phones, check } = office;
      await phones.dial('101', '114');
      const { uniqueid } = await office.call('114', 'ringing');
      const { warning } = await office.done('call.answer', { uniqueid, extension: '114' });
      expect(warning).toMatch(/lift the handset/);
      await phones.answer('114');
      await check('by hand', talking('101', '114'));
      await phones.hangup('101');
      await check('over', free('101', '114'));
    },
  };
  const atOnce: Case = {
    title: 'call.dial: the operator’s own phone answers at once',
    async run(office) {
      house().demo.engine.handsets.attend(() => new Set(['113']));
      const operator = await office.operator('atonce', '113');
      expect(await operator('call.dial', { extension: '113', to: '101' })).toMatchObject({ status: 200 });
      await office.phones.connected('113');
      await office.phones.answer('101', '113');
      await office.check('talking', talking('113', '101'));
      await office.phones.hangup('101');
      await office.check('over', free('101', '113'));
    },
  };
  return [obedient, deaf, atOnce];
}
