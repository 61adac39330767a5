import type { Case } from './commands-office';
import { dids } from './people';
import { connect, free, talking } from './scenarios/scenario';

/** A call answered between two extensions is moved by `call.transfer`; both sides of it in turn. */
function blindTransfer(title: string, moved: '104' | '105', freed: '104' | '105'): Case {
  return {
    title: `call.transfer blind: ${title}`,
    async run(office) {
      const { phones, check } = office;
      await connect(phones, '104', '105');
      const uniqueid = await office.leg(moved, 'talking');
      await office.done('call.transfer', { uniqueid, to: '103', mode: 'blind' });
      await phones.ringing('103');
      await phones.quiet(freed);
      await check('rings', {
        extensions: { [moved]: { state: 'inUse' }, [freed]: { state: 'idle' }, '103': { state: 'ringing' } },
        channels: 2,
      });
      await phones.answer('103');
      await check('talking', { ...talking(moved, '103') });
      await office.done('call.hangup', { uniqueid });
      await check('over', free('103', '104', '105'));
      await office.refused('call.transfer', { uniqueid, to: '103', mode: 'blind' }, 404, /over/);
    },
  };
}

const deflect: Case = {
  title: 'call.transfer blind: before anybody answered, the caller goes on and never the phone that rings',
  async run(office) {
    const { phones, check } = office;
    await phones.dial('104', '105');
    await phones.ringing('105');
    const { uniqueid, peer } = await office.call('105', 'ringing');
    await office.refused('call.transfer', { uniqueid, to: '103', mode: 'blind' }, 409, /still rings/);
    await office.done('call.transfer', { uniqueid: peer, to: '103', mode: 'blind' });
    await phones.quiet('105');
    await phones.answer('103');
    await check('talking', talking('104', '103'));
    await phones.hangup('104');
    await check('over', free('103', '104', '105'));
  },
};

const waitingOnes: Case = {
  title: 'call.transfer blind: who is on hold, waits in a queue or is parked',
  async run(office) {
    const { phones, check } = office;
    const goesTo103 = async (state: 'onHold' | 'queued' | 'parked') => {
      const uniqueid = await office.leg('104', state);
      await office.done('call.transfer', { uniqueid, to: '103', mode: 'blind' });
      await phones.answer('103', '104');
      await check(`from ${state}`, {
        extensions: { '104': { talkingTo: ['103'] }, '103': { talkingTo: ['104'] }, '105': { state: 'idle' } },
        queues: { billing: { callers: [] } },
        parking: { default: [] },
        channels: 2,
      });
      await phones.hangup('104');
      await check('over', free('103', '104', '105'));
    };
    await connect(phones, '104', '105');
    await phones.hold('105');
    await goesTo103('onHold');
    await phones.dial('104', '502');
    await goesTo103('queued');
    await connect(phones, '104', '105');
    await office.done('call.park', { uniqueid: await office.leg('104', 'talking') });
    await goesTo103('parked');
  },
};

const queueByName: Case = {
  title: 'call.transfer blind: into a queue by its name, which the dialplan reaches at a number of its own',
  async run(office) {
    const { phones, check } = office;
    await connect(phones, '104', '105');
    const uniqueid = await office.leg('104', 'talking');
    await office.done('call.transfer', { uniqueid, to: 'billing', mode: 'blind' });
    await phones.quiet('105');
    await check('waits', { queues: { billing: { callers: ['104'] } }, extensions: { '105': { state: 'idle' } } });
    await phones.hangup('104');
    await check('over', { ...free('104', '105'), queues: { billing: { callers: [] } } });
  },
};

const voicemail: Case = {
  title: 'call.transfer voicemail: into the mailbox of somebody',
  async run(office) {
    const { phones, check } = office;
    await connect(phones, '104', '105');
    const uniqueid = await office.leg('104', 'talking');
    await office.refused('call.transfer', { uniqueid, to: '112', mode: 'voicemail' }, 409, /no mailbox/);
    await office.done('call.transfer', { uniqueid, to: '103', mode: 'voicemail' });
    await phones.quiet('105');
    await check('in voicemail', { calls: [{ from: '104', state: 'service' }], channels: 1 });
    await office.eventually('VoiceMail runs', async () =>
      (await office.applications('PJSIP/104')).includes('VoiceMail'),
    );
    await phones.hangup('104');
    await check('over', free('104', '105'));
  },
};

const external: Case = {
  title: 'call.transfer external: over the trunk, where the rules allow it; not where nothing is',
  async run(office) {
    const { phones, check } = office;
    await connect(phones, '104', '105');
    const uniqueid = await office.leg('104', 'talking');
    const transfer = { uniqueid, to: '905551234', mode: 'external' };
    await office.refused('call.transfer', transfer, 400, /does not allow/);
    const patterns = [
      { pattern: '_90X.', class: 'national' as const },
      { pattern: '_77', class: 'internal' as const },
    ];
    await office.withNumbers({ patterns, dialTo: ['internal', 'national'] }, async () => {
      await office.refused('call.transfer', { uniqueid, to: '77', mode: 'blind' }, 409, /nothing at 77/);
      await check('still talking', talking('104', '105'));
      await office.done('call.transfer', transfer);
    });
    await phones.answer('trunk');
    await check('outside', { extensions: { '105': { state: 'idle' } }, trunkLegs: 1, channels: 2 });
    await phones.hangup('104');
    await check('over', free('104', '105'));
  },
};

const pickup: Case = {
  title: 'call.pickup: a phone that rings, and a ring group by its caller',
  async run(office) {
    const { phones, check } = office;
    await phones.dial('104', '105');
    await phones.ringing('105');
    const { uniqueid, peer } = await office.call('105', 'ringing');
    await office.refused('call.pickup', { uniqueid: peer, extension: '104' }, 409, /is the caller/);
    await office.refused('call.pickup', { uniqueid, extension: '105' }, 409, /already/);
    await office.done('call.pickup', { uniqueid, extension: '103' });
    await phones.quiet('105');
    await phones.answer('103', '104');
    await check('picked up', talking('104', '103'));
    await office.refused('call.pickup', { uniqueid: peer, extension: '106' }, 409, /does not ring/);
    await phones.hangup('103');
    await check('over', free('103', '104', '105'));

    await phones.dial('101', '600');
    for (const ext of ['103', '104', '105']) await phones.ringing(ext);
    await office.done('call.pickup', { uniqueid: await office.leg('101', 'dialing'), extension: '106' });
    for (const ext of ['103', '104', '105']) await phones.quiet(ext);
    await phones.answer('106', '101');
    await check('out of the group', talking('101', '106'));
    await phones.hangup('101');
    await check('group over', free('101', '103', '104', '105', '106'));
  },
};

const takeFromQueue: Case = {
  title: 'queue.take: a caller from outside who waits, and rings at agents meanwhile',
  async run(office) {
    const { phones, check } = office;
    await phones.callIn('0301234567', 'Outside', dids.toQueue);
    await phones.ringing('106');
    await phones.ringing('107');
    await check('waits', { queues: { support: { callers: ['0301234567'] } } });
    const waiting = () => office.panel.mirror.lists().queues.find(({ name }) => name === 'support')?.callers[0];
    const uniqueid = waiting()?.uniqueid;
    await office.done('queue.take', { uniqueid, extension: '101' });
    await phones.quiet('106');
    await phones.quiet('107');
    await check('rings', { queues: { support: { callers: [] } }, extensions: { '101': { state: 'ringing' } } });
    await office.refused('queue.take', { uniqueid, extension: '102' }, 409, /waits in no queue/);
    await phones.answer('101', '0301234567');
    await check('talking', {
      extensions: { '101': { state: 'inUse', talkingTo: ['0301234567'] } },
      calls: [{ from: '0301234567', to: '101', state: 'talking' }],
      channels: 2,
    });
    await phones.hangup('101');
    await check('over', free('101', '106', '107'));
  },
};

const parkAndRetrieve: Case = {
  title: 'call.park, call.retrieve: each side of a call, and back at another phone',
  async run(office) {
    const { phones, check } = office;
    for (const [moved, operator] of [
      ['104', '105'],
      ['105', '104'],
    ] as const) {
      await connect(phones, '104', '105');
      await office.done('call.park', { uniqueid: await office.leg(moved, 'talking') });
      await phones.quiet(operator);
      await check('parked', { parking: { default: [{ space: '701', number: moved }] }, channels: 1 });
      await office.refused('call.retrieve', { lot: 'default', space: '702', extension: '103' }, 404, /No call/);
      await office.done('call.retrieve', { lot: 'default', space: '701', extension: '103' });
      await phones.answer('103');
      await check('retrieved', {
        parking: { default: [] },
        extensions: { '103': { talkingTo: [moved] }, [moved]: { talkingTo: ['103'] } },
        channels: 2,
      });
      await phones.hangup('103');
      await check('over', free('103', '104', '105'));
    }
  },
};

const parkedReturns: Case = {
  title: 'call.park: nobody retrieves it, and it rings the one who talked to it',
  async run(office) {
    const { phones, check } = office;
    await connect(phones, '104', '105');
    const uniqueid = await office.leg('104', 'talking');
    await office.refused('call.park', { uniqueid, lot: 'nowhere' }, 404, /no lot/);
    await office.done('call.park', { uniqueid, lot: 'short' });
    await phones.ringing('105');
    await phones.answer('105');
    await check('back', { extensions: { '104': { talkingTo: ['105'] }, '105': { talkingTo: ['104'] } }, channels: 2 });
    await phones.hangup('104');
    await check('over', free('104', '105'));
  },
};

export const moving: readonly Case[] = [
  blindTransfer('the caller goes on, who was called is free', '104', '105'),
  blindTransfer('who was called goes on, the caller is free', '105', '104'),
  deflect,
  waitingOnes,
  queueByName,
  voicemail,
  external,
  pickup,
  takeFromQueue,
  parkAndRetrieve,
  parkedReturns,
];
