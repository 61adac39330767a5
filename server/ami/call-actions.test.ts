import { describe, expect, it } from 'vitest';
import {
  applicationOf,
  bridge,
  confbridgeKick,
  confbridgeMute,
  hasExtension,
  lookUp,
  mayLeadToRoom,
  park,
  playDtmf,
  redirectBoth,
  startRecording,
} from './call-actions';
import { AmiFieldError, AmiRefusedError, AmiTimeoutError } from './errors';
import { messageOf } from './testing';
import type { AmiFields, AmiPort } from './types';

/** A dialplan that answers with these items, or fails. */
function dialplan(answer: readonly string[] | Error): AmiPort {
  return {
    status: { state: 'ready', since: 0, failure: null, amiVersion: null },
    action: () => Promise.reject(new Error('not asked')),
    async *list() {
      if (answer instanceof Error) throw answer;
      for (const item of answer) yield messageOf(`Event: ListDialplan\r\n${item}\r\n\r\n`);
    },
  };
}

const has = (answer: readonly string[] | Error) => hasExtension(dialplan(answer), 'from-internal', '103');
const refused = (words: string) => new AmiRefusedError('ShowDialPlan', words);

describe('hasExtension', () => {
  it.each([
    ['a priority', ['Extension: _1XX\r\nPriority: 1'], true],
    ['a hint and a priority', ['Extension: 103\r\nPriority: hint', 'Extension: _1XX\r\nPriority: 1'], true],
    ['a hint alone', ['Extension: 103\r\nPriority: hint'], false],
    ['nothing', [], false],
    ['a switch, which may hold it', ['Switch: Realtime/@extensions'], true],
    ['the words of 16 and 22 for no extension', refused('Did not find extension 999@from-internal'), false],
    ['the words for no context', refused('Did not find context nowhere'), false],
    ['an account that may not look', refused('Permission denied'), true],
    ['a PBX that cannot tell', refused('Invalid/unknown command: ShowDialPlan.'), true],
  ])('%s', async (_what, answer, expected) => {
    expect(await has(answer)).toBe(expected);
  });

  it('tells what is not there from what it cannot tell', async () => {
    const look = (answer: readonly string[] | Error) => lookUp(dialplan(answer), 'cordboard-hold', 's');
    expect(await look(['Extension: s\r\nPriority: 1'])).toBe('there');
    expect(await look([])).toBe('absent');
    expect(await look(refused('Did not find context cordboard-hold'))).toBe('absent');
    for (const unknown of [refused('Permission denied'), ['Switch: Realtime/@extensions']])
      expect(await look(unknown)).toBe('unknown');
  });

  it.each([
    ['ConfBridge', ['Extension: 800\r\nPriority: 1\r\nApplication: Answer', 'Application: ConfBridge'], true],
    ['a way to elsewhere, which might be the outside', ['Extension: 800\r\nPriority: 1\r\nApplication: GotoIf'], false],
    [
      'a room of FreePBX by its hint',
      [
        'Extension: 800\r\nPriority: hint\r\nApplication: confbridge:800',
        'Extension: 800\r\nPriority: 1\r\nApplication: Macro',
      ],
      true,
    ],
    [
      'a room of FreePBX by its variable',
      ['Extension: 800\r\nPriority: 1\r\nApplication: Set\r\nAppData: MEETME_ROOMNUM=800', 'Application: Goto'],
      true,
    ],
    ['a phone', ['Extension: 103\r\nPriority: hint', 'Extension: _1XX\r\nPriority: 1\r\nApplication: Dial'], false],
    ['rooms by a pattern', ['Extension: _8XX\r\nPriority: 1\r\nApplication: ConfBridge'], true],
    ['a way to the outside', ['Extension: _X.\r\nPriority: 1\r\nApplication: Macro'], false],
    [
      'a room behind a way to the outside, which is what would be dialled',
      [
        'Context: a\r\nExtension: _X.\r\nPriority: 1\r\nApplication: Dial',
        'Context: rooms\r\nExtension: 800\r\nPriority: 1\r\nApplication: ConfBridge',
      ],
      false,
    ],
    [
      'a room behind a hint',
      [
        'Context: a\r\nExtension: 800\r\nPriority: hint\r\nApplication: confbridge:800',
        'Context: rooms\r\nExtension: _8XX\r\nPriority: 1\r\nApplication: ConfBridge',
      ],
      true,
    ],
    ['what it may not see', refused('Permission denied'), false],
    ['a realtime switch', ['Switch: Realtime/@extensions'], false],
  ])('leads to a room, or may: %s', async (_what, answer, expected) => {
    expect(await mayLeadToRoom(dialplan(answer), 'from-internal', '800', false)).toBe(expected);
  });

  it('may lead to a room by any way where the rules allow to dial, but for a pattern', async () => {
    const leads = (exten: string) => dialplan([`Extension: ${exten}\r\nPriority: 1\r\nApplication: Macro`]);
    expect(await mayLeadToRoom(leads('800'), 'from-internal', '800', true)).toBe(true);
    expect(await mayLeadToRoom(leads('_8XX'), 'from-internal', '800', true)).toBe(false);
  });

  it('passes other failures on', async () => {
    await expect(has(new AmiTimeoutError('ShowDialPlan', 10_000))).rejects.toBeInstanceOf(AmiTimeoutError);
  });
});

const place = { context: 'cordboard-hold', exten: 's' };

describe('one channel', () => {
  const sent: AmiFields[] = [];
  const port: AmiPort = {
    ...dialplan([]),
    action: async (_name, fields = {}) => {
      sent.push(fields);
      return messageOf('Response: Success\r\n\r\n');
    },
  };

  it.each([
    ['park', () => park(port, '/.*/')],
    ['park with a return', () => park(port, '1.1', ' /.*/')],
    ['digits', () => playDtmf(port, '/.*/', '1')],
    ['record', () => startRecording(port, '', 'x.wav')],
    ['connect by a Uniqueid, which may be the beginning of another', () => bridge(port, 'PJSIP/101-00000001', '179.1')],
    ['connect a pattern', () => bridge(port, '/PJSIP.*/', 'PJSIP/101-00000001')],
    ['send two, one of them a pattern', () => redirectBoth(port, ['179.1', place], ['/.*/', place])],
    ['send two nowhere', () => redirectBoth(port, ['179.1', place], ['179.2', { context: 'x', exten: ' ' }])],
    ['look at what runs on all', () => applicationOf(port, '/.*/')],
    ['mute everybody', () => confbridgeMute(port, '800', 'all', true)],
    ['kick all participants', () => confbridgeKick(port, '800', 'participants')],
    ['mute by a pattern', () => confbridgeMute(port, '800', '/x/', true)],
  ])('is meant, or nothing is sent: %s', async (_what, act) => {
    await expect(act()).rejects.toBeInstanceOf(AmiFieldError);
    expect(sent).toEqual([]);
  });
});
