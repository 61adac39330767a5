import { expect } from 'vitest';
import {
  asking,
  askingAnswered,
  deskOf,
  hangUpCaller,
  noTransfer,
  reallyTogether,
  talkingAgain,
  transferIn,
} from './commands-desk';
import { type Case, Office } from './commands-office';
import { Panel } from './panel';
import { connect, talking } from './scenarios/scenario';

/** What a transfer leans on: a place in the dialplan to wait, and a panel that lives. */

/** A panel of its own on the same PBX: what a dialplan has is asked once per connection. */
async function withPanel(office: Office, work: (own: Office) => Promise<void>): Promise<void> {
  const panel = await Panel.start({ amiUrl: office.lab.pbx.amiUrl('panel') });
  try {
    await work(new Office(office.house, panel));
  } finally {
    await panel.stop();
  }
}

async function without(
  office: Office,
  contexts: readonly string[],
  work: (own: Office) => Promise<void>,
): Promise<void> {
  const { instance } = office.lab.pbx;
  try {
    for (const context of contexts) await instance.cli(`dialplan remove context ${context}`);
    await withPanel(office, work);
  } finally {
    await instance.cli('dialplan reload');
  }
}

const freepbx: Case = {
  title: 'call.transfer attended on FreePBX as it is: swap, complete, the target hangs up, the operator hangs up',
  realOnly: true,
  async run(outer) {
    await without(outer, ['cordboard-hold'], async (office) => {
      const { check, phones } = office;
      const desk = await deskOf(office);
      const uniqueid = await askingAnswered(office, desk);
      await reallyTogether(office, '104', '103', '105');
      await desk.done('call.transfer.swap', { uniqueid });
      await reallyTogether(office, '104', '105');
      await desk.done('call.transfer.swap', { uniqueid });
      await reallyTogether(office, '104', '103', '105');
      await desk.done('call.transfer.complete', { uniqueid });
      await phones.quiet('104');
      await check('completed', talking('105', '103'));
      await hangUpCaller(office);

      // The dialplan drops the operator's phone with the target: the caller rings there again.
      await askingAnswered(office, desk);
      await reallyTogether(office, '104', '103', '105');
      await phones.hangup('103');
      expect((await transferIn(office, 'returned')).reason).toBe('Carla Souza (103) hung up');
      await phones.answer('104');
      await noTransfer(office);
      await check('back', talkingAgain);
      await hangUpCaller(office);

      await askingAnswered(office, desk);
      await reallyTogether(office, '104', '103', '105');
      await phones.hangup('104');
      await transferIn(office, 'returned');
      await phones.answer('104');
      await check('back again', talkingAgain);
      await hangUpCaller(office);
    });
  },
};

const nowhere: Case = {
  title: 'call.transfer where the dialplan has no place to wait: attended is refused in words, blind goes as ever',
  realOnly: true,
  async run(outer) {
    await without(outer, ['cordboard-hold', 'app-blackhole'], async (office) => {
      const { check, phones } = office;
      const desk = await deskOf(office);
      await connect(phones, '105', '104');
      const uniqueid = (await office.call('104', 'talking')).peer ?? '';
      const refused = await desk.give('call.transfer', { uniqueid, to: '103', mode: 'attended' });
      expect(refused).toMatchObject({ status: 409, body: { message: expect.stringContaining('docs/transfer.md') } });
      await check('untouched', talking('105', '104'));
      await desk.done('call.transfer', { uniqueid, to: '103', mode: 'blind' });
      await transferIn(office, 'transferred');
      await phones.ringing('103');
      await desk.done('call.transfer.cancel', { uniqueid });
      await phones.quiet('103');
      await phones.answer('104');
      await noTransfer(office);
      await check('taken back', talkingAgain);
      await hangUpCaller(office);

      // The dialplan plays the busy tone to the caller, who is fetched out of it.
      await office.done('extension.dnd', { extension: '103', on: true });
      await connect(phones, '105', '104');
      const again = (await office.call('104', 'talking')).peer ?? '';
      await desk.done('call.transfer', { uniqueid: again, to: '103', mode: 'blind' });
      expect((await transferIn(office, 'returned')).reason).toBe('Carla Souza (103) does not want to be disturbed');
      await office.done('extension.dnd', { extension: '103', on: false });
      await phones.answer('104');
      await check('back out of the busy tone', talkingAgain);
      await hangUpCaller(office);
    });
  },
};

const restarted: Case = {
  title: 'call.transfer attended, and the panel dies: the next one sends the caller back to the operator',
  realOnly: true,
  async run(outer) {
    await withPanel(outer, async (office) => {
      const { panel, phones, check } = office;
      const desk = await deskOf(office);
      await asking(office, desk);
      await phones.ringing('103');
      await panel.kill();
      await panel.launch();
      await phones.quiet('103');
      await phones.answer('104');
      await check('back', talkingAgain);
      await noTransfer(office);
      await hangUpCaller(office);
    });
  },
};

export const placeTransfers: readonly Case[] = [freepbx, nowhere, restarted];
