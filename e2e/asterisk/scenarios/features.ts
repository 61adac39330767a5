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
    name: 'dnd-from-outside',
    title: 'another program sets do-not-disturb in AstDB and its mirror; the phone no longer rings',
    async run({ phones, outside, check }) {
      await outside.action('DBPut', { Family: 'DND', Key: '104', Val: 'YES' });
      await outside.action('Setvar', { Variable: 'DEVICE_STATE(Custom:DND104)', Value: 'BUSY' });
      await outside.action('Setvar', { Variable: 'DEVICE_STATE(Custom:DEVDND104)', Value: 'BUSY' });
      await check('on', { extensions: { '104': { dnd: true, state: 'idle' } } });
      await phones.dial('111', '104');
      await phones.quiet('111');
      await check('did not ring', { ...nothingLeft, extensions: { '104': { dnd: true, state: 'idle' } } });
      await outside.action('DBDel', { Family: 'DND', Key: '104' });
      await outside.action('Setvar', { Variable: 'DEVICE_STATE(Custom:DND104)', Value: 'NOT_INUSE' });
      await outside.action('Setvar', { Variable: 'DEVICE_STATE(Custom:DEVDND104)', Value: 'NOT_INUSE' });
      await check('off', { extensions: { '104': { dnd: false } } });
      await phones.dial('111', '104');
      await phones.ringing('104');
      await phones.hangup('111');
      await check('over', free('104', '111'));
    },
  },
  {
    name: 'dnd-feature-code',
    title: '*78 and *79 at the phone',
    async run({ phones, check }) {
      await phones.dial('106', '*78');
      await phones.quiet('106');
      await check('on', { ...nothingLeft, extensions: { '106': { dnd: true, state: 'idle' } } });
      await phones.dial('112', '106');
      await phones.quiet('112');
      await phones.dial('106', '*79');
      await phones.quiet('106');
      await check('off', { ...nothingLeft, extensions: { '106': { dnd: false } } });
    },
  },
  {
    name: 'forward-from-outside',
    title: 'forwarding set by another program takes the call elsewhere',
    async run({ phones, outside, check }) {
      await outside.action('DBPut', { Family: 'CF', Key: '109', Val: '110' });
      await outside.action('Setvar', { Variable: 'DEVICE_STATE(Custom:CF109)', Value: 'INUSE' });
      await outside.action('DBPut', { Family: 'CFB', Key: '111', Val: '112' });
      await outside.action('Setvar', { Variable: 'DEVICE_STATE(Custom:CFB111)', Value: 'INUSE' });
      await check('set', {
        extensions: {
          '109': { forward: { always: '110', busy: null, noAnswer: null } },
        },
      });
      await phones.dial('101', '109');
      await phones.answer('110');
      await check('forwarded', {
        extensions: { '101': { talkingTo: ['110'] }, '109': { state: 'idle' }, '110': { talkingTo: ['101'] } },
        calls: [{ from: '101', state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('101');
      phones.behave('111', 'busy');
      await phones.dial('102', '111');
      await phones.answer('112');
      await check('busy forwarded', {
        extensions: { '102': { talkingTo: ['112'] }, '111': { state: 'idle' } },
        channels: 2,
      });
      await phones.hangup('112');
      await outside.action('DBDel', { Family: 'CF', Key: '109' });
      await outside.action('Setvar', { Variable: 'DEVICE_STATE(Custom:CF109)', Value: 'NOT_INUSE' });
      await outside.action('DBDel', { Family: 'CFB', Key: '111' });
      await outside.action('Setvar', { Variable: 'DEVICE_STATE(Custom:CFB111)', Value: 'NOT_INUSE' });
      await check('over', {
        ...nothingLeft,
        extensions: { '109': { forward: { always: null, busy: null, noAnswer: null } } },
      });
    },
  },
  {
    name: 'presence',
    title: 'presence set at the PBX',
    async run({ outside, check }) {
      await outside.action('Setvar', {
        Variable: 'PRESENCE_STATE(CustomPresence:101)',
        Value: 'away,lunch,Back at one',
      });
      await check('away', { extensions: { '101': { presence: 'away' } } });
      await outside.action('Setvar', { Variable: 'PRESENCE_STATE(CustomPresence:101)', Value: 'available' });
      await check('available', { extensions: { '101': { presence: 'available' } } });
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
