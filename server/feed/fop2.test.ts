import { describe, expect, it } from 'vitest';
import type { PbxEvent } from '../pbx/events';
import { fop2Dnd, fop2Text } from '../pbx/held';
import { Feed } from './feed';
import { fop2Report } from './fop2';
import { type Answerer, block, channelLines, FakePbx, ManualClock, ofType } from './testing';

const hint = (number: string, device: string) =>
  `Event: ExtensionStatus\nExten: ${number}\nContext: from-internal\nHint: ${device}\nStatus: 0`;

/** As the AMI action UserEvent makes it (Asterisk 22.10 and 16.28). */
const state = (device: string, value: string, more = '') =>
  `Event: UserEvent\nPrivilege: user,all\nUserEvent: FOP2ASTDB\nFamily: fop2state\nChannel: ${device}\nValue: ${value}${more}`;
const forwarding = (device: string, value: string) =>
  `Event: UserEvent\nPrivilege: user,all\nUserEvent: FOP2CUST\nFamily: astdbcust\nChannel: ${device}\nValue: ${value}`;

async function follow(answers: Record<string, Answerer> = {}) {
  const clock = new ManualClock();
  const out: PbxEvent[] = [];
  const pbx = new FakePbx({
    ExtensionStateList: [hint('101', 'PJSIP/101'), hint('1000', 'SIP/1000'), hint('300', 'PJSIP/anna&PJSIP/softphone')],
    ...answers,
  });
  const log = { info: () => undefined, warn: () => undefined };
  const feed = new Feed({ ami: pbx, emit: (event) => out.push(event), clock, log });
  feed.handleStatus({ state: 'ready', since: 0, failure: null, amiVersion: '11.0.0' });
  await clock.advance(0);
  const hear = async (text: string): Promise<void> => {
    feed.handleEvent(block(text), clock.now());
    await clock.advance(100);
  };
  const said = () => ofType(out, 'held').map(({ backend, number, slot, held }) => [backend, number, slot, held]);
  return { clock, out, pbx, feed, hear, said };
}

describe('what FOP2 and its scripts announce', () => {
  it('is a state of the phone named, set and cleared', async () => {
    const { hear, said } = await follow();
    await hear(state('PJSIP/101', 'Do not Disturb'));
    await hear(state('PJSIP/101', ''));
    expect(said()).toEqual([
      ['fop2', '101', 'event', fop2Dnd],
      ['fop2', '101', 'event', ''],
    ]);
  });

  it.each(['SIP/1000', 'sip/1000', 'Sip/1000', 'PJSIP/1000', 'iax2/1000'])('means 1000 by %s', async (device) => {
    const { hear, said } = await follow();
    await hear(state(device, 'Out to lunch'));
    expect(said()).toEqual([['fop2', '1000', 'event', 'Out to lunch']]);
  });

  it('means the number of a phone that is named otherwise', async () => {
    const { hear, said } = await follow();
    await hear(state('pjsip/ANNA', 'Break'));
    await hear(state('PJSIP/softphone', ''));
    expect(said().map(([, number]) => number)).toEqual(['300', '300']);
  });

  it('is understood in any order and case of headers', async () => {
    const { hear, said } = await follow();
    await hear('Event: UserEvent\nUserEvent: fop2astdb\nvalue: dnd\nCHANNEL: pjsip/101\nfamily: FOP2STATE');
    expect(said()).toEqual([['fop2', '101', 'event', fop2Dnd]]);
  });

  it('comes from the dialplan behind the headers of the channel that says it', async () => {
    const { hear, said } = await follow();
    const channel = channelLines('', '1795252990.1', 'Local/610@from-internal-00000000;1');
    await hear(
      `Event: UserEvent\nPrivilege: user,all\n${channel}\nUserEvent: FOP2ASTDB\nFamily: fop2state\nChannel: PJSIP/101\nValue: Out`,
    );
    expect(said()).toEqual([['fop2', '101', 'event', 'Out']]);
  });

  it('is a forwarding', async () => {
    const { hear, said } = await follow();
    await hear(forwarding('SIP/1000', '0301234'));
    await hear(forwarding('SIP/1000', ''));
    expect(said()).toEqual([
      ['fop2', '1000', 'cust', '0301234'],
      ['fop2', '1000', 'cust', ''],
    ]);
  });

  it.each([
    ['another event', state('PJSIP/101', 'x').replace('FOP2ASTDB', 'Checkpoint')],
    ['another family', state('PJSIP/101', 'x').replace('fop2state', 'CF')],
    ['a stranger', state('PJSIP/999', 'x')],
    ['no phone', state('Local/101@from-internal;1', 'x')],
    ['no device', state('', 'x')],
    ['control characters', state('PJSIP/101', 'x\u0007y')],
    ['a text of a thousand letters', state('PJSIP/101', 'x'.repeat(1_001))],
    ['a target with a comma', forwarding('PJSIP/101', '102,n,System(x)')],
    ['a target with a variable', forwarding('PJSIP/101', '\u0024{X}')],
    ['a long target', forwarding('PJSIP/101', '1'.repeat(41))],
    ['nothing but a name', 'Event: UserEvent\nUserEvent: FOP2ASTDB'],
  ])('is ignored with %s', async (_, text) => {
    const { hear, said, feed } = await follow();
    await hear(text);
    expect(said()).toEqual([]);
    expect(feed.stats().dropped).toBe(0);
  });

  it.each([state('PJSIP/101', ''), state('PJSIP/101', '').replace(/\nValue.*/, '')])(
    'without a value is available',
    (text) => {
      expect(fop2Report(block(text))).toEqual({ slot: 'event', device: 'PJSIP/101', held: '' });
    },
  );

  it('is not believed when a forged block follows at once', async () => {
    const { feed, clock, hear, said } = await follow();
    feed.handleEvent(block(state('PJSIP/101', 'Do not Disturb')), clock.now());
    feed.handleTamper({ at: clock.now(), reason: 'doubleBlankLine', excerpt: '' });
    await clock.advance(1_000);
    expect(said()).toEqual([]);
    await hear(state('PJSIP/101', 'Do not Disturb'));
    expect(said()).toHaveLength(1);
  });

  it('says nothing after the link was lost', async () => {
    const { feed, clock, said } = await follow();
    feed.handleEvent(block(state('PJSIP/101', 'x')), clock.now());
    feed.stop();
    await clock.advance(1_000);
    expect(said()).toEqual([]);
  });
});

describe('AstDB fop2state', () => {
  const tree = (...rows: string[]) => ({
    DBGetTree: (fields: { Family?: unknown }) =>
      fields.Family === 'fop2state'
        ? rows.map((row) => `Event: DBGetTreeResponse\nKey: /fop2state/${row.replace('=', '\nVal: ')}`)
        : [],
  });
  const list = (out: readonly PbxEvent[]) => ofType(out, 'list.held').find(({ backend }) => backend === 'fop2');

  it('is read by phone; a row of the phone itself counts more than one that means its number', async () => {
    const { out } = await follow(
      tree('SIP/101=old', 'PJSIP/101=DO NOT DISTURB', 'pjsip/1000=Meeting', 'PJSIP/anna=', 'SIP/999=x', 'junk=x'),
    );
    expect(new Map(list(out)?.rows)).toEqual(
      new Map([
        ['101', fop2Dnd],
        ['300', ''],
        ['1000', 'Meeting'],
      ]),
    );
    expect(list(out)).toMatchObject({ slot: 'state', repair: false });
  });

  it('is left out when it may not be read', async () => {
    const { out } = await follow({ DBGetTree: 'denied' });
    expect(list(out)).toBeUndefined();
  });
});

describe('the text of a state', () => {
  it.each(['dnd', 'DND', 'do not disturb', 'Do Not Disturb', ' DO_NOT_DISTURB ', 'donotdisturb', 'do-not-disturb'])(
    '%j is do-not-disturb',
    (text) => expect(fop2Text(text)).toBe(fop2Dnd),
  );

  it('is one line of limited length', () => {
    expect(fop2Text(' a\r\nb\t\u0000c ')).toBe('a b c');
    expect(Buffer.byteLength(fop2Text('☕'.repeat(200)))).toBe(249);
    expect(fop2Text('Available')).toBe('');
  });
});
