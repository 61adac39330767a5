import { connect, free, type Scenario, talking } from './scenario';

export const transferScenarios: readonly Scenario[] = [
  {
    name: 'blind-transfer',
    title: 'the called one sends the caller on (SIP REFER)',
    async run({ phones, check }) {
      await connect(phones, '101', '102');
      await phones.blindTransfer('102', '103');
      await phones.ringing('103');
      await check('target rings', {
        extensions: { '101': { state: 'inUse' }, '102': { state: 'idle', talkingTo: [] }, '103': { state: 'ringing' } },
        channels: 2,
      });
      await phones.answer('103');
      await check('talking', {
        extensions: { '101': { state: 'inUse', talkingTo: ['103'] }, '103': { state: 'inUse', talkingTo: ['101'] } },
        calls: [{ from: '101', to: '103', state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('101');
      await check('over', free('101', '102', '103'));
    },
  },
  {
    name: 'blind-transfer-by-caller',
    title: 'the caller sends the called one on',
    async run({ phones, check }) {
      await connect(phones, '104', '105');
      await phones.blindTransfer('104', '106');
      await phones.answer('106');
      await check('talking', {
        extensions: { '104': { state: 'idle' }, '105': { talkingTo: ['106'] }, '106': { talkingTo: ['105'] } },
        channels: 2,
      });
      await phones.hangup('106');
      await check('over', free('104', '105', '106'));
    },
  },
  {
    name: 'attended-transfer',
    title: 'ask first, then hand over',
    async run({ phones, check }) {
      await connect(phones, '101', '102');
      await phones.attendedTransfer('102', '104');
      await phones.ringing('104');
      await check('consulting', {
        extensions: { '101': { state: 'onHold' }, '102': { state: 'inUse' }, '104': { state: 'ringing' } },
        channels: 3,
      });
      await phones.answer('104');
      await check('asking', {
        extensions: { '102': { talkingTo: ['104'] }, '104': { talkingTo: ['102'] } },
        channels: 3,
      });
      await phones.completeTransfer('102');
      await check('handed over', {
        extensions: {
          '101': { state: 'inUse', talkingTo: ['104'] },
          '104': { state: 'inUse', talkingTo: ['101'] },
          '102': { state: 'idle', talkingTo: [] },
        },
        calls: [{ from: '101', to: '104', state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('104');
      await check('over', free('101', '102', '104'));
    },
  },
  {
    name: 'attended-transfer-cancelled',
    title: 'ask, then go back to the caller',
    async run({ phones, check }) {
      await connect(phones, '101', '102');
      await phones.attendedTransfer('102', '105');
      await phones.answer('105');
      await check('asking', { extensions: { '102': { talkingTo: ['105'] } }, channels: 3 });
      await phones.cancelTransfer('102');
      await phones.quiet('105');
      await check('back', { ...talking('101', '102'), calls: [{ from: '101', to: '102', state: 'talking' }] });
      await phones.hangup('101');
      await check('over', free('101', '102', '105'));
    },
  },
  {
    name: 'attended-transfer-blonde',
    title: 'hang up while the target still rings',
    async run({ phones, check }) {
      await connect(phones, '101', '102');
      await phones.attendedTransfer('102', '106');
      await phones.ringing('106');
      await phones.completeTransfer('102');
      // Asterisk keeps the leg of who hung up until the target answers.
      await check('waiting for the target', { extensions: { '106': { state: 'ringing' } }, channels: 3 });
      await phones.answer('106');
      await check('talking', {
        extensions: { '101': { talkingTo: ['106'] }, '106': { talkingTo: ['101'] } },
        calls: [{ from: '101', to: '106', state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('106');
      await check('over', free('101', '102', '106'));
    },
  },
  {
    name: 'ami-transfers',
    title: 'blind and attended transfer asked for over AMI',
    async run({ phones, outside, check }) {
      await connect(phones, '101', '102');
      await check('talking', talking('101', '102'));
      await outside.action('BlindTransfer', {
        Channel: await outside.channelOf('102'),
        Context: 'from-internal',
        Exten: '103',
      });
      await phones.answer('103');
      await check('after the blind one', {
        extensions: { '101': { talkingTo: ['103'] }, '102': { state: 'idle' } },
        channels: 2,
      });
      await outside.action('Atxfer', {
        Channel: await outside.channelOf('103'),
        Context: 'from-internal',
        Exten: '107',
      });
      await phones.answer('107');
      await check('asking', { extensions: { '103': { talkingTo: ['107'] } }, channels: 3 });
      await phones.hangup('103');
      await check('after the attended one', {
        extensions: { '101': { talkingTo: ['107'] }, '107': { talkingTo: ['101'] }, '103': { state: 'idle' } },
        calls: [{ from: '101', to: '107', state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('101');
      await check('over', free('101', '103', '107'));
    },
  },
];
