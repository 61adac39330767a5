import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmiParser } from './parser';
import { announced, snapshot } from './testing';

const PROOF = 'probe-secret';
const pong = `Response: Success\r\nActionID: ${PROOF}\r\nPing: Pong\r\n\r\n`;

interface Taken {
  readonly messages: readonly (readonly [string, string | undefined, readonly (readonly [string, string])[]])[];
  readonly tampers: readonly string[];
  readonly dropped: number;
}

/** What a parser takes from `text` after it has read `before`, in pieces of `size` bytes. */
function take(before: string, text: string | Buffer, wants: (name: string) => boolean, size = 1_000_000): Taken {
  const messages: [string, string | undefined, (readonly [string, string])[]][] = [];
  const tampers: string[] = [];
  const parser = new AmiParser({
    wants,
    isOurs: (id) => id === PROOF,
    message: (message, id) => messages.push([message.name, id, [...message.entries()]]),
    tamper: (reason) => tampers.push(reason),
  });
  parser.write(Buffer.from(before));
  messages.length = 0;
  tampers.length = 0;
  const dropped = parser.stats.dropped;
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i += size) parser.write(Buffer.from(bytes.subarray(i, i + size)));
  return { messages, tampers, dropped: parser.stats.dropped - dropped };
}

const blocks = [
  announced('Newchannel', snapshot()),
  announced('Newchannel', `${snapshot()}ChanVariable: a=1\r\nChanVariable: b=2\r\n`),
  announced('VarSet', `${snapshot()}Variable: a\r\nValue: b\r\n`, 'dialplan,all'),
  announced('VarSet', 'Channel: none\r\nUniqueid: none\r\nVariable: a\r\nValue: b\r\n', 'dialplan,all'),
  announced('DialBegin', `${snapshot()}${snapshot('Dest')}DialString: 1\r\n`),
  announced('DeviceStateChange', 'Device: PJSIP/101\r\nState: INUSE\r\n'),
  announced('BridgeCreate', 'BridgeUniqueid: b\r\nBridgeType: basic\r\nBridgeNumChannels: 0\r\n'),
  announced('UserEvent', 'UserEvent: X\r\nA: 1\r\nB: 2\r\n', 'user,all'),
  `Event: CoreShowChannel\r\nActionID: ${PROOF}\r\n${snapshot()}BridgeId: \r\n\r\n`,
  `Event: QueueEntry\r\nQueue: q\r\nUniqueid: 1.1\r\nCallerIDNum: 1\r\nActionID: ${PROOF}\r\n\r\n`,
];
const genuine = announced('ExtensionStatus', 'Exten: 1\r\nContext: c\r\nHint: h\r\nStatus: 0\r\nStatusText: Idle\r\n');
const all = blocks.join('');
const pieces = fc.constantFrom(
  ...['\r\n', '\r\n\r\n', '\r', '\n', ':', ' ', 'x', 'ü', '\\n', 'Event: X', 'Linkedid: 1', 'ActionID: guess'],
  ...['UserEvent: X', 'Privilege: call,all', 'Uniqueid: 1', 'Channel: 1', `ActionID: ${PROOF}`, 'DestChannelState: 6'],
);

describe('a block of a form known to be good', () => {
  it.each([true, false])('is taken as when it was seen first (wanted: %s)', (wanted) => {
    for (const block of blocks) expect(take(all, block, () => wanted)).toEqual(take('', block, () => wanted));
  });

  it('is taken as when it was seen first, whatever was written into it, however it is cut', () => {
    const change = fc.record({ at: fc.nat(1_000), cut: fc.nat(30), put: fc.array(pieces, { maxLength: 4 }) });
    fc.assert(
      fc.property(
        fc.constantFrom(...blocks),
        fc.array(change, { maxLength: 3 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 600 }),
        (block, changes, wanted, size) => {
          let text = block;
          for (const { at, cut, put } of changes) {
            const from = at % text.length;
            text = text.slice(0, from) + put.join('') + text.slice(from + cut);
          }
          const wants = (name: string): boolean => wanted || name === 'ExtensionStatus';
          const stream = text + genuine + pong + genuine;
          expect(take(all, stream, wants, size)).toEqual(take('', stream, wants));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('decodes what is not ASCII, and undoes escapes', () => {
    const block = announced('Newchannel', snapshot('', { name: "J\\'ü \u{1F600}" }));
    const taken = take(all, block + block, () => true);
    expect(taken.messages[1]?.[2]).toContainEqual(['CallerIDName', "J'ü \u{1F600}"]);
    const mixed = take(all, blocks[0] + block + blocks[0], () => true);
    expect(mixed.messages.map(([, , headers]) => headers[5]?.[1])).toEqual(['101', '101', '101']);
  });

  it('reads headers by name without case, the first of several, and none that is absent', () => {
    const seen: (string | undefined)[] = [];
    const parser = new AmiParser({
      wants: () => true,
      message: (m) => seen.push(m.get('UNIQUEID'), m.get('chanvariable'), m.get('toString'), m.get('Event')),
    });
    parser.write(Buffer.from(`${blocks[1]}${blocks[1]}`));
    expect(seen.slice(4)).toEqual(['1700000000.1', 'a=1', undefined, 'Newchannel']);
    expect(seen.slice(0, 4)).toEqual(seen.slice(4));
  });
});

describe('an event cut by a caller', () => {
  const forged = announced('Hangup', `${snapshot('', { channel: 'PJSIP/999-1', uniqueid: '9.9' })}Cause: 16\r\n`);
  const known = `${all}${forged}`;

  it.each(['VarSet', 'Newchannel', 'DialBegin'])('is noticed in a form already known: %s', (name) => {
    for (const field of ['num', 'exten', 'account'] as const) {
      const evil = snapshot('', { [field]: `10\r\n\r\n${forged}Event: VarSet\r\nPrivilege: dialplan,all\r\nX: 1` });
      const rest = name === 'VarSet' ? 'Variable: a\r\nValue: b\r\n' : name === 'DialBegin' ? snapshot('Dest') : '';
      const stream = announced(name, `${evil}${rest}`);
      const taken = take(known, stream + pong + genuine, (event) => event !== 'VarSet');
      expect(taken.tampers).toEqual(['missingChannelTail']);
      expect(taken.messages.map(([event]) => event)).toEqual(['Success', 'ExtensionStatus']);
    }
  });

  it('cannot end a silence with a form that is known', () => {
    const evil = announced(
      'VarSet',
      `${snapshot('', { num: `1\r\n\r\n${forged}${blocks[0]}` })}Variable: a\r\nValue: b\r\n`,
    );
    expect(take(known, evil + pong, () => true).messages.map(([name]) => name)).toEqual(['Success']);
  });

  it('is noticed when its ids are empty', () => {
    const empty = announced('Newchannel', snapshot('', { uniqueid: '' }));
    expect(take(known, empty + pong, () => false).tampers).toEqual(['missingChannelTail']);
  });
});
