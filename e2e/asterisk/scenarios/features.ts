import { connect, free, nothingLeft, type Scenario } from './scenario';

export const featureScenarios: readonly Scenario[] = [
  {
    name: 'offline-phone',
    title: 'a phone loses its registration, cannot be called, and returns',
    async run({ phones, check }) {
      await phones.online('120', false);
      await check('offline', { extensions: { '120': { state: 'unavailable' } } });
      await phones.dial('119', '120');
      await phones.quiet('119');
      await check('nothing rings', { ...nothingLeft, extensions: { '120': { state: 'unavailable' } } });
      await phones.online('120', true);
      await check('back', free('119', '120'));
    },
  },
  {
    name: 'forged-caller',
    title: 'a caller whose number forges an event changes nothing but its own call',
    realOnly: true,
    forges: true,
    async run({ phones, check }) {
      await connect(phones, '101', '102');
      await phones.callInForged('5550600');
      await phones.ringing('103');
      await check('the true call stands', {
        extensions: { '101': { talkingTo: ['102'] }, '102': { talkingTo: ['101'] }, '103': { state: 'ringing' } },
      });
      await phones.endForged();
      await check('the forged one is gone', {
        extensions: {
          '101': { talkingTo: ['102'] },
          '103': { state: 'idle' },
          '104': { state: 'idle' },
          '105': { state: 'idle' },
        },
        channels: 2,
        trunkLegs: 0,
      });
      await phones.hangup('101');
      await check('over', free('101', '102', '103'));
    },
  },
  {
    name: 'restart-clean',
    title: 'the PBX is stopped and started in the middle of calls',
    realOnly: true,
    async run({ phones, check }) {
      await connect(phones, '101', '102');
      await phones.dial('103', '104');
      await phones.ringing('104');
      await phones.restartPbx('clean');
      await check('empty and registered', free('101', '102', '103', '104'));
      await connect(phones, '101', '102');
      await check('works again', { extensions: { '101': { talkingTo: ['102'] } }, channels: 2 });
      await phones.hangup('102');
      await check('over', free('101', '102'));
    },
  },
  {
    name: 'restart-crash',
    title: 'the PBX is killed with a caller parked and one in a queue',
    realOnly: true,
    async run({ phones, check }) {
      await connect(phones, '101', '102');
      await phones.park('102');
      await phones.dial('103', '502');
      await phones.connected('103');
      await check('before', { parking: { default: [{ number: '101' }] }, queues: { billing: { callers: ['103'] } } });
      await phones.restartPbx('crash');
      await check('empty', {
        ...free('101', '102', '103'),
        parking: { default: [] },
        queues: { billing: { callers: [] } },
      });
    },
  },
];
