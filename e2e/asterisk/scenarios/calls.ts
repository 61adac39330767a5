import { connect, free, ringing, type Scenario, talking } from './scenario';

export const callScenarios: readonly Scenario[] = [
  {
    name: 'basic-call',
    title: 'a call rings, is answered and ends',
    async run({ phones, check }) {
      await phones.dial('101', '102');
      await phones.ringing('102');
      await check('ringing', ringing('101', '102'));
      await phones.answer('102');
      await check('talking', talking('101', '102'));
      await phones.hangup('101');
      await check('over', free('101', '102'));
    },
  },
  {
    name: 'caller-gives-up',
    title: 'the caller hangs up while the phone rings',
    async run({ phones, check }) {
      await phones.dial('103', '104');
      await phones.ringing('104');
      await check('ringing', ringing('103', '104'));
      await phones.hangup('103');
      await check('over', free('103', '104'));
    },
  },
  {
    name: 'busy',
    title: 'a busy phone, and one that rejects while it rings',
    async run({ phones, check }) {
      phones.behave('112', 'busy');
      await phones.dial('111', '112');
      await phones.quiet('111');
      await check('busy at once', free('111', '112'));
      phones.behave('112', 'ring');
      await phones.dial('111', '112');
      await phones.ringing('112');
      await check('ringing', ringing('111', '112'));
      await phones.reject('112');
      await phones.quiet('111');
      await check('rejected', free('111', '112'));
    },
  },
  {
    name: 'unanswered',
    title: 'nobody answers and the PBX gives up',
    async run({ phones, check }) {
      await phones.dial('111', '119');
      await phones.ringing('119');
      await check('ringing', ringing('111', '119'));
      await phones.quiet('119');
      await phones.quiet('111');
      await check('over', free('111', '119'));
    },
  },
  {
    name: 'two-calls-one-extension',
    title: 'a second call rings at a talking phone; the first is put on hold',
    async run({ phones, check }) {
      await connect(phones, '101', '102');
      await phones.dial('103', '102');
      await phones.ringing('102', '103');
      await check('second rings', {
        extensions: { '102': { state: 'ringInUse', talkingTo: ['101'] }, '103': { state: 'inUse' } },
        calls: [
          { from: '101', to: '102', state: 'talking' },
          { from: '103', to: '102', state: 'ringing' },
        ],
        channels: 4,
      });
      await phones.hold('102', '101');
      await phones.answer('102', '103');
      await check('first held, second talking', {
        extensions: {
          '102': { talkingTo: ['101', '103'], lines: ['held', 'talking'] },
          '101': { talkingTo: ['102'], lines: ['onHold'] },
          '103': { talkingTo: ['102'], lines: ['talking'] },
        },
        calls: [
          { from: '101', to: '102', state: 'onHold' },
          { from: '103', to: '102', state: 'talking' },
        ],
        channels: 4,
      });
      await phones.hangup('103');
      await phones.unhold('102', '101');
      await check('first again', { ...talking('101', '102'), channels: 2 });
      await phones.hangup('102');
      await check('over', free('101', '102', '103'));
    },
  },
  {
    name: 'hold',
    // chan_pjsip calls the phone that was put on hold ONHOLD, not the one that did it; the Hold event names the latter.
    title: 'hold and take back, from either side',
    async run({ phones, check }) {
      await connect(phones, '105', '106');
      await phones.hold('106');
      await check('held by the called one', {
        extensions: {
          '106': { state: 'inUse', talkingTo: ['105'], lines: ['held'] },
          '105': { state: 'onHold', talkingTo: ['106'], lines: ['onHold'] },
        },
        calls: [{ from: '105', to: '106', state: 'onHold' }],
        channels: 2,
      });
      await phones.unhold('106');
      await check('back', talking('105', '106'));
      await phones.hold('105');
      await check('held by the caller', {
        extensions: { '105': { state: 'inUse', lines: ['held'] }, '106': { state: 'onHold', lines: ['onHold'] } },
        calls: [{ from: '105', to: '106', state: 'onHold' }],
      });
      await phones.hangup('106');
      await check('over', free('105', '106'));
    },
  },
  {
    name: 'service-call',
    title: 'a call to an application, with digits',
    async run({ phones, check }) {
      await phones.dial('113', '610');
      await phones.connected('113');
      await check('echo', {
        extensions: { '113': { state: 'inUse', talkingTo: [] } },
        calls: [{ from: '113', to: '610', state: 'service' }],
        channels: 1,
      });
      await phones.dtmf('113', '12#');
      await phones.hangup('113');
      await check('over', free('113'));
    },
  },
  {
    name: 'local-optimised',
    title: 'a Local channel between two phones disappears after the answer',
    async run({ phones, check }) {
      await phones.dial('109', '650');
      await phones.ringing('110');
      await check('ringing', { extensions: { '110': { state: 'ringing' }, '109': { state: 'inUse' } }, channels: 2 });
      await phones.answer('110');
      await check('talking', {
        extensions: { '109': { state: 'inUse', talkingTo: ['110'] }, '110': { state: 'inUse', talkingTo: ['109'] } },
        calls: [{ from: '109', state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('110');
      await check('over', free('109', '110'));
    },
  },
  {
    name: 'local-kept',
    title: 'a Local channel that stays between two phones is never shown',
    async run({ phones, check }) {
      await phones.dial('112', '651');
      await phones.answer('111');
      await check('talking', {
        extensions: { '111': { state: 'inUse', talkingTo: ['112'] }, '112': { state: 'inUse', talkingTo: ['111'] } },
        calls: [{ from: '112', state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('112');
      await check('over', free('111', '112'));
    },
  },
  {
    name: 'ring-group',
    title: 'a group rings, one answers, the others stop',
    async run({ phones, check }) {
      await phones.dial('101', '600');
      for (const ext of ['103', '104', '105']) await phones.ringing(ext);
      await check('all ring', {
        extensions: {
          '101': { state: 'inUse' },
          '103': { state: 'ringing' },
          '104': { state: 'ringing' },
          '105': { state: 'ringing' },
        },
        channels: 4,
      });
      await phones.answer('104');
      await check('one talks', {
        extensions: {
          '101': { state: 'inUse', talkingTo: ['104'] },
          '104': { state: 'inUse', talkingTo: ['101'] },
          '103': { state: 'idle', talkingTo: [] },
          '105': { state: 'idle', talkingTo: [] },
        },
        calls: [{ from: '101', state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('104');
      await check('over', free('101', '103', '104', '105'));
    },
  },
  {
    name: 'pickup-group',
    title: '*8 takes the ringing call of a colleague',
    async run({ phones, check }) {
      await phones.dial('101', '102');
      await phones.ringing('102');
      await phones.dial('107', '*8');
      await phones.connected('107');
      await check('picked up', {
        extensions: {
          '101': { state: 'inUse', talkingTo: ['107'] },
          '107': { state: 'inUse', talkingTo: ['101'] },
          '102': { state: 'idle', talkingTo: [] },
        },
        calls: [{ from: '101', state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('101');
      await check('over', free('101', '102', '107'));
    },
  },
  {
    name: 'pickup-directed',
    title: '**120 takes the call that rings at 120, from outside the pickup group',
    async run({ phones, check }) {
      await phones.dial('101', '120');
      await phones.ringing('120');
      await phones.dial('115', '**120');
      await phones.connected('115');
      await check('picked up', {
        extensions: { '115': { state: 'inUse', talkingTo: ['101'] }, '120': { state: 'idle', talkingTo: [] } },
        calls: [{ from: '101', state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('115');
      await check('over', free('101', '115', '120'));
    },
  },
  {
    name: 'chan-sip',
    title: 'phones of chan_sip (SIP/1000) call each other and a PJSIP phone',
    realOnly: true,
    onlyVersion: 16,
    async run({ phones, check }) {
      await phones.dial('1000', '1001');
      await phones.ringing('1001');
      await check('ringing', ringing('1000', '1001'));
      await phones.answer('1001');
      await check('talking', talking('1000', '1001'));
      await phones.blindTransfer('1001', '102');
      await phones.answer('102');
      await check('passed on', {
        extensions: {
          '1000': { state: 'inUse', talkingTo: ['102'] },
          '1001': { state: 'idle' },
          '102': { talkingTo: ['1000'] },
        },
        calls: [{ from: '1000', to: '102', state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('1000');
      await check('over', free('1000', '1001', '102'));
    },
  },
];
