import { connect, free, nothingLeft, type Scenario } from './scenario';

export const serviceScenarios: readonly Scenario[] = [
  {
    name: 'queue-answered',
    title: 'a queue rings its members and one takes the call',
    async run({ phones, check }) {
      await phones.dial('103', '500');
      await phones.ringing('106');
      await phones.ringing('107');
      await check('waiting', {
        queues: {
          support: { callers: ['103'], members: { '106': { state: 'ringing' }, '107': { state: 'ringing' } } },
        },
        extensions: { '103': { state: 'inUse' }, '106': { state: 'ringing' }, '107': { state: 'ringing' } },
        channels: 3,
      });
      await phones.answer('106');
      await check('answered', {
        queues: { support: { callers: [], members: { '106': { state: 'inUse' }, '107': { state: 'idle' } } } },
        extensions: {
          '103': { talkingTo: ['106'] },
          '106': { state: 'inUse', talkingTo: ['103'] },
          '107': { state: 'idle' },
        },
        calls: [{ from: '103', queue: 'support', state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('103');
      await check('over', {
        ...free('103', '106', '107'),
        queues: { support: { callers: [], members: { '106': { state: 'idle' } } } },
      });
    },
  },
  {
    name: 'queue-local-member',
    title: 'a member behind a Local channel takes the call; StateInterface tells its state',
    async run({ phones, check }) {
      await phones.dial('103', '500');
      await phones.answer('107');
      await check('answered', {
        queues: { support: { callers: [], members: { '107': { state: 'inUse' }, '106': { state: 'idle' } } } },
        extensions: { '103': { talkingTo: ['107'] }, '107': { state: 'inUse', talkingTo: ['103'] } },
        calls: [{ from: '103', queue: 'support', state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('107');
      await check('over', free('103', '106', '107'));
    },
  },
  {
    name: 'queue-abandoned',
    title: 'two callers wait without agents; the first gives up',
    async run({ phones, check }) {
      await phones.dial('103', '502');
      await phones.connected('103');
      await check('one waits', { queues: { billing: { callers: ['103'] } }, channels: 1 });
      await phones.dial('104', '502');
      await phones.connected('104');
      await check('two wait', {
        queues: { billing: { callers: ['103', '104'] } },
        calls: [
          { from: '103', queue: 'billing', state: 'queued' },
          { from: '104', queue: 'billing', state: 'queued' },
        ],
        channels: 2,
      });
      await phones.hangup('103');
      await check('one left', { queues: { billing: { callers: ['104'] } }, channels: 1 });
      await phones.hangup('104');
      await check('over', { ...free('103', '104'), queues: { billing: { callers: [] } } });
    },
  },
  {
    name: 'queue-pause',
    title: 'a paused member is not called; the reason is seen',
    async run({ phones, outside, check }) {
      await outside.action('QueuePause', { Queue: 'support', Interface: 'PJSIP/106', Paused: 'true', Reason: 'Lunch' });
      await check('paused', { queues: { support: { members: { '106': { paused: true, reason: 'Lunch' } } } } });
      await phones.dial('104', '500');
      await phones.ringing('107');
      await check('only the other rings', {
        extensions: { '106': { state: 'idle' }, '107': { state: 'ringing' } },
        queues: { support: { callers: ['104'] } },
        channels: 2,
      });
      await phones.hangup('104');
      await outside.action('QueuePause', { Queue: 'support', Interface: 'PJSIP/106', Paused: 'false' });
      await check('over', {
        ...free('104', '107'),
        queues: { support: { callers: [], members: { '106': { paused: false } } } },
      });
    },
  },
  {
    name: 'queue-login',
    title: 'an agent logs in with a penalty, takes a waiting caller, logs out',
    async run({ phones, outside, check }) {
      await phones.dial('105', '502');
      await phones.connected('105');
      await outside.action('QueueAdd', {
        Queue: 'billing',
        Interface: 'PJSIP/110',
        MemberName: 'Jonas',
        Penalty: 2,
        StateInterface: 'PJSIP/110',
      });
      await phones.answer('110');
      await check('taken', {
        queues: { billing: { callers: [], members: { '110': { state: 'inUse', paused: false } } } },
        extensions: { '105': { talkingTo: ['110'] } },
        channels: 2,
      });
      await outside.action('QueueRemove', { Queue: 'billing', Interface: 'PJSIP/110' });
      await check('logged out while talking', { queues: { billing: { members: { '110': null } } }, channels: 2 });
      await phones.hangup('105');
      await check('over', { ...free('105', '110'), queues: { billing: { members: { '110': null } } } });
    },
  },
  {
    name: 'park-retrieve',
    title: 'park a caller and fetch the call at another phone',
    async run({ phones, check }) {
      await connect(phones, '101', '102');
      await phones.park('102');
      await check('parked', {
        parking: { default: [{ space: '701', number: '101' }] },
        extensions: { '101': { state: 'inUse', talkingTo: [] }, '102': { state: 'idle' } },
        calls: [{ from: '101', state: 'parked' }],
        channels: 1,
      });
      await phones.dial('108', '701');
      await phones.connected('108');
      await check('fetched', {
        parking: { default: [] },
        extensions: { '101': { talkingTo: ['108'] }, '108': { talkingTo: ['101'] } },
        calls: [{ state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('108');
      await check('over', { ...free('101', '102', '108'), parking: { default: [] } });
    },
  },
  {
    name: 'park-timeout',
    title: 'a parked call nobody fetches comes back to who parked it',
    async run({ phones, check }) {
      await connect(phones, '109', '111');
      await phones.park('111', '720');
      await check('parked', { parking: { short: [{ space: '721', number: '109' }] }, channels: 1 });
      await phones.ringing('111');
      await check('comes back', { parking: { short: [] }, extensions: { '111': { state: 'ringing' } }, channels: 2 });
      await phones.answer('111');
      await check('talking again', { extensions: { '109': { talkingTo: ['111'] } }, channels: 2 });
      await phones.hangup('109');
      await check('over', { ...free('109', '111'), parking: { short: [] } });
    },
  },
  {
    name: 'park-abandoned',
    title: 'a parked caller hangs up',
    async run({ phones, check }) {
      await connect(phones, '112', '113');
      await phones.park('113');
      await check('parked', { parking: { default: [{ number: '112' }] }, channels: 1 });
      await phones.hangup('112');
      await check('over', { ...free('112', '113'), parking: { default: [] } });
    },
  },
  {
    name: 'conference',
    title: 'join, speak, mute, leave',
    async run({ phones, outside, check }) {
      await phones.dial('114', '800');
      await phones.connected('114');
      await phones.dial('115', '801');
      await phones.connected('115');
      await phones.dial('116', '800');
      await phones.connected('116');
      const all = (muted: boolean) => [{ number: '114', muted }, { number: '115', muted: false }, { number: '116' }];
      await check('three in the room', {
        conferences: { '800': { participants: all(false), locked: false } },
        channels: 3,
      });
      await phones.speak('115');
      await phones.dtmf('114', '*1');
      await check('one muted itself', { conferences: { '800': { participants: all(true) } } });
      await outside.action('ConfbridgeUnmute', { Conference: '800', Channel: await outside.channelOf('114') });
      await check('unmuted', { conferences: { '800': { participants: all(false) } } });
      await outside.action('ConfbridgeKick', { Conference: '800', Channel: await outside.channelOf('116') });
      await phones.quiet('116');
      await check('one kicked out', {
        conferences: { '800': { participants: [{ number: '114' }, { number: '115' }], locked: false } },
        channels: 2,
      });
      await phones.hangup('114');
      await phones.hangup('115');
      await check('over', { ...free('114', '115', '116'), conferences: { '800': null } });
    },
  },
  {
    name: 'voicemail',
    title: 'an unanswered call leaves a message',
    async run({ phones, check }) {
      await phones.dial('112', '118');
      await phones.ringing('118');
      await phones.connected('112');
      await check('recording', { extensions: { '112': { state: 'inUse' }, '118': { state: 'idle' } }, channels: 1 });
      await phones.speak('112');
      await phones.leaveMessage('112');
      await check('message waits', { ...nothingLeft, extensions: { '118': { newMessages: 1 } } });
    },
  },
  {
    name: 'trunk-to-extension',
    title: 'a call from outside by its direct number',
    async run({ phones, check }) {
      await phones.callIn('0301234567', 'Müller, "Jo" & Söhne', '5550101');
      await phones.ringing('101');
      await check('ringing', {
        extensions: { '101': { state: 'ringing' } },
        calls: [{ from: '0301234567', to: '101', did: '5550101', state: 'ringing' }],
        trunkLegs: 1,
        channels: 2,
      });
      await phones.answer('101');
      await check('talking', {
        extensions: { '101': { state: 'inUse', talkingTo: ['0301234567'] } },
        calls: [{ from: '0301234567', to: '101', did: '5550101', state: 'talking' }],
        trunkLegs: 1,
      });
      await phones.hangupOutside('0301234567');
      await check('over', free('101'));
    },
  },
  {
    name: 'trunk-to-queue-transferred',
    title: 'queue and direct number stay known through a transfer',
    async run({ phones, check }) {
      await phones.callIn('004420555', "Dara O'Brien", '5550500');
      await phones.answer('106');
      await check('agent talks', {
        extensions: { '106': { talkingTo: ['004420555'] } },
        queues: { support: { callers: [] } },
        calls: [{ from: '004420555', queue: 'support', did: '5550500', state: 'talking' }],
        trunkLegs: 1,
        channels: 2,
      });
      await phones.blindTransfer('106', '114');
      await phones.answer('114');
      await check('passed on', {
        extensions: { '106': { state: 'idle' }, '114': { talkingTo: ['004420555'] } },
        calls: [{ from: '004420555', to: '114', queue: 'support', did: '5550500', state: 'talking' }],
        trunkLegs: 1,
        channels: 2,
      });
      await phones.hangup('114');
      await check('over', free('106', '107', '114'));
    },
  },
  {
    name: 'trunk-out',
    title: 'a call to the outside',
    async run({ phones, check }) {
      await phones.dial('117', '900441234');
      await phones.answer('trunk');
      await check('talking', {
        extensions: { '117': { state: 'inUse' } },
        calls: [{ from: '117', state: 'talking' }],
        trunkLegs: 1,
        channels: 2,
      });
      await phones.hangup('117');
      await check('over', free('117'));
    },
  },
];
