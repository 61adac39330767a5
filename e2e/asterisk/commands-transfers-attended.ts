import { expect } from 'vitest';
import {
  allOver,
  asking,
  askingAnswered,
  channelsOf,
  type Desk,
  deskOf,
  hangUpCaller,
  noTransfer,
  people,
  reallyTogether,
  talkingAgain,
  transferIn,
} from './commands-desk';
import type { Case, Office } from './commands-office';
import { talking } from './scenarios/scenario';

const complete: Case = {
  title: 'call.transfer attended: ask, talk, complete',
  async run(office) {
    const { phones, check } = office;
    const desk = await deskOf(office);
    const uniqueid = await asking(office, desk);
    await phones.ringing('103');
    const ringing = await transferIn(office, 'ringing');
    expect(ringing).toMatchObject({
      mode: 'attended',
      uniqueid,
      extension: '104',
      to: { number: '103', name: 'Carla Souza' },
    });
    expect(ringing.party).toEqual({ number: '105', name: 'Émile Noël' });
    await check('asking', { extensions: { '105': { state: 'onHold' }, '103': { state: 'ringing' } }, channels: 3 });
    await phones.answer('103');
    const record = await transferIn(office, 'talking');
    expect(record).toMatchObject({
      own: await office.leg('104', 'talking'),
      target: await office.leg('103', 'talking'),
    });
    await check('talking', {
      extensions: { '104': { talkingTo: ['103'] }, '103': { talkingTo: ['104'] }, '105': { state: 'onHold' } },
      channels: 3,
    });
    await reallyTogether(office, '104', '103', '105');
    await desk.done('call.transfer.complete', { uniqueid });
    await phones.quiet('104');
    await noTransfer(office);
    await check('completed', talking('105', '103'));
    await reallyTogether(office, '105', '103');
    await hangUpCaller(office);
  },
};

const swap: Case = {
  title: 'call.transfer.swap: to the caller, to the one who was asked, again, and complete from there',
  async run(office) {
    const { check, phones } = office;
    const desk = await deskOf(office);
    const uniqueid = await askingAnswered(office, desk);
    await reallyTogether(office, '104', '103', '105');
    for (const [state, to, waits] of [
      ['swapped', '105', '103'],
      ['talking', '103', '105'],
      ['swapped', '105', '103'],
    ] as const) {
      await desk.done('call.transfer.swap', { uniqueid });
      await transferIn(office, state);
      await office.eventually(`with ${to}`, async () => {
        const channels = await channelsOf(office);
        const own = channels.find(({ name }) => name.startsWith('PJSIP/104-'))?.bridgeId;
        return own !== undefined && own !== '' && channels.filter(({ bridgeId }) => bridgeId === own).length === 2;
      });
      await check(`with ${to}`, {
        extensions: { '104': { talkingTo: [to] }, [to]: { talkingTo: ['104'] } },
        channels: 3,
      });
      await check(`${waits} waits`, { extensions: { [waits]: { state: 'onHold' } } });
    }
    await desk.done('call.transfer.complete', { uniqueid });
    await phones.quiet('104');
    await check('completed', {
      extensions: { '105': { talkingTo: ['103'] }, '103': { talkingTo: ['105'] } },
      channels: 2,
    });
    await hangUpCaller(office);
  },
};

const blonde: Case = {
  title: 'call.transfer.complete before the answer: the target rings on, and answers to the caller',
  async run(office) {
    const { check, phones } = office;
    const desk = await deskOf(office);
    const uniqueid = await asking(office, desk);
    await phones.ringing('103');
    await desk.done('call.transfer.complete', { uniqueid });
    await phones.quiet('104');
    expect(await transferIn(office, 'transferred')).toMatchObject({ uniqueid, reason: null });
    await check('rings on', { extensions: { '103': { state: 'ringing' }, '104': { state: 'idle' } }, channels: 2 });
    await phones.answer('103');
    await noTransfer(office);
    await check('talking', talking('105', '103'));
    await hangUpCaller(office);
  },
};

const blondeTakenBack: Case = {
  title: 'call.transfer.cancel of a completed transfer that still rings: the caller rings at the operator',
  async run(office) {
    const { phones } = office;
    const desk = await deskOf(office);
    const uniqueid = await asking(office, desk);
    await phones.ringing('103');
    await desk.done('call.transfer.complete', { uniqueid });
    await phones.quiet('104');
    await desk.done('call.transfer.cancel', { uniqueid });
    await phones.quiet('103');
    await transferIn(office, 'returned');
    await phones.answer('104');
    await noTransfer(office);
    await office.check('back', talkingAgain);
    await hangUpCaller(office);
  },
};

/** Cancel gives the caller back, whatever was reached. */
function cancelled(title: string, reach: (office: Office, desk: Desk) => Promise<string>): Case {
  return {
    title: `call.transfer.cancel ${title}`,
    async run(office) {
      const desk = await deskOf(office);
      const uniqueid = await reach(office, desk);
      await desk.done('call.transfer.cancel', { uniqueid });
      await office.phones.quiet('103');
      await noTransfer(office);
      await office.check('back', talkingAgain);
      await reallyTogether(office, '104', '105');
      const again = await desk.give('call.transfer.cancel', { uniqueid });
      expect(again).toMatchObject({ status: 404 });
      await hangUpCaller(office);
    },
  };
}

const cancels = [
  cancelled('while the target rings', async (office, desk) => {
    const uniqueid = await asking(office, desk);
    await office.phones.ringing('103');
    return uniqueid;
  }),
  cancelled('at once', (office, desk) => asking(office, desk)),
  cancelled('while they talk', (office, desk) => askingAnswered(office, desk)),
  cancelled('while swapped', async (office, desk) => {
    const uniqueid = await askingAnswered(office, desk);
    await desk.done('call.transfer.swap', { uniqueid });
    return uniqueid;
  }),
];

/** The target does not take it: the operator talks to the caller again, and is told why. */
function notTaken(what: string, to: string, reason: RegExp, before: (office: Office) => Promise<void>): Case {
  return {
    title: `call.transfer attended: the target ${what}, and the caller is back by itself`,
    async run(office) {
      const desk = await deskOf(office);
      const reasons = new Set<string>();
      const heard = setInterval(() => {
        for (const { reason: words } of office.panel.mirror.lists().transfers) if (words !== null) reasons.add(words);
      }, 2);
      try {
        await before(office);
        await asking(office, desk, to);
        await office.check('back', {
          extensions: { '105': { talkingTo: ['104'] }, '104': { talkingTo: ['105'] } },
          channels: 2,
        });
        await noTransfer(office);
        await reallyTogether(office, '104', '105');
      } finally {
        clearInterval(heard);
      }
      // The record with the reason may live for milliseconds; the browser keeps what it saw.
      expect([...reasons].join('; ')).toMatch(reason);
      await hangUpCaller(office);
    },
  };
}

const refusals = [
  notTaken('is busy', '103', /^Carla Souza \(103\) is busy$/, async ({ phones }) => phones.behave('103', 'busy')),
  notTaken('declines', '112', /^Liam Byrne \(112\) did not answer$/, async ({ phones }) =>
    phones.behave('112', 'decline'),
  ),
  notTaken('is offline', '113', /^The phone of Mona Ali \(113\) is not connected$/, async (office) => {
    await office.phones.online('113', false);
    await office.check('offline', { extensions: { '113': { state: 'unavailable' } } });
  }),
  notTaken('does not answer', '119', /^Sven Dahl \(119\) did not answer$/, async () => undefined),
];

const dnd: Case = {
  title: 'call.transfer attended: the target does not want to be disturbed, and the caller is back by itself',
  async run(office) {
    await office.done('extension.dnd', { extension: '103', on: true });
    try {
      await notTaken(
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

const targetHangsUp: Case = {
  title: 'call.transfer attended: who was asked hangs up, and the caller is back by itself',
  async run(office) {
    const desk = await deskOf(office);
    await askingAnswered(office, desk);
    await reallyTogether(office, '104', '103', '105');
    await office.phones.hangup('103');
    await noTransfer(office);
    await office.check('back', talkingAgain);
    await reallyTogether(office, '104', '105');
    await hangUpCaller(office);
  },
};

const onHook: Case = {
  title: 'call.transfer attended: the operator hangs up while talking, and the two are connected',
  async run(office) {
    const { phones, check } = office;
    const desk = await deskOf(office);
    await askingAnswered(office, desk);
    await reallyTogether(office, '104', '103', '105');
    await phones.hangup('104');
    await noTransfer(office);
    await check('completed', talking('105', '103'));
    await reallyTogether(office, '105', '103');
    await hangUpCaller(office);
  },
};

const onHookEarly: Case = {
  title: 'call.transfer attended: the operator hangs up while it rings, and the answer comes to the caller',
  async run(office) {
    const { phones, check } = office;
    const desk = await deskOf(office);
    await asking(office, desk);
    await phones.ringing('103');
    await phones.hangup('104');
    await transferIn(office, 'transferred');
    await phones.answer('103');
    await noTransfer(office);
    await check('talking', talking('105', '103'));
    await hangUpCaller(office);
  },
};

const callerLeaves: Case = {
  title: 'call.transfer attended: the caller hangs up while it rings, while they talk, and while swapped',
  async run(office) {
    const { phones, check } = office;
    const desk = await deskOf(office);
    await asking(office, desk);
    await phones.ringing('103');
    await phones.hangup('105');
    await phones.quiet('103');
    await allOver(office, ...people);

    await askingAnswered(office, desk);
    await reallyTogether(office, '104', '103', '105');
    await phones.hangup('105');
    await noTransfer(office);
    await check('they talk on', {
      extensions: { '104': { talkingTo: ['103'] }, '103': { talkingTo: ['104'] } },
      channels: 2,
    });
    await phones.hangup('103');
    await allOver(office, ...people);

    const uniqueid = await askingAnswered(office, desk);
    await desk.done('call.transfer.swap', { uniqueid });
    await reallyTogether(office, '104', '105', undefined);
    await phones.hangup('105');
    await noTransfer(office);
    await check('with who was asked', {
      extensions: { '104': { talkingTo: ['103'] }, '103': { talkingTo: ['104'] } },
      channels: 2,
    });
    await phones.hangup('104');
    await allOver(office, ...people);
  },
};

const twoOperators: Case = {
  title: 'call.transfer.*: another operator is told who has it; the same one in another window is not',
  async run(office) {
    const desk = await deskOf(office, '104', 'nora');
    const other = await deskOf(office, '106', 'otto');
    const uniqueid = await askingAnswered(office, desk);
    for (const name of ['call.transfer.complete', 'call.transfer.swap', 'call.transfer.cancel']) {
      const answer = await other.give(name, { uniqueid });
      expect(answer).toMatchObject({ status: 409, body: { message: 'nora is transferring this call.' } });
    }
    const anew = await other.give('call.transfer', { uniqueid, to: '106', mode: 'blind' });
    expect(anew).toMatchObject({ status: 409, body: { message: 'nora is transferring this call.' } });
    const both = await Promise.all([
      desk.give('call.transfer.complete', { uniqueid }),
      desk.give('call.transfer.complete', { uniqueid }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    await office.phones.quiet('104');
    await office.check('completed', talking('105', '103'));
    await hangUpCaller(office);
  },
};

export const attendedTransfers: readonly Case[] = [
  complete,
  swap,
  blonde,
  blondeTakenBack,
  ...cancels,
  ...refusals,
  dnd,
  targetHangsUp,
  onHook,
  onHookEarly,
  callerLeaves,
  twoOperators,
];
