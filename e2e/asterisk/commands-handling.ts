import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { savedRecording } from '../../server/protocol/recording';
import type { Case } from './commands-office';
import { connect, free, ringing, talking } from './scenarios/scenario';

/** Commands that begin or end a call, or do something to it where it is. */
const hangup: Case = {
  title: 'call.hangup: while it rings and while they talk; again is answered in words',
  async run(office) {
    const { phones, check } = office;
    await phones.dial('101', '102');
    await check('rings', ringing('101', '102'));
    const { uniqueid, peer } = await office.call('102', 'ringing');
    await office.done('call.hangup', { uniqueid: peer });
    await check('given up', free('101', '102'));
    await office.refused('call.hangup', { uniqueid }, 404, /over/);
    await connect(phones, '101', '102');
    await office.done('call.hangup', { uniqueid: await office.leg('102', 'talking') });
    await check('over', free('101', '102'));
  },
};

const dial: Case = {
  title: 'call.dial: one’s own phone rings first and shows the other; who is called sees the caller',
  async run(office) {
    const { phones, check } = office;
    const { uniqueid } = await office.done('call.dial', { extension: '101', to: '102' });
    await phones.answer('101', '102');
    expect(await office.leg('101', 'dialing')).toBe(uniqueid);
    await phones.answer('102', '101');
    await check('talking', talking('101', '102'));
    await phones.hangup('102');
    await check('over', free('101', '102'));
    await office.refused('call.dial', { extension: '101', to: '0900123456' }, 400, /does not allow/);
    await phones.online('111', false);
    await check('offline', { extensions: { '111': { state: 'unavailable' } } });
    await office.refused('call.dial', { extension: '111', to: '102' }, 409, /not connected/);
    await phones.online('111', true);
    await check('online', free('101', '102', '111'));
  },
};

const dtmf: Case = {
  title: 'call.dtmf: the phone of the leg hears the digits, in their order',
  async run(office) {
    const { phones, check } = office;
    await connect(phones, '101', '102');
    const { house } = office;
    await office.done('call.dtmf', { uniqueid: await office.leg('102', 'talking'), digits: '1*33#' });
    await expect.poll(() => house.heard('102'), { timeout: 5_000 }).toBe('1*33#');
    expect(house.heard('101')).toBe('');
    await check('still talking', talking('101', '102'));
    await phones.hangup('101');
    await check('over', free('101', '102'));
  },
};

const listen: Case = {
  title: 'call.listen: listen, whisper and barge from a third phone, over with the call',
  async run(office) {
    const { phones, check } = office;
    for (const mode of ['listen', 'whisper', 'barge']) {
      await connect(phones, '101', '102');
      const uniqueid = await office.leg('102', 'talking');
      await office.refused('call.listen', { uniqueid, extension: '101', mode }, 409, /takes part/);
      await office.done('call.listen', { uniqueid, extension: '103', mode });
      await phones.answer('103');
      await office.eventually('spies', async () => (await office.applications('PJSIP/103')).includes('ChanSpy'));
      await check('both talk, the third hears', {
        extensions: { '101': { talkingTo: ['102'] }, '102': { talkingTo: ['101'] }, '103': { talkingTo: [] } },
        channels: 3,
      });
      await phones.hangup('101');
      await phones.quiet('103');
      await check('over', free('101', '102', '103'));
    }
  },
};

const record: Case = {
  title: 'call.record: on and off, and never the PBX’s own recording',
  async run(office) {
    const { phones } = office;
    const { ami } = office.house;
    await connect(phones, '101', '102');
    const { uniqueid, peer } = await office.call('102', 'talking');
    const name = office.panel.mirror.lists().channels.find((one) => one.uniqueid === uniqueid)?.name ?? '';
    const monitors = () => office.house.recordings(name);
    const shown = () => office.panel.mirror.lists().calls.some(({ recording }) => recording);
    expect(shown()).toBe(false);
    await ami.action('MixMonitor', { Channel: name, File: 'own.wav' });
    await expect.poll(shown, { timeout: 5_000, message: 'the PBX’s own recording shows' }).toBe(true);
    await office.refused('call.record', { uniqueid, on: false }, 409, /does not record/);
    const { file } = await office.done('call.record', { uniqueid, on: true });
    expect(file).toBe(`cordboard-${String(file).slice(10, 25)}-101-102-none-admin-${uniqueid}.wav`);
    await office.eventually('two record', async () => (await monitors()) === 2);
    await office.refused('call.record', { uniqueid, on: true }, 409, /already/);
    await office.done('call.record', { uniqueid, on: false });
    await office.eventually('its own goes on', async () => (await monitors()) === 1);
    expect(shown()).toBe(true);
    await office.refused('call.record', { uniqueid, on: false }, 409, /does not record/);
    await office.done('call.hangup', { uniqueid: peer });
    await office.check('over', free('101', '102'));
    await office.refused('call.record', { uniqueid, on: true }, 404, /over/);
  },
};

const recordFolder: Case = {
  title: 'call.record: by a template with a folder, where the PBX keeps recordings',
  realOnly: true,
  async run(office) {
    const { phones, lab } = office;
    const where = '/api/v1/admin/recording';
    const { version, settings } = savedRecording.parse((await office.panel.request('GET', where)).body);
    const template = 'by-caller/{from}/{time}-{by}-{uniqueid}';
    const put = await office.panel.request('PUT', where, { version, settings: { template, format: 'gsm' } });
    expect(put).toMatchObject({ status: 200 });
    await connect(phones, '101', '102');
    const { uniqueid, peer } = await office.call('102', 'talking');
    const { file } = await office.done('call.record', { uniqueid, on: true });
    expect(file).toMatch(/^by-caller\/101\/\d{6}-admin-.+\.gsm$/);
    await phones.speak('101', '102');
    const kept = path.join(lab.pbx.instance.folder, 'spool/monitor', String(file));
    await expect.poll(() => existsSync(kept), { timeout: 10_000, message: kept }).toBe(true);
    await office.done('call.hangup', { uniqueid: peer });
    await office.check('over', free('101', '102'));
    await office.panel.request('PUT', where, { version: version + 1, settings });
  },
};

export const handling: readonly Case[] = [hangup, dial, dtmf, listen, record, recordFolder];
