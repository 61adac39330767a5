import type { OutsideAmi } from '../driver';
import { free, nothingLeft, type Scenario } from './scenario';

const notForwarded = { always: null, busy: null, noAnswer: null };
const encoded = (text: string): string => Buffer.from(text).toString('base64');

/** As a phone with a presence screen, or its server, tells it. */
const setPresence = (outside: OutsideAmi, ext: string, value: string) =>
  outside.action('Setvar', { Variable: `PRESENCE_STATE(CustomPresence:${ext})`, Value: value });

/** As a script made for FOP2 tells it. */
const tellFop2 = (outside: OutsideAmi, Channel: string, Value: string) =>
  outside.action('UserEvent', { UserEvent: 'FOP2ASTDB', Family: 'fop2state', Channel, Value });

/** A program that keeps forwardings in AstDB and lights one lamp for any of them; the row of none is deleted. */
async function setForward(outside: OutsideAmi, family: string, ext: string, to: string | null): Promise<void> {
  if (to === null) await outside.action('DBDel', { Family: family, Key: ext });
  else await outside.action('DBPut', { Family: family, Key: ext, Val: to });
  const lamp = (Value: string) => outside.action('Setvar', { Variable: `DEVICE_STATE(Custom:CF${ext})`, Value });
  await lamp('RINGING');
  await lamp(to === null ? 'NOT_INUSE' : 'INUSE');
}

export const availabilityScenarios: readonly Scenario[] = [
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
    name: 'forward-feature-codes',
    title: 'each forwarding set and taken off by its code at the phone',
    async run({ phones, check }) {
      const dial = async (code: string) => {
        await phones.dial('114', code);
        await phones.quiet('114');
      };
      const set = { always: '*72115', busy: '*90116', noAnswer: '*52117' } as const;
      for (const code of Object.values(set)) await dial(code);
      const source = 'pbx' as const;
      await check('all three', {
        ...nothingLeft,
        extensions: {
          '114': {
            forward: { always: '115', busy: '116', noAnswer: '117' },
            alwaysSource: source,
            busySource: source,
            noAnswerSource: source,
          },
        },
      });
      await dial('*73');
      await check('no longer always', {
        extensions: { '114': { forward: { always: null, busy: '116', noAnswer: '117' } } },
      });
      for (const code of ['*91', '*53']) await dial(code);
      await check('over', { ...nothingLeft, extensions: { '114': { forward: notForwarded } } });
    },
  },
  {
    name: 'forward-always',
    title: 'another program forwards all calls of an extension',
    async run({ phones, outside, check }) {
      await setForward(outside, 'CF', '109', '110');
      await check('set', {
        extensions: { '109': { forward: { ...notForwarded, always: '110' }, alwaysSource: 'pbx' } },
      });
      await phones.dial('101', '109');
      await phones.answer('110');
      await check('forwarded', {
        extensions: { '101': { talkingTo: ['110'] }, '109': { state: 'idle' }, '110': { talkingTo: ['101'] } },
        calls: [{ from: '101', state: 'talking' }],
        channels: 2,
      });
      await phones.hangup('101');
      await setForward(outside, 'CF', '109', null);
      await check('over', { ...nothingLeft, extensions: { '109': { forward: notForwarded, alwaysSource: null } } });
    },
  },
  {
    name: 'forward-busy',
    title: 'another program forwards the calls that find an extension busy',
    async run({ phones, outside, check }) {
      await setForward(outside, 'CFB', '111', '112');
      await check('set', { extensions: { '111': { forward: { ...notForwarded, busy: '112' }, busySource: 'pbx' } } });
      phones.behave('111', 'busy');
      await phones.dial('102', '111');
      await phones.answer('112');
      await check('forwarded', {
        extensions: { '102': { talkingTo: ['112'] }, '111': { state: 'idle' } },
        channels: 2,
      });
      await phones.hangup('112');
      await setForward(outside, 'CFB', '111', null);
      await check('over', { ...nothingLeft, extensions: { '111': { forward: notForwarded, busySource: null } } });
    },
  },
  {
    name: 'forward-no-answer',
    title: 'another program forwards the calls that nobody answers',
    async run({ phones, outside, check }) {
      await setForward(outside, 'CFU', '119', '120');
      await check('set', {
        extensions: { '119': { forward: { ...notForwarded, noAnswer: '120' }, noAnswerSource: 'pbx' } },
      });
      await phones.dial('102', '119');
      await phones.ringing('119');
      await phones.answer('120');
      await check('forwarded', {
        extensions: { '102': { talkingTo: ['120'] }, '119': { state: 'idle' } },
        channels: 2,
      });
      await phones.hangup('120');
      await setForward(outside, 'CFU', '119', null);
      await check('over', { ...nothingLeft, extensions: { '119': { forward: notForwarded, noAnswerSource: null } } });
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
    name: 'presence-states',
    title: 'every state of presence with its kind and message, the hard texts too',
    async run({ outside, check }) {
      const source = 'presence' as const;
      for (const state of ['unavailable', 'away', 'xa', 'chat', 'available'] as const) {
        await setPresence(outside, '103', `${state},kind of ${state},Message of ${state}`);
        const presence = {
          presence: state,
          presenceSubtype: `kind of ${state}`,
          presenceMessage: `Message of ${state}`,
        };
        await check(state, { extensions: { '103': { ...presence, presenceSource: source, dnd: false } } });
      }
      const message = 'Back at 14:00, maybe; "O\'Brien" \\ Grüße ? 😀';
      await setPresence(outside, '103', `away,${encoded('lunch, long')},${encoded(message)},e`);
      await check('commas, quotes and more', {
        extensions: { '103': { presence: 'away', presenceSubtype: 'lunch, long', presenceMessage: message } },
      });
      // The event is cut within a character; what is shown was read.
      const long = 'é'.repeat(300);
      await setPresence(outside, '103', `away,,${encoded(long)},e`);
      await check('a long one', { extensions: { '103': { presenceSubtype: '', presenceMessage: long } } });
      await setPresence(outside, '103', 'not_set');
      await check('not set', {
        extensions: { '103': { presence: 'not_set', presenceMessage: '', presenceSource: null } },
      });
    },
  },
  {
    name: 'dnd-by-presence',
    title: 'presence dnd is do-not-disturb, and the other way round',
    needsPanel: true,
    async run({ phones, outside, check }) {
      await setPresence(outside, '103', `dnd,,${encoded('Board meeting')},e`);
      await check('on by presence', {
        extensions: {
          '103': { dnd: true, dndSource: 'presence', presence: 'dnd', presenceMessage: 'Board meeting', state: 'idle' },
        },
      });
      await phones.dial('111', '103');
      await phones.quiet('111');
      await check('did not ring', { ...nothingLeft, extensions: { '103': { state: 'idle', dnd: true } } });
      await setPresence(outside, '103', 'available');
      await check('off by presence', { extensions: { '103': { dnd: false, presence: 'available' } } });
      await phones.dial('103', '*78');
      await phones.quiet('103');
      await check('on at the phone', {
        ...nothingLeft,
        extensions: { '103': { dnd: true, dndSource: 'pbx', presence: 'dnd', presenceSource: 'pbx' } },
      });
      await phones.dial('103', '*79');
      await phones.quiet('103');
      await check('off at the phone', { ...nothingLeft, extensions: { '103': { dnd: false, presence: 'available' } } });
      await phones.dial('111', '103');
      await phones.ringing('103');
      await phones.hangup('111');
      await setPresence(outside, '103', 'not_set');
      await check('over', { ...free('103', '111'), extensions: { '103': { presence: 'not_set', dnd: false } } });
    },
  },
  {
    name: 'fop2-userevent',
    title: 'a script made for FOP2 sets and clears do-not-disturb, a state, and a forwarding',
    needsPanel: true,
    async run({ phones, outside, check }) {
      await tellFop2(outside, 'PJSIP/105', 'Do not Disturb');
      await check('on', { extensions: { '105': { dnd: true, dndSource: 'fop2', state: 'idle' } } });
      await phones.dial('111', '105');
      await phones.quiet('111');
      await check('did not ring', { ...nothingLeft, extensions: { '105': { dnd: true, state: 'idle' } } });
      await tellFop2(outside, 'PJSIP/105', '');
      await check('off', { extensions: { '105': { dnd: false } } });
      await tellFop2(outside, 'pjsip/105', 'Out to lunch');
      const lunch = { presence: 'away', presenceSubtype: 'lunch', presenceSource: 'fop2' } as const;
      await check('at lunch', { extensions: { '105': { ...lunch, dnd: false } } });
      await tellFop2(outside, 'SIP/105', '');
      await check('back', { extensions: { '105': { presence: 'available', dnd: false } } });
      await outside.action('UserEvent', {
        UserEvent: 'FOP2CUST',
        Family: 'astdbcust',
        Channel: 'PJSIP/105',
        Value: '106',
      });
      await check('forwarded', {
        extensions: { '105': { forward: { ...notForwarded, always: '106' }, alwaysSource: 'fop2' } },
      });
      await phones.dial('111', '105');
      await phones.answer('106');
      await check('the call arrives', {
        extensions: { '111': { talkingTo: ['106'] }, '105': { state: 'idle' } },
        channels: 2,
      });
      await phones.hangup('111');
      await outside.action('UserEvent', {
        UserEvent: 'FOP2CUST',
        Family: 'astdbcust',
        Channel: 'PJSIP/105',
        Value: '',
      });
      await check('over', { ...free('105', '106', '111'), extensions: { '105': { forward: notForwarded } } });
    },
  },
];
