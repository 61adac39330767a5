import { describe, expect, it } from 'vitest';
import { buttonFields } from './buttons';
import { parseQueueChannel } from './queue-channel';

const { shape } = buttonFields;

describe('what goes on the wire of the PBX', () => {
  it('reads how an extension is added to a queue', () => {
    const text = 'Local/620@from-queue/n|Penalty=1|MemberName=Anna Berg|StateInterface=SIP/620';
    expect(parseQueueChannel(text)).toEqual({
      ...{ interface: 'Local/620@from-queue/n', penalty: 1, name: 'Anna Berg', stateInterface: 'SIP/620' },
    });
    expect(parseQueueChannel('PJSIP/620')).toEqual({
      ...{ interface: 'PJSIP/620', penalty: null, name: null, stateInterface: null },
    });
    expect(parseQueueChannel('Local/620@q/n | stateinterface=hint:620@ext-local')).toMatchObject({
      stateInterface: 'hint:620@ext-local',
    });
  });

  it.each([
    '',
    'PJSIP/620&PJSIP/621',
    'Local/620@from-queue/n\r\nAction: Originate',
    'PJSIP/620|Penalty=-1',
    'PJSIP/620|Penalty=1001',
    'PJSIP/620|Penalty=1|Penalty=2',
    'PJSIP/620|MemberName=a\nb',
    'PJSIP/620|MemberName=$(x)',
    'PJSIP/620|StateInterface=SIP/1,2',
    'PJSIP/620|Channel=SIP/1',
    'PJSIP/620|',
    '$(X)/1',
    'PJSIP/620,x',
  ])('refuses %j', (text) => {
    expect(typeof parseQueueChannel(text)).toBe('string');
    expect(shape.queueChannel.safeParse(text).success).toBe(false);
  });

  it.each([
    'Call-Info: answer-after=0',
    'Call-Info: <sip:10.0.0.1>;answer-after=0',
    'X-Auto:1',
    'P-Auto-Answer: normal',
  ])('takes the header %j', (text) => expect(shape.autoAnswer.parse(text)).toBe(text));

  it.each([
    'Call-Info: a\r\nVia: x',
    'Via: x',
    'Contact: <sip:x>',
    'Route: <sip:x>',
    'Call-Info',
    'Call-Info: a,b',
    'Call-Info: $(x)',
    'Call-Info: a"b',
    'Call-Info: a)b',
    `X-A: ${'a'.repeat(200)}`,
  ])('refuses the header %j', (text) => expect(shape.autoAnswer.safeParse(text).success).toBe(false));

  it.each([
    ['device', 'PJSIP/1&PJSIP/2'],
    ['device', 'Local/1@x'],
    ['context', 'a,b'],
    ['mailbox', '1@a@b'],
    ['external', 'tel'],
    ['external', '+49\r\n1'],
    ['email', 'a b@c'],
    ['label', 'a\nb'],
    ['label', ''],
    ['tags', ['a', 'a']],
    ['tags', ['a,b']],
    ['members', ['101', '1,2']],
    ['colour', '#ff0000'],
  ] as const)('refuses %s %j', (field, value) => expect(shape[field].safeParse(value).success).toBe(false));

  it('takes a telephone number as people write it', () => {
    expect(shape.external.parse('+49 (171) 123-45.6')).toBe('+49171123456');
  });
});
