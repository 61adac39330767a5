import { expect } from 'vitest';
import {
  allOver,
  asking,
  askingAnswered,
  channelsOf,
  deskOf,
  hangUpCaller,
  noTransfer,
  people,
  reallyTogether,
  talkingAgain,
  transferIn,
} from './commands-desk';
import type { Case, Office } from './commands-office';
import { connect, free, talking } from './scenarios/scenario';

/** Blind transfers that come back or are taken back, and conferences made out of calls; 104 is the operator, 105 the caller. */

/** 105 talks to 104, who sends it on to `to`. */
async function sent(office: Office, to: string) {
  const desk = await deskOf(office);
  await connect(office.phones, '105', '104');
  const uniqueid = (await office.call('104', 'talking')).peer ?? expect.fail('nobody talks');
  await desk.done('call.transfer', { uniqueid, to, mode: 'blind' });
  await office.phones.quiet('104');
  return { desk, uniqueid };
}

/** What the ringing phone of 104 shows of who calls. */
async function shownAt104(office: Office): Promise<string> {
  const rows = await office.house.ami.list('CoreShowChannels');
  return rows.find((row) => row.get('Channel').startsWith('PJSIP/104-'))?.get('ConnectedLineName') ?? '';
}

const takenBack: Case = {
  title:
    'call.transfer blind, then call.transfer.cancel: the target rings no more, the caller is at the operator again',
  async run(office) {
    const { phones, check } = office;
    const { desk, uniqueid } = await sent(office, '103');
    await phones.ringing('103');
    expect(await transferIn(office, 'transferred')).toMatchObject({ mode: 'blind', extension: '104', reason: null });
    await desk.done('call.transfer.cancel', { uniqueid });
    await phones.quiet('103');
    await phones.ringing('104');
    await desk.done('call.transfer.cancel', { uniqueid });
    await phones.answer('104');
    await noTransfer(office);
    await check('back', talkingAgain);
    await hangUpCaller(office);
  },
};

const answered: Case = {
  title: 'call.transfer blind: answered, and it cannot be taken back',
  async run(office) {
    const { phones, check } = office;
    const { desk, uniqueid } = await sent(office, '103');
    await phones.answer('103', '105');
    await noTransfer(office);
    await check('talking', talking('105', '103'));
    await reallyTogether(office, '105', '103');
    const late = await desk.give('call.transfer.cancel', { uniqueid });
    expect(late).toMatchObject({ status: 404, body: { message: expect.stringContaining('no longer') } });
    await hangUpCaller(office);
  },
};

/** Nobody takes the caller, who rings at the operator again; the phone shows from whom. */
function comesBack(what: string, to: string, reason: RegExp, before: (office: Office) => Promise<void>): Case {
  return {
    title: `call.transfer blind: the target ${what}, and the caller comes back with the reason`,
    async run(office) {
      const { phones, check } = office;
      await before(office);
      await sent(office, to);
      const record = await transferIn(office, 'returned');
      expect(record.reason).toMatch(reason);
      await phones.ringing('104');
      expect(await shownAt104(office)).toMatch(/^Back from [\p{L} ]+: Émile Noël$/u);
      await phones.answer('104');
      await noTransfer(office);
      await check('back', {
        extensions: { '105': { talkingTo: ['104'] }, '104': { talkingTo: ['105'] } },
        channels: 2,
      });
      await hangUpCaller(office);
    },
  };
}

const returns = [
  comesBack('is busy', '103', /^Carla Souza \(103\) is busy$/, async ({ phones }) => phones.behave('103', 'busy')),
  comesBack('declines', '112', /^Liam Byrne \(112\) did not answer$/, async ({ phones }) =>
    phones.behave('112', 'decline'),
  ),
  comesBack('does not answer', '119', /^Sven Dahl \(119\) did not answer$/, async () => undefined),
  comesBack('is offline', '113', /^The phone of Mona Ali \(113\) is not connected$/, async (office) => {
    await office.phones.online('113', false);
    await office.check('offline', { extensions: { '113': { state: 'unavailable' } } });
  }),
];

const disturbed: Case = {
  title: 'call.transfer blind: the target wants no disturbance, and the caller comes back with the reason',
  async run(office) {
    await office.done('extension.dnd', { extension: '103', on: true });
    try {
      await comesBack(
        'has DND',
        '103',
        /^Carla Souza \(103\) does not want to be disturbed$/,
        async () => undefined,
      ).run(office);
    } finally {
      await office.done('extension.dnd', { extension: '103', on: false });
    }
  },
};

const intoQueue: Case = {
  title: 'call.transfer blind: into a queue, where the transfer is over and the caller waits as any other',
  async run(office) {
    const { check } = office;
    const patterns = [{ pattern: '_50X', class: 'internal' as const }];
    await office.withNumbers({ patterns }, async () => void (await sent(office, '502')));
    await check('waits', { queues: { billing: { callers: ['105'] } }, channels: 1 });
    await noTransfer(office);
    await hangUpCaller(office);
  },
};

const askOutside: Case = {
  title: 'call.transfer attended: somebody outside is asked, where the rules allow it, and gets the caller',
  async run(office) {
    const { check, phones } = office;
    const desk = await deskOf(office);
    await connect(phones, '105', '104');
    const uniqueid = (await office.call('104', 'talking')).peer ?? '';
    const ask = { uniqueid, to: '905551234', mode: 'attended' };
    expect(await desk.give('call.transfer', ask)).toMatchObject({ status: 400 });
    const patterns = [{ pattern: '_90X.', class: 'national' as const }];
    await office.withNumbers({ patterns, dialTo: ['internal', 'national'] }, () => desk.done('call.transfer', ask));
    await phones.answer('trunk');
    await transferIn(office, 'talking');
    await check('asking', { channels: 3, trunkLegs: 1, extensions: { '105': { state: 'onHold' } } });
    await desk.done('call.transfer.complete', { uniqueid });
    await phones.quiet('104');
    await check('outside', { channels: 2, trunkLegs: 1, extensions: { '104': { state: 'idle' } } });
    await hangUpCaller(office);
  },
};

const mailboxAnswers: Case = {
  title: 'call.transfer blind: the mailbox of the target answers, and the caller stays there',
  async run(office) {
    const { phones } = office;
    phones.behave('118', 'decline');
    await sent(office, '118');
    await noTransfer(office);
    await office.eventually('VoiceMail runs', async () => {
      const rows = await office.house.ami.list('CoreShowChannels');
      return rows.some((row) => row.get('Application') === 'VoiceMail');
    });
    expect((await channelsOf(office)).filter(({ name }) => name.startsWith('PJSIP/105-'))).toHaveLength(1);
    await hangUpCaller(office);
  },
};

const callerGivesUp: Case = {
  title: 'call.transfer blind: the caller hangs up meanwhile, and the target rings no more',
  async run(office) {
    const { phones } = office;
    await sent(office, '103');
    await phones.ringing('103');
    await phones.hangup('105');
    await phones.quiet('103');
    await allOver(office, ...people);
  },
};

const threeWay: Case = {
  title: 'conference.create, conference.end: operator, caller and who was asked meet in a room, and are sent away',
  async run(office) {
    const { check, phones } = office;
    const desk = await deskOf(office);
    const uniqueid = await askingAnswered(office, desk);
    await reallyTogether(office, '104', '103', '105');
    const target = (await transferIn(office, 'talking')).target ?? expect.fail('no target');
    await office.refused(
      'conference.create',
      { conference: '610', uniqueids: [uniqueid] },
      409,
      /transferring this call/,
    );
    const wrong = await desk.give('conference.create', { conference: '610', uniqueids: [uniqueid] });
    expect(wrong).toMatchObject({ status: 409, body: { message: expect.stringContaining('is no conference') } });
    await desk.done('conference.create', { conference: '800', uniqueids: [uniqueid, target] });
    await noTransfer(office);
    const room = [{ number: '103' }, { number: '104' }, { number: '105' }];
    await office.eventually('three in the room', async () => {
      const lists = office.panel.mirror.lists();
      return lists.conferences.find(({ name }) => name === '800')?.participants.length === room.length;
    });
    await check('three', { channels: 3, extensions: { '103': { state: 'inUse' }, '104': { state: 'inUse' } } });
    await desk.done('conference.end', { conference: '800' });
    for (const ext of people) await phones.quiet(ext);
    await check('ended', { ...free(...people), conferences: { '800': null } });
    await office.refused('conference.end', { conference: '800' }, 404, /no conference/);
    await allOver(office, ...people);
  },
};

const oneCall: Case = {
  title: 'conference.create: one call becomes a conference, the operator comes along',
  async run(office) {
    const { check } = office;
    const desk = await deskOf(office);
    await connect(office.phones, '105', '104');
    const uniqueid = (await office.call('104', 'talking')).peer ?? '';
    await desk.done('conference.create', { conference: '800', uniqueids: [uniqueid] });
    await check('two', {
      channels: 2,
      conferences: { '800': { participants: [{ number: '104' }, { number: '105' }] } },
    });
    await office.done('conference.end', { conference: '800' });
    await check('ended', { ...free('104', '105'), conferences: { '800': null } });
  },
};

const noRush: Case = {
  title: 'call.transfer attended: the target’s mailbox answers, the operator hears it and takes the caller back',
  async run(office) {
    const { check, phones } = office;
    phones.behave('118', 'decline');
    const desk = await deskOf(office);
    const uniqueid = await asking(office, desk, '118');
    expect(await transferIn(office, 'talking')).toMatchObject({ target: null });
    await desk.done('call.transfer.cancel', { uniqueid });
    await noTransfer(office);
    await check('back', talkingAgain);
    await hangUpCaller(office);
  },
};

export const blindTransfers: readonly Case[] = [
  answered,
  takenBack,
  ...returns,
  disturbed,
  intoQueue,
  askOutside,
  mailboxAnswers,
  callerGivesUp,
  noRush,
  threeWay,
  oneCall,
];
