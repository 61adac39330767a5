import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmiParser } from './parser';
import { announced, snapshot } from './testing';
import type { TamperIncident } from './types';

const PROOF = 'probe-secret';
const ITEM = 'list-secret';

/** What a panel would take in: names and texts of what was delivered, after a probe's answer has ended each silence. */
function deliver(
  text: string,
  wants: (name: string) => boolean = () => true,
): { seen: string[]; text: string; reasons: TamperIncident['reason'][]; excerpts: string[] } {
  const seen: string[] = [];
  const bodies: string[] = [];
  const reasons: TamperIncident['reason'][] = [];
  const excerpts: string[] = [];
  const parser = new AmiParser({
    wants,
    isOurs: (id) => id === PROOF || id === ITEM,
    message: (message) => {
      seen.push(message.name);
      bodies.push([...message.entries()].map(([name, value]) => `${name}: ${value}`).join('\n'));
    },
    tamper: (reason, excerpt) => {
      reasons.push(reason);
      excerpts.push(excerpt);
    },
  });
  parser.write(Buffer.from(text));
  return { seen, text: bodies.join('\n\n'), reasons, excerpts };
}

const pong = `Response: Success\r\nActionID: ${PROOF}\r\nPing: Pong\r\n\r\n`;
const genuine = announced('DeviceStateChange', 'Device: PJSIP/102\r\nState: INUSE\r\n');
const crlf = '\r\n';
/** A forged event that would put extension 101 into Do Not Disturb. */
const forgedDnd =
  'Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: FOP2ASTDB\r\nFamily: fop2state\r\nChannel: PJSIP/101\r\nValue: Do not Disturb';
const forgedHangup = announced(
  'Hangup',
  `${snapshot('', { channel: 'PJSIP/999-1', uniqueid: '1700000000.9' })}Cause: 16\r\n`,
);

function expectNothingForged(text: string, wants?: (name: string) => boolean): ReturnType<typeof deliver> {
  const result = deliver(`${genuine}${text}${pong}${genuine}`, wants);
  expect(result.text).not.toMatch(/Forged|FOP2ASTDB|PJSIP\/999/);
  expect(result.seen.at(0)).toBe('DeviceStateChange');
  expect(result.seen.at(-1)).toBe('DeviceStateChange');
  expect(result.seen.filter((name) => name !== 'Success')).toEqual(['DeviceStateChange', 'DeviceStateChange']);
  return result;
}

describe('an event cut by a caller', () => {
  it('as seen on Asterisk 22: CR LF in the From user, the real rest behind an empty line', () => {
    const num = `10${crlf}Event: Forged${crlf}Foo: bar${crlf}${crlf}`;
    const { reasons, excerpts } = expectNothingForged(announced('Newchannel', snapshot('', { num })));
    expect(reasons).toEqual(['missingChannelTail']);
    expect(excerpts[0]).toContain('CallerIDNum: 10\\r\\nEvent: Forged');
    expect(excerpts[0]).not.toMatch(/[\r\n]/);
    expect(excerpts[0]?.length).toBeLessThanOrEqual(400);
  });

  it('with a whole forged block whose last line takes in the real rest', () => {
    const num = `10${crlf}${crlf}${forgedDnd}`;
    expectNothingForged(announced('Newchannel', snapshot('', { num })));
  });

  it('with several forged blocks and no empty line too many', () => {
    const num = `10${crlf}${crlf}${forgedHangup}${forgedHangup}Event: Newstate\r\nPrivilege: call,all\r\nChannel: PJSIP/999-2\r\nChannelState: 6\r\nChannelStateDesc: Up\r\nCallerIDNum: 1`;
    expectNothingForged(announced('Newstate', snapshot('', { num })));
  });

  it('with a forged whole snapshot first, to end a silence that waits for the rest', () => {
    const num = `10${crlf}${crlf}${announced('Newstate', snapshot('', { channel: 'PJSIP/999-3' }))}${forgedHangup}${forgedDnd}`;
    expectNothingForged(announced('Newchannel', snapshot('', { num })));
  });

  it('in Exten, AccountCode, the second snapshot, and the Exten of a Local channel', () => {
    const bad = `1${crlf}${crlf}${forgedDnd}`;
    expectNothingForged(announced('Newstate', snapshot('', { exten: bad })));
    expectNothingForged(announced('Newstate', snapshot('', { account: bad })));
    expectNothingForged(announced('DialBegin', `${snapshot()}${snapshot('Dest', { num: bad })}DialString: x\r\n`));
    expectNothingForged(announced('Newchannel', snapshot('', { channel: `Local/${bad}@from-internal-00000001;1` })));
  });

  it('and takes no TestEvent for a forgery: it repeats headers and ends in empty lines', () => {
    const test =
      'Type: StateChange\r\nState: CallIDChange\r\nAppFile: x.c\r\nAppLine: 1\r\nState: CallIDChange\r\n\r\n';
    const result = deliver(`${announced('TestEvent', test, 'reporting,all')}${announced('Newstate', snapshot())}`);
    expect(result.seen).toContain('Newstate');
    expect(result.reasons).toEqual([]);
  });

  it('in an event nobody wants: the forged wanted ones behind it are not believed', () => {
    const num = `10${crlf}${crlf}${forgedHangup}${forgedDnd}`;
    const body = `${snapshot('', { num })}Variable: a\r\nValue: b\r\n`;
    expectNothingForged(announced('VarSet', body, 'dialplan,all'), (name) => name !== 'VarSet' && name !== 'Newexten');
    expectNothingForged(announced('RTCPSent', body, 'reporting,all'), (name) => name !== 'RTCPSent');
  });

  it('that completes the shortest rest (in Exten) and forges Shutdown in the 79 bytes Asterisk leaves', () => {
    const exten = `1${crlf}Priority: 1${crlf}Uniqueid: 1${crlf}Linkedid: 1${crlf}${crlf}Event: Shutdown${crlf}Privilege: ,all`;
    expect(exten.length).toBeLessThanOrEqual(79);
    const result = deliver(`${announced('Newstate', snapshot('', { exten }))}${pong}`);
    expect(result.seen).not.toContain('Shutdown');
    expect(result.reasons).toEqual(['missingChannelTail']);
  });

  it('whatever is written into 79 bytes, and however the stream is cut', () => {
    const piece = fc.constantFrom(
      crlf,
      crlf + crlf,
      'Event: Forged',
      'Event: UserEvent',
      'UserEvent: Forged',
      'Privilege: call,all',
      'Linkedid: 1',
      'Uniqueid: 1',
      'CallerIDName: x',
      'Priority: 1',
      'Response: Success',
      'ActionID: guess',
      'Device: Forged',
      'x',
      '\r',
      '\n',
      ':',
    );
    const evil = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('').slice(0, 79));
    fc.assert(
      fc.property(
        evil,
        fc.constantFrom('num' as const, 'exten' as const, 'account' as const),
        fc.integer({ min: 1, max: 50 }),
        (value, field, size) => {
          const bytes = Buffer.from(
            `${announced('Newchannel', snapshot('', { [field]: `10${value}`.slice(0, 79) }))}${pong}${genuine}`,
          );
          const seen: string[] = [];
          const parser = new AmiParser({
            wants: () => true,
            isOurs: (id) => id === PROOF,
            message: (m) => seen.push(m.name),
            tamper: () => {},
          });
          for (let i = 0; i < bytes.length; i += size) parser.write(Buffer.from(bytes.subarray(i, i + size)));
          expect(seen.filter((name) => name !== 'Newchannel')).toEqual(['Success', 'DeviceStateChange']);
          expect(seen.filter((name) => name === 'Newchannel').length).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('a line added inside the block', () => {
  it('out of order', () => {
    const { reasons } = expectNothingForged(
      announced('Hangup', `${snapshot('', { num: `10${crlf}Uniqueid: 1700000000.9` })}Cause: 16\r\n`),
    );
    expect(reasons).toEqual(['missingChannelTail']);
  });

  it('in order, with the real lines following once more', () => {
    const num = `10${crlf}CallerIDName: x${crlf}ConnectedLineNum: 1${crlf}ConnectedLineName: x${crlf}Language: en${crlf}AccountCode: ${crlf}Context: c${crlf}Exten: 1${crlf}Priority: 1${crlf}Uniqueid: 1700000000.9${crlf}Linkedid: 1700000000.9`;
    const { reasons } = expectNothingForged(announced('Hangup', `${snapshot('', { num })}Cause: 16\r\n`));
    expect(reasons).toEqual(['repeatedHeader']);
    expectNothingForged(
      announced(
        'DialEnd',
        `${snapshot()}${snapshot('Dest', { num: num.replaceAll(/\n(?=[A-Z])/g, '\nDest') })}DialStatus: ANSWER\r\n`,
      ),
    );
  });

  it('repeating a header that never repeats', () => {
    const { reasons } = expectNothingForged(
      announced('DeviceStateChange', 'Device: PJSIP/1\r\nState: BUSY\r\nDevice: PJSIP/999\r\n'),
    );
    expect(reasons).toEqual(['repeatedHeader']);
  });
});

describe('lists', () => {
  const item = (of: Parameters<typeof snapshot>[1]): string =>
    `Event: CoreShowChannel\r\nActionID: ${ITEM}\r\n${snapshot('', of)}Application: Dial\r\nApplicationData: \r\nDuration: 00:00:01\r\nBridgeId: \r\n\r\n`;
  const entry = (num: string): string =>
    `Event: QueueEntry\r\nQueue: q\r\nPosition: 1\r\nChannel: c\r\nUniqueid: 1.1\r\nCallerIDNum: ${num}\r\nCallerIDName: n\r\nConnectedLineNum: u\r\nConnectedLineName: u\r\nWait: 1\r\nPriority: 0\r\nActionID: ${ITEM}\r\n\r\n`;

  it('lose the forged item alone: the next one proves itself by its ActionID', () => {
    const bad = item({ num: `10${crlf}${crlf}${forgedHangup}${forgedDnd}` });
    const result = deliver(item({ num: '1' }) + bad + item({ num: '2' }) + pong + genuine);
    expect(result.seen).toEqual(['CoreShowChannel', 'CoreShowChannel', 'Success', 'DeviceStateChange']);
    expect(result.text).not.toMatch(/PJSIP\/999|FOP2ASTDB/);
    expect(result.reasons).toHaveLength(1);
  });

  it('whose ActionID stands last: the forged block that takes in the real rest, ActionID and all, is dropped', () => {
    const bad = entry(`1${crlf}${crlf}Event: QueueMember\r\nQueue: Forged\r\nPaused: 1\r\nCallerIDNum: 1`);
    const result = deliver(entry('1') + bad + entry('2') + pong);
    expect(result.seen).toEqual(['QueueEntry', 'QueueEntry', 'Success']);
    expect(result.text).not.toContain('Forged');
  });

  it('cannot be ended, nor an action answered, without the ActionID', () => {
    const num = `1${crlf}${crlf}Event: CoreShowChannelsComplete\r\nEventList: Complete\r\nActionID: guess${crlf}${crlf}Response: Error\r\nActionID: guess\r\nMessage: no${crlf}${crlf}`;
    const result = deliver(item({ num }) + item({ num: '2' }));
    expect(result.seen).toEqual(['CoreShowChannel']);
  });
});

describe('blocks that are no events', () => {
  it('an unknown first header', () => {
    expect(expectNothingForged('CallerIDName: Forged\r\nUniqueid: 1\r\n\r\n').reasons).toEqual(['unknownFirstHeader']);
  });

  it('two empty lines in a row', () => {
    expect(expectNothingForged(`\r\n${announced('Forged', 'A: b\r\n')}`).reasons).toEqual(['doubleBlankLine']);
  });

  it('a privilege Asterisk never prints', () => {
    expectNothingForged('Event: Forged\r\nPrivilege: call\r\n\r\n');
  });

  it('one incident for a silence, however many blocks are dropped in it', () => {
    const { reasons } = expectNothingForged(
      announced('Newchannel', snapshot('', { num: `1${crlf}${crlf}${forgedHangup.repeat(5)}` })),
    );
    expect(reasons).toHaveLength(1);
  });
});

describe('presence', () => {
  const change = (message: string, id = ''): string =>
    announced(
      'PresenceStateChange',
      `Presentity: CustomPresence:101\r\nStatus: dnd\r\nSubtype: \r\nMessage: ${message}\r\n${id}`,
    );
  const status = (subtype: string, message: string): string =>
    announced(
      'PresenceStatus',
      `Exten: 101\r\nContext: c\r\nHint: PJSIP/101,CustomPresence:101\r\nStatus: dnd\r\nSubtype: ${subtype}\r\nMessage: ${message}\r\n`,
    );

  it('cut in Subtype lacks its Message', () => {
    expect(expectNothingForged(status(`a${crlf}${crlf}${forgedDnd}`, 'm')).reasons).toHaveLength(1);
  });

  it('cut in Message, which leaves no trace, is known from the escaped event before it', () => {
    const evil = `m${crlf}${crlf}${forgedDnd}`;
    const escaped = evil.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
    const result = deliver(change(escaped) + pong + status('', evil) + pong + genuine);
    expect(result.seen).toEqual(['PresenceStateChange', 'Success', 'Success', 'DeviceStateChange']);
    expect(result.reasons).toHaveLength(2);
  });

  it('is believed again after a harmless message; a list only reminds', () => {
    const result = deliver(
      change('a\\r\\nb') +
        pong +
        change('fine') +
        status('', 'fine') +
        change('a\\r\\nb', `ActionID: ${ITEM}\r\n`) +
        genuine,
    );
    expect(result.seen).toEqual([
      'PresenceStateChange',
      'Success',
      'PresenceStateChange',
      'PresenceStatus',
      'PresenceStateChange',
      'DeviceStateChange',
    ]);
    expect(result.reasons).toHaveLength(1);
  });
});

describe('what Asterisk itself prints is never doubted', () => {
  it.each([
    [
      'custom headers of a UserEvent',
      announced(
        'UserEvent',
        `${snapshot()}UserEvent: X\r\nUniqueid: 1.1\r\nChannel: a\r\nChannel: b\r\nLinkedid: 9\r\n`,
        'user,all',
      ),
    ],
    [
      'a UserEvent of an AMI client',
      announced(
        'UserEvent',
        'UserEvent: FOP2ASTDB\r\nFamily: fop2state\r\nValue: \r\nChannel: PJSIP/101\r\n',
        'user,all',
      ),
    ],
    ['no Language (13.0)', announced('Newchannel', snapshot().replace('Language: en\r\n', ''))],
    [
      'Tenantid and channel variables (22)',
      announced('Newstate', `${snapshot()}Tenantid: t\r\nChanVariable: a=1\r\nChanVariable: a=2\r\n`),
    ],
    [
      'VarSet of a global variable',
      announced('VarSet', 'Channel: none\r\nUniqueid: none\r\nVariable: a\r\nValue: b\r\n', 'dialplan,all'),
    ],
    [
      'a bridge and a channel',
      announced(
        'BridgeEnter',
        `BridgeUniqueid: b\r\nBridgeType: basic\r\nBridgeTechnology: simple_bridge\r\nBridgeCreator: <unknown>\r\nBridgeName: <unknown>\r\nBridgeNumChannels: 1\r\nBridgeVideoSourceMode: none\r\n${snapshot()}SwapUniqueid: 1\r\n`,
      ),
    ],
    ['a dial without a caller', announced('DialBegin', `${snapshot('Dest')}DialString: 1\r\n`)],
    [
      'six snapshots',
      announced(
        'AttendedTransfer',
        `Result: Success\r\n${['OrigTransferer', 'SecondTransferer', 'Transferee', 'TransferTarget', 'LocalOne', 'LocalTwo'].map((p) => snapshot(p)).join('')}IsExternal: No\r\n`,
      ),
    ],
    [
      'timestamps and a system name',
      announced('Newstate', `Timestamp: 1700000000.1\r\nSystemName: pbx\r\n${snapshot()}`),
    ],
    ['an event without a class', announced('Reload', 'Module: All\r\n', '<none>')],
    [
      'the answer to Originate',
      announced(
        'OriginateResponse',
        'ActionID: x\r\nResponse: Failure\r\nChannel: PJSIP/1\r\nContext: c\r\nExten: 1\r\nReason: 0\r\nUniqueid: <null>\r\nCallerIDNum: 1\r\nCallerIDName: a\r\n',
      ),
    ],
  ])('%s', (_title, text) => {
    const { seen, reasons } = deliver(text);
    expect(reasons).toEqual([]);
    expect(seen).toHaveLength(1);
  });
});
