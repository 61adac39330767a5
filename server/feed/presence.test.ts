import { describe, expect, it } from 'vitest';
import { AmiParser } from '../ami/parser';
import type { AmiFields, AmiMessage } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import { decodePresence, encodePresence } from '../pbx/held';
import { Feed } from './feed';
import { isMaybeCut } from './presence';
import { type Answerer, FakePbx, ManualClock, ofType, settle } from './testing';
import { wantedEvents } from './translate';

/** What Asterisk 22.10 and 16.28 print, letter for letter: both the same. */
const change = (subtype: string, message: string, status = 'away', presentity = 'CustomPresence:101') =>
  `Event: PresenceStateChange\r\nPrivilege: call,all\r\nPresentity: ${presentity}\r\nStatus: ${status}\r\nSubtype: ${subtype}\r\nMessage: ${message}\r\n\r\n`;
const nasty = 'line one\nline, two\r\ntab\t"q" \\ O\'Brien ☕';
const nastyOnTheWire = `line one\\nline, two\\r\\ntab\\t\\"q\\" \\\\ O\\'Brien ☕ `;

const hint = (number: string, more = '') =>
  `Event: ExtensionStatus\nExten: ${number}\nContext: from-internal\nHint: PJSIP/${number}${more}\nStatus: 0`;

function read(text: string): AmiMessage[] {
  const messages: AmiMessage[] = [];
  const parser = new AmiParser({
    wants: (name) => wantedEvents.has(name),
    greeting: () => true,
    message: (message) => messages.push(message),
  });
  parser.write(Buffer.from(`Asterisk Call Manager/11.0.0\r\n${text}`));
  return messages;
}

/** What `PRESENCE_STATE(CustomPresence:101,…)` answers, with `e` in base64. */
const asks = (state: string, subtype: string, message: string) => (fields: AmiFields) => {
  const part = String(fields.Variable);
  const base64 = (words: string) => Buffer.from(words).toString('base64');
  const value = part.includes(',value') ? state : base64(part.includes(',subtype') ? subtype : message);
  return [`Response: Success\nVariable: ${part}\nValue: ${value}`];
};

async function follow(answers: Record<string, Answerer> = {}) {
  const clock = new ManualClock();
  const out: PbxEvent[] = [];
  const pbx = new FakePbx({
    ExtensionStateList: [hint('101', ',CustomPresence:101'), hint('102'), hint('103')],
    PresenceStateList: [],
    ...answers,
  });
  const log = { info: () => undefined, warn: () => undefined };
  const feed = new Feed({ ami: pbx, emit: (event) => out.push(event), clock, log });
  feed.handleStatus({ state: 'ready', since: 0, failure: null, amiVersion: '11.0.0' });
  await clock.advance(0);
  const hear = (text: string): void => {
    for (const message of read(text)) feed.handleEvent(message, clock.now());
  };
  const held = () => ofType(out, 'held').map(({ number, held }) => [number, decodePresence(held)]);
  return { clock, out, pbx, feed, hear, held };
}

describe('presence', () => {
  it('takes commas, line breaks, quotes and other letters from the event', async () => {
    const { hear, held, pbx } = await follow();
    hear(change('sub, type', nastyOnTheWire));
    expect(held()).toEqual([['101', { state: 'away', subtype: 'sub, type', message: nasty }]]);
    expect(pbx.count('Getvar')).toBe(0);
  });

  it('reads a message that the event may have cut', async () => {
    const whole = `${'a'.repeat(299)}Z`;
    const { hear, held, pbx } = await follow({ Getvar: asks('away', '', whole) });
    hear(change('', 'a'.repeat(255)));
    expect(held()).toEqual([]);
    await settle();
    expect(held()).toEqual([['101', { state: 'away', subtype: '', message: whole }]]);
    expect(pbx.asked.filter(({ action }) => action === 'Getvar').map(({ fields }) => fields.Variable)).toEqual([
      'PRESENCE_STATE(CustomPresence:101,value)',
      'PRESENCE_STATE(CustomPresence:101,subtype,e)',
      'PRESENCE_STATE(CustomPresence:101,message,e)',
    ]);
  });

  it('reads a message that was cut within a letter', async () => {
    const whole = 'é'.repeat(200);
    const { hear, held } = await follow({ Getvar: asks('xa', 'lunch', whole) });
    const [message] = read(change('lunch', 'é'.repeat(127), 'xa'));
    expect(isMaybeCut(message!)).toBe(true);
    hear(change('lunch', `${'é'.repeat(127)}\ufffd`, 'xa'));
    await settle();
    expect(held().at(-1)).toEqual(['101', { state: 'xa', subtype: 'lunch', message: whole }]);
  });

  it('reads once more when more came meanwhile, and nothing older is said after something newer', async () => {
    const answers: (() => void)[] = [];
    let now = ['away', '', 'x'.repeat(300)] as const;
    const { hear, held, pbx } = await follow({
      Getvar: async (fields) => {
        const answer = asks(...now)(fields);
        if (String(fields.Variable).includes('message')) await new Promise<void>((resolve) => answers.push(resolve));
        return answer;
      },
    });
    hear(change('', 'x'.repeat(255)));
    await settle();
    now = ['away', '', 'short'] as never;
    hear(change('', 'short'));
    answers.shift()?.();
    await settle();
    answers.shift()?.();
    await settle();
    expect(held()).toEqual([['101', { state: 'away', subtype: '', message: 'short' }]]);
    expect(pbx.count('Getvar')).toBe(6);
  });

  it('shows what the event said where it may not ask', async () => {
    const { hear, held } = await follow({ Getvar: 'denied' });
    hear(change('', 'a'.repeat(255)));
    await settle();
    expect(held()).toEqual([['101', { state: 'away', subtype: '', message: 'a'.repeat(255) }]]);
  });

  it('never makes a function of a name that would end it', async () => {
    const wild = 'CustomPresence:101),x';
    const { hear, pbx } = await follow({ ExtensionStateList: [hint('101', `,${wild}`)] });
    hear(change('', 'a'.repeat(255), 'away', wild));
    await settle();
    expect(pbx.count('Getvar')).toBe(0);
  });

  it('reads a listed message that may be cut', async () => {
    const whole = `${'a'.repeat(299)}Z`;
    const listed = `Event: PresenceStateChange\nPresentity: CustomPresence:101\nStatus: away\nSubtype:\nMessage: ${'a'.repeat(255)}`;
    const { out } = await follow({ PresenceStateList: [listed], Getvar: asks('away', '', whole) });
    const list = ofType(out, 'list.held').find(({ backend }) => backend === 'presence');
    expect(list?.rows).toEqual([['101', encodePresence({ state: 'away', subtype: '', message: whole })]]);
  });

  it('belongs to the number of its name where no hint says otherwise', async () => {
    const listed = 'Event: PresenceStateChange\nPresentity: CustomPresence:102\nStatus: xa\nSubtype:\nMessage:';
    const { out, pbx, hear, held, clock } = await follow({ PresenceStateList: [listed] });
    const presentities = () =>
      ofType(out, 'list.extensions')
        .at(-1)
        ?.extensions.map(({ presentity }) => presentity);
    expect(presentities()).toEqual(['CustomPresence:101', 'CustomPresence:102', null]);
    hear(change('', 'back', 'away', 'CustomPresence:102'));
    expect(held()).toEqual([['102', { state: 'away', subtype: '', message: 'back' }]]);
    pbx.answers.PresenceStateList = [listed, listed.replace('102', '103')];
    hear(change('', 'back', 'away', 'CustomPresence:103'));
    await clock.advance(11_000);
    expect(presentities()).toEqual(['CustomPresence:101', 'CustomPresence:102', 'CustomPresence:103']);
  });

  it('takes raw words of PresenceStatus for news only, where nothing better comes', async () => {
    const { hear, held } = await follow({ PresenceStateList: 'absent', Getvar: asks('dnd', '', 'x\r\nExten: 911') });
    hear(
      'Event: PresenceStatus\r\nPrivilege: call,all\r\nExten: 101\r\nContext: from-internal\r\nHint: PJSIP/101,CustomPresence:101\r\nStatus: dnd\r\nSubtype: \r\nMessage: x\r\n\r\n',
    );
    await settle();
    expect(held()).toEqual([['101', { state: 'dnd', subtype: '', message: 'x\r\nExten: 911' }]]);
  });
});

describe('raw presence events', () => {
  const asked = (pbx: FakePbx) =>
    pbx.asked.filter(({ action }) => action === 'Filter').map(({ fields }) => fields.Filter);

  it('are left on the PBX where the escaped ones tell the same, once per connection', async () => {
    const { pbx, feed, clock } = await follow({ Filter: [] });
    expect(asked(pbx)).toEqual(['!^Event: PresenceStatus']);
    feed.requestResync('test');
    await clock.advance(20_000);
    expect(asked(pbx)).toHaveLength(1);
  });

  it.each<Answerer>(['absent', 'denied'])(
    'are needed where the others may be missing: %s',
    async (PresenceStateList) => {
      expect(asked((await follow({ PresenceStateList, Filter: [] })).pbx)).toEqual([]);
    },
  );
});

describe('the text of a presence', () => {
  it('holds what every Asterisk keeps, and no more', () => {
    const held = encodePresence({ state: 'away', subtype: ' a\0b ', message: `${'é'.repeat(400)}` });
    expect(decodePresence(held)).toEqual({ state: 'away', subtype: 'ab', message: 'é'.repeat(300) });
    expect(decodePresence(encodePresence({ state: 'xa', subtype: '', message: 'x\ud83d' })).message).toBe('x\ufffd');
  });

  it.each(['', 'null', '[]', '["lunch","",""]', '{"state":"away"}'])('reads %j as nothing set', (text) => {
    expect(decodePresence(text)).toEqual({ state: 'not_set', subtype: '', message: '' });
  });
});
