import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmiParser, type ParserLimits } from './parser';
import { announced, messageOf, snapshot } from './testing';
import type { AmiMessage } from './types';

interface Read {
  readonly messages: [string, string | undefined, [string, string][]][];
  readonly tampers: string[];
  readonly greetings: string[];
  readonly parser: AmiParser;
}

function read(
  chunks: readonly (Buffer | string)[],
  options: { ids?: string[]; wants?: string[]; greeting?: boolean; limits?: Partial<ParserLimits> } = {},
): Read {
  const messages: Read['messages'] = [];
  const tampers: string[] = [];
  const greetings: string[] = [];
  const parser = new AmiParser(
    {
      wants: (name) => options.wants?.includes(name) ?? true,
      message: (message, id) => messages.push([message.name, id, [...message.entries()] as [string, string][]]),
      tamper: (reason) => tampers.push(reason),
      isOurs: (id) => options.ids?.includes(id) === true,
      ...(options.greeting === true ? { greeting: (line: string) => greetings.push(line) > 0 } : {}),
    },
    options.limits,
  );
  for (const chunk of chunks) parser.write(Buffer.from(chunk));
  return { messages, tampers, greetings, parser };
}

const stream = Buffer.from(
  'Asterisk Call Manager/11.0.0\r\n' +
    'Response: Success\r\nActionID: ours-1\r\nMessage: Authentication accepted\r\n\r\n' +
    announced('Newchannel', snapshot('', { name: "J\\'ü\\\\rgen 日本 \u{1F600}" })) +
    announced('VarSet', `${snapshot()}Variable: X\r\nValue: a\\nb\r\n`) +
    announced('DialBegin', `${snapshot()}${snapshot('Dest', { channel: 'PJSIP/102-00000002' })}DialString: 102\r\n`) +
    'Response: Success\r\nActionID: ours-2\r\nMessage: Command output follows\r\nOutput: one\r\nOutput: \r\nOutput: two: 2\r\n\r\n' +
    'Response: Follows\r\nPrivilege: Command\r\nActionID: ours-3\r\nraw 1\n\nEvent: no\r\n\r\nraw 2\n--END COMMAND--\r\n\r\n' +
    announced('DeviceStateChange', 'Device: PJSIP/101\r\nState: INUSE\r\n'),
);
const ids = ['ours-1', 'ours-2', 'ours-3'];

describe('chunks', () => {
  const whole = read([stream], { ids, greeting: true });

  it('reads the whole stream', () => {
    expect(whole.tampers).toEqual([]);
    expect(whole.greetings).toEqual(['Asterisk Call Manager/11.0.0']);
    expect(whole.messages.map(([name]) => name)).toEqual([
      'Success',
      'Newchannel',
      'VarSet',
      'DialBegin',
      'Success',
      'Follows',
      'DeviceStateChange',
    ]);
  });

  it('gives the same messages byte by byte', () => {
    const bytes = [...stream].map((byte) => Buffer.from([byte]));
    expect(read(bytes, { ids, greeting: true }).messages).toEqual(whole.messages);
  });

  it('gives the same messages cut in two anywhere', () => {
    for (let cut = 1; cut < stream.length; cut++) {
      const halves = read([stream.subarray(0, cut), stream.subarray(cut)], { ids, greeting: true });
      expect(halves.messages).toEqual(whole.messages);
    }
  });

  it('gives the same messages under any cuts', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 40 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const chunks = at.slice(1).map((to, i) => stream.subarray(at[i], to));
        expect(read(chunks, { ids, greeting: true }).messages).toEqual(whole.messages);
      }),
      { numRuns: 300 },
    );
  });

  it('carries any text in a value that has no CR LF', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((s) => !s.includes('\r\n') && !s.endsWith('\r'));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), (value, size) => {
        const bytes = Buffer.from(announced('UserEvent', `UserEvent: X\r\nNote: ${value}\r\n`, 'user,all'));
        const chunks: Buffer[] = [];
        for (let i = 0; i < bytes.length; i += size) chunks.push(bytes.subarray(i, i + size));
        expect(read(chunks).messages[0]?.[2].at(-1)).toEqual(['Note', Buffer.from(value).toString('utf8')]);
      }),
    );
  });

  it('does not read what was already searched again: a 4 MB answer in 1 KB pieces', () => {
    const line = 'Output: 0123456789abcdef\r\n';
    const answer = Buffer.from(`Response: Success\r\nActionID: ours-1\r\n${line.repeat(160_000)}\r\n`);
    let seen: AmiMessage | undefined;
    const parser = new AmiParser({ wants: () => false, isOurs: () => true, message: (message) => (seen = message) });
    for (let i = 0; i < answer.length; i += 1_024) parser.write(answer.subarray(i, i + 1_024));
    expect(seen?.all('Output')).toHaveLength(160_000);
  });
});

describe('headers', () => {
  it('keeps names such as set, __proto__ and constructor as plain headers', () => {
    const message = messageOf(
      announced('UserEvent', 'UserEvent: X\r\nset: 1\r\n__proto__: 2\r\nconstructor: 3\r\nget: 4\r\n'),
    );
    expect(['set', '__proto__', 'constructor', 'get'].map((name) => message.get(name))).toEqual(['1', '2', '3', '4']);
    expect(message.get('toString')).toBeUndefined();
    expect(message.get('hasOwnProperty')).toBeUndefined();
  });

  it('keeps repeated headers in order, and empty values', () => {
    const message = messageOf(
      announced('Newchannel', `${snapshot()}ChanVariable: a=1\r\nChanVariable: b=\r\nChanVariable: \r\n`),
    );
    expect(message.all('chanvariable')).toEqual(['a=1', 'b=', '']);
    expect(message.get('AccountCode')).toBe('');
    expect(message.get('Nothing')).toBeUndefined();
    expect(message.all('Nothing')).toEqual([]);
  });

  it('cuts at the first colon only and takes away one space at most', () => {
    const message = messageOf(
      announced('UserEvent', 'UserEvent: X\r\nA: Sales: Bob\r\nB:tight\r\nC:  two\r\nD\r\nE:\r\n'),
    );
    expect(message.get('A')).toBe('Sales: Bob');
    expect(message.get('B')).toBe('tight');
    expect(message.get('C')).toBe(' two');
    expect(message.get('D')).toBe('');
    expect(message.get('E')).toBe('');
  });

  it('compares header names without case', () => {
    const message = messageOf(announced('Newchannel', snapshot()));
    expect(message.get('UNIQUEID')).toBe('1700000000.1');
    expect(message.get('uniqueID')).toBe('1700000000.1');
  });

  it('decodes UTF-8 whole: U+134A is no line feed, invalid bytes become U+FFFD', () => {
    const message = messageOf(announced('Newchannel', snapshot('', { name: 'x\u134AExten: 911' })));
    expect(message.get('CallerIDName')).toBe('x\u134AExten: 911');
    expect(message.get('Exten')).toBe('102');
    const broken = Buffer.concat([
      Buffer.from('Event: X\r\nPrivilege: call,all\r\nName: a'),
      Buffer.from([0xff, 0xc3]),
      Buffer.from('b\r\nNext: n\r\n\r\n'),
    ]);
    const { messages } = read([broken]);
    expect(messages[0]?.[2]).toContainEqual(['Name', 'a\uFFFD\uFFFDb']);
    expect(messages[0]?.[2]).toContainEqual(['Next', 'n']);
  });

  it('keeps a lone CR or LF inside its value', () => {
    const { messages, tampers } = read([
      announced('Newchannel', snapshot('', { num: '10\nEvent: Forged\n\nFoo: bar', exten: '1\rX: y' })),
    ]);
    expect(tampers).toEqual([]);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.[2]).toContainEqual(['CallerIDNum', '10\nEvent: Forged\n\nFoo: bar']);
    expect(messages[0]?.[2]).toContainEqual(['Exten', '1\rX: y']);
  });

  it('reads lines over 1,024 bytes and blocks over 128 headers', () => {
    const long = 'x'.repeat(5_000);
    const many = Array.from({ length: 700 }, (_, i) => `H${i}: ${i}\r\n`).join('');
    const message = messageOf(announced('UserEvent', `UserEvent: X\r\nLong: ${long}\r\n${many}`));
    expect(message.get('Long')).toBe(long);
    expect(message.get('H699')).toBe('699');
  });

  it('keeps a message readable after later blocks were read', () => {
    const kept: AmiMessage[] = [];
    const parser = new AmiParser({ wants: () => true, message: (message) => kept.push(message) });
    const bytes = Buffer.from(
      Array.from({ length: 3_000 }, (_, i) => announced('Newstate', snapshot('', { uniqueid: `1.${i}` }))).join(''),
    );
    for (let i = 0; i < bytes.length; i += 1_000) parser.write(Buffer.from(bytes.subarray(i, i + 1_000)));
    expect(kept.map((message) => message.get('Uniqueid'))).toEqual(Array.from({ length: 3_000 }, (_, i) => `1.${i}`));
  });
});

describe('C-escapes', () => {
  it('are undone once in snapshot names and channel variables', () => {
    const message = messageOf(
      announced('Newchannel', `${snapshot('', { name: "O\\'Brien \\\\n \\r\\n" })}ChanVariable: a=x\\ty\r\n`),
    );
    expect(message.get('CallerIDName')).toBe("O'Brien \\n \r\n");
    expect(message.all('ChanVariable')).toEqual(['a=x\ty']);
  });

  it('are undone under a prefix, in VarSet and in PresenceStateChange', () => {
    const dial = messageOf(announced('DialBegin', `${snapshot()}${snapshot('Dest', { name: 'D\\"J\\"' })}`));
    expect(dial.get('DestCallerIDName')).toBe('D"J"');
    expect(messageOf(announced('VarSet', `${snapshot()}Variable: V\r\nValue: a\\?b\r\n`)).get('Value')).toBe('a?b');
    const presence = messageOf(
      announced('PresenceStateChange', 'Presentity: P\r\nStatus: dnd\r\nSubtype: \r\nMessage: l1\\nl2\r\n'),
    );
    expect(presence.get('Message')).toBe('l1\nl2');
  });

  it('are left alone where Asterisk prints raw', () => {
    const entry = messageOf(
      'Event: QueueEntry\r\nQueue: q\r\nCallerIDNum: 1\r\nCallerIDName: a\\nb\r\nActionID: i\r\n\r\n',
    );
    expect(entry.get('CallerIDName')).toBe('a\\nb');
    const raw = messageOf(
      announced('PresenceStatus', 'Exten: 1\r\nContext: c\r\nHint: h\r\nStatus: x\r\nSubtype: \r\nMessage: a\\nb\r\n'),
    );
    expect(raw.get('Message')).toBe('a\\nb');
    expect(messageOf(announced('Newchannel', snapshot('', { exten: 'a\\nb' }))).get('Exten')).toBe('a\\nb');
  });
});

describe('answers of Command', () => {
  it('are Output lines (14 and later)', () => {
    const { messages } = read(
      ['Response: Success\r\nActionID: ours-1\r\nOutput: a\r\nOutput: \r\nOutput: b: c\r\n\r\n'],
      { ids },
    );
    expect(messages[0]?.[2].filter(([name]) => name === 'Output').map(([, value]) => value)).toEqual(['a', '', 'b: c']);
  });

  it('are raw text up to --END COMMAND-- (13 and earlier), also with blocks inside', () => {
    const { messages, tampers } = read(
      [
        `Response: Follows\r\nPrivilege: Command\r\nActionID: ours-3\r\na\nb\r\n\r\nEvent: X\r\n\r\n--END COMMAND--\r\n\r\n${announced('Newstate', snapshot())}`,
      ],
      { ids },
    );
    expect(tampers).toEqual([]);
    expect(messages.map(([name]) => name)).toEqual(['Follows', 'Newstate']);
    expect(messages[0]?.[2].filter(([name]) => name === 'Output').map(([, value]) => value)).toEqual([
      'a',
      'b',
      '',
      'Event: X',
      '',
    ]);
  });

  it('cannot be forged to swallow the stream: without an ActionID of ours Follows is an ordinary block', () => {
    const { messages } = read([`Response: Follows\r\nActionID: guess\r\n\r\n${announced('Newstate', snapshot())}`], {
      ids,
    });
    expect(messages.map(([name]) => name)).toEqual(['Newstate']);
  });
});

describe('what nobody wants', () => {
  it('is not delivered, except with an ActionID of ours', () => {
    const item = 'Event: CoreShowChannel\r\nActionID: ours-1\r\n'.concat(snapshot(), 'BridgeId: \r\n\r\n');
    const { messages, parser } = read([announced('VarSet', `${snapshot()}Variable: a\r\nValue: b\r\n`), item], {
      wants: ['Hangup'],
      ids,
    });
    expect(messages.map(([name, id]) => [name, id])).toEqual([['CoreShowChannel', 'ours-1']]);
    expect(parser.stats).toMatchObject({ blocks: 2, parsed: 1 });
  });

  it('answers nobody waits for are dropped', () => {
    expect(
      read(['Response: Success\r\n\r\nResponse: Error\r\nActionID: guess\r\nMessage: no\r\n\r\n'], { ids }).messages,
    ).toEqual([]);
  });
});

describe('bounds', () => {
  it('drops an event that grows beyond the limit, says so, and goes on behind it', () => {
    const big = `Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: X\r\nBig: ${'x'.repeat(4_000)}\r\n\r\n`;
    const chunks = Array.from({ length: Math.ceil(big.length / 100) }, (_, i) => big.slice(i * 100, i * 100 + 100));
    const { messages, tampers } = read(
      [...chunks, 'Response: Success\r\nActionID: ours-1\r\n\r\n', announced('Newstate', snapshot())],
      { ids, limits: { eventBytes: 1_000 } },
    );
    expect(tampers).toEqual(['oversizedBlock']);
    expect(messages.map(([name]) => name)).toEqual(['Success', 'Newstate']);
  });

  it('refuses an endless greeting', () => {
    const { greetings } = read(['x'.repeat(600), 'y'.repeat(600)], { greeting: true });
    expect(greetings[0]?.length).toBe(1_024);
  });
});
