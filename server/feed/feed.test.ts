import { describe, expect, it } from 'vitest';
import type { SessionState, SessionStatus } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import { Feed } from './feed';
import { PERIOD_MS } from './reconcile';
import { type Answerer, block, channelLines, FakePbx, ManualClock, ofType, settle } from './testing';

const hint = (number: string, more = '') =>
  `Event: ExtensionStatus\nExten: ${number}\nContext: from-internal\nHint: PJSIP/${number}${more}\nStatus: 0`;
const listed = (uniqueid: string, name: string, bridge = '', state = '6') =>
  `Event: CoreShowChannel\n${channelLines('', uniqueid, name, { ChannelState: state })}\nApplication: Dial\nApplicationData: x\nDuration: 00:00:10\nBridgeId: ${bridge}`;
const commands = ['Originate', 'Redirect', 'DBPut', 'MixMonitor', 'QueuePause', 'UserEvent'].map(
  (name) => `${name}: x`,
);

const office = (): Record<string, Answerer> => ({
  CoreSettings: ['Response: Success\nAsteriskVersion: 22.10.1+dfsg+~cs6-1'],
  ListCommands: [`Response: Success\n${commands.join('\n')}`],
  ExtensionStateList: [hint('101', ',CustomPresence:anna'), hint('102')],
  DeviceStateList: [
    'Event: DeviceStateChange\nDevice: PJSIP/101\nState: INUSE',
    'Event: DeviceStateChange\nDevice: Custom:DND101\nState: BUSY',
  ],
  PresenceStateList: [
    'Event: PresenceStateChange\nPresentity: CustomPresence:anna\nStatus: away\nSubtype: \nMessage: lunch',
  ],
  PJSIPShowContacts: ['Event: ContactList\nObjectName: 101;@x\nEndpoint: 101\nUri: sip:101@a\nStatus: NonQualified'],
  PJSIPShowEndpoints: [
    'Event: EndpointList\nObjectName: 101\nAor: 101\nAuths: 101\nContacts: 101/sip:101@a,\nDeviceState: In use',
    'Event: EndpointList\nObjectName: carrier\nAor: carrier\nAuths:\nContacts: carrier/sip:c,\nDeviceState: Not in use',
  ],
  PJSIPShowEndpoint: (fields) => [
    `Event: EndpointDetail\nObjectName: ${fields.Endpoint}\nCallerid: "Name of ${fields.Endpoint}" <${fields.Endpoint}>`,
    ...(fields.Endpoint === 'carrier' ? ['Event: ContactStatusDetail\nURI: sip:c\nStatus: Reachable'] : []),
  ],
  VoicemailUsersList: [
    'Event: VoicemailUserEntry\nVMContext: office\nVoiceMailbox: 101\nFullname: Anna\nNewMessageCount: 2\nOldMessageCount: 5',
  ],
  DBGetTree: (fields) =>
    ({
      DND: ['Event: DBGetTreeResponse\nKey: /DND/101\nVal: YES', 'Event: DBGetTreeResponse\nKey: /DND/102\nVal: '],
      CF: ['Event: DBGetTreeResponse\nKey: /CF/102\nVal: 0301234'],
      fop2state: ['Event: DBGetTreeResponse\nKey: /fop2state/PJSIP/102\nVal: Out to lunch'],
      AMPUSER: [
        'Event: DBGetTreeResponse\nKey: /AMPUSER/101/cidname\nVal: Anna Berg',
        'Event: DBGetTreeResponse\nKey: /AMPUSER/101/department\nVal: Sales',
      ],
    })[String(fields.Family)] ?? [],
  Getvar: ['Response: Success\nValue: '],
  BridgeList: ['Event: BridgeListItem\nBridgeUniqueid: b1\nBridgeType: basic\nBridgeTechnology: simple_bridge'],
  CoreShowChannels: [listed('1795252990.1', 'PJSIP/101-1', 'b1'), listed('1795252990.2', 'PJSIP/carrier-2', 'b1')],
  QueueStatus: [
    'Event: QueueParams\nQueue: support\nStrategy: ringall\nCompleted: 3\nAbandoned: 1\nServiceLevel: 20\nServicelevelPerf: 66.7',
    'Event: QueueMember\nQueue: support\nName: Anna\nLocation: PJSIP/101\nStatus: 1\nPaused: 0',
    'Event: QueueEntry\nQueue: support\nPosition: 1\nUniqueid: 1795252990.9\nCallerIDNum: unknown\nCallerIDName: unknown\nWait: 30',
  ],
  Parkinglots: ['Event: Parkinglot\nName: default\nStartSpace: 701\nStopSpace: 710\nTimeout: 45'],
  ParkedCalls: [],
  ConfbridgeListRooms: ['Event: ConfbridgeListRooms\nConference: 800\nLocked: Yes'],
  ConfbridgeList: [
    `Event: ConfbridgeList\nConference: 800\nAdmin: Yes\n${channelLines('', '1795252990.7', 'PJSIP/102-7')}\nAnsweredTime: 60`,
  ],
});

const status = (state: SessionState, failure: string | null = null): SessionStatus => ({
  state,
  since: 0,
  failure: failure === null ? null : { kind: 'lost', message: failure },
  amiVersion: '11.0.0',
});

function make(answers: Record<string, Answerer> = office()) {
  const clock = new ManualClock();
  const pbx = new FakePbx(answers);
  const out: PbxEvent[] = [];
  const logs: string[] = [];
  const log = { info: () => {}, warn: (_data: object, message: string) => void logs.push(message) };
  const feed = new Feed({ ami: pbx, clock, log, emit: (event) => out.push(event), random: () => 0.5, name: 'Office' });
  const ready = async (): Promise<void> => {
    feed.handleStatus(status('ready'));
    await clock.advance(0);
  };
  const hear = (text: string): void => feed.handleEvent(block(text), clock.now());
  return { clock, pbx, out, logs, feed, ready, hear, now: () => clock.now() };
}

const types = (events: readonly PbxEvent[]): string[] => events.map((event) => event.type);

describe('the first read', () => {
  it('reads every list, who is who before what they do, and the link is up after it', async () => {
    const { out, ready } = make();
    await ready();
    expect(types(out).filter((type) => type !== 'extension')).toEqual([
      'link',
      'link',
      'list.extensions',
      'list.devices',
      'list.phones',
      'list.trunks',
      'list.mwi',
      'list.held',
      'list.held',
      'list.held',
      'list.held',
      'list.held',
      'list.held',
      'list.channels',
      'list.queues',
      'list.parking',
      'list.conferences',
      'link',
    ]);
    const links = ofType(out, 'link');
    expect(links.map(({ link }) => link)).toEqual(['syncing', 'syncing', 'up']);
    expect(links[1]?.asteriskVersion).toBe('22.10.1');
    expect(links[2]).toMatchObject({ problem: null, missing: [], name: 'Office' });
  });

  it('loses no field on the way', async () => {
    const { out, ready, now } = make();
    await ready();
    expect(ofType(out, 'list.extensions')[0]?.extensions).toEqual([
      {
        number: '101',
        context: 'from-internal',
        devices: ['PJSIP/101'],
        name: { text: 'Anna Berg', rank: 'ampuser' },
        mailbox: '101@office',
        group: 'Sales',
        presentity: 'CustomPresence:anna',
      },
      {
        number: '102',
        context: 'from-internal',
        devices: ['PJSIP/102'],
        mailbox: null,
        group: null,
        presentity: null,
      },
    ]);
    expect(ofType(out, 'list.devices')[0]?.devices).toEqual([
      { device: 'PJSIP/101', state: 'INUSE', reachable: true },
      { device: 'PJSIP/102', state: 'NOT_INUSE' },
    ]);
    expect(ofType(out, 'list.trunks')[0]?.trunks).toEqual([{ name: 'PJSIP/carrier', state: 'reachable' }]);
    expect(ofType(out, 'list.mwi')[0]?.mailboxes).toEqual([{ mailbox: '101@office', new: 2, old: 5 }]);
    expect(ofType(out, 'list.held').map(({ backend, slot, rows }) => [backend, slot, rows])).toEqual([
      ['presence', 'presence', [['101', '["away","","lunch"]']]],
      ['astdb', 'dnd', [['101', 'YES']]],
      ['astdb', 'always', [['102', '0301234']]],
      ['astdb', 'busy', []],
      ['astdb', 'noAnswer', []],
      ['fop2', 'state', [['102', 'Out to lunch']]],
    ]);
    expect(ofType(out, 'list.channels')[0]).toMatchObject({
      channels: [
        { uniqueid: '1795252990.1', bridgeId: 'b1', application: 'Dial', applicationData: 'x', answeredAt: null },
        { uniqueid: '1795252990.2', bridgeId: 'b1' },
      ],
      bridges: [{ id: 'b1', type: 'basic' }],
    });
    expect(ofType(out, 'list.queues')[0]?.queues).toMatchObject([
      {
        queue: { name: 'support', completed: 3, abandoned: 1, serviceLevel: 20, serviceLevelPerf: 66.7 },
        members: [{ interface: 'PJSIP/101', state: 'idle' }],
        callers: [{ number: '', name: '', position: 1, waitingSince: now() - 30_000 }],
      },
    ]);
    expect(ofType(out, 'list.parking')[0]?.lots).toEqual([
      { lot: 'default', first: '701', last: '710', timeout: 45, slots: [] },
    ]);
    expect(ofType(out, 'list.conferences')[0]?.conferences).toMatchObject([
      {
        name: '800',
        kind: 'confbridge',
        locked: true,
        participants: [{ uniqueid: '1795252990.7', admin: true, joinedAt: now() - 60_000 }],
      },
    ]);
    // 102 had no name anywhere else: asked for afterwards, while the panel already runs.
    expect(out.at(-1)).toMatchObject({
      type: 'extension',
      extension: { number: '102', name: { text: 'Name of 102', rank: 'callerid' } },
    });
  });

  it('finds out when calls were answered, on our clock, also for the dialled leg', async () => {
    const { out, ready, now } = make({
      ...office(),
      // The PBX's clock is an hour ahead of ours.
      Ping: () => [`Response: Success\nPing: Pong\nTimestamp: ${(1_795_253_000_000 + 3_600_000) / 1000}`],
      Getvar: (fields) => {
        if (fields.Variable !== 'CDR(answer,u)') return ['Response: Success\nValue: '];
        return fields.Channel === 'PJSIP/101-1'
          ? ['Response: Success\nValue: 1795256596.500000']
          : ['Response: Success\nValue: '];
      },
    });
    await ready();
    const answered = 1_795_252_996_500;
    expect(answered).toBeLessThan(now());
    expect(ofType(out, 'list.channels')[0]?.channels.map(({ answeredAt }) => answeredAt)).toEqual([answered, answered]);
  });

  it('learns the dialled number of a trunk call that was there before', async () => {
    const { out, ready } = make({
      ...office(),
      Getvar: (fields) => [`Response: Success\nValue: ${fields.Variable === 'FROM_DID' ? '0309999' : ''}`],
    });
    await ready();
    expect(ofType(out, 'did')).toMatchObject([{ uniqueid: '1795252990.2', did: '0309999' }]);
  });

  it('goes on without what it may not read, and says which class is wanting', async () => {
    const { out, ready } = make({
      ...office(),
      PJSIPShowEndpoints: 'denied',
      PJSIPShowContacts: 'denied',
      DBGetTree: 'denied',
      ParkedCalls: 'denied',
      Parkinglots: 'denied',
      ListCommands: ['Response: Success\nRedirect: x\nDBPut: x\nMixMonitor: x\nUserEvent: x\nQueuePause: x'],
    });
    await ready();
    const up = ofType(out, 'link').at(-1);
    expect(up?.link).toBe('up');
    expect(up?.missing?.map(({ needs }) => needs)).toEqual(['call', 'call', 'reporting', 'system', 'originate']);
    expect(ofType(out, 'list.held').filter(({ backend }) => backend === 'astdb')).toEqual([]);
    expect(ofType(out, 'list.parking')).toEqual([]);
    expect(ofType(out, 'list.extensions')[0]?.extensions.map(({ number }) => number)).toEqual(['101', '102']);
  });

  it('modules that a PBX does without are empty, not missing', async () => {
    const { out, ready } = make({
      ...office(),
      QueueStatus: 'absent',
      Parkinglots: 'absent',
      ParkedCalls: 'absent',
      ListCommands: ['Response: Success\nOriginate: x\nRedirect: x\nDBPut: x\nMixMonitor: x\nUserEvent: x'],
    });
    await ready();
    expect(ofType(out, 'list.queues')[0]?.queues).toEqual([]);
    expect(ofType(out, 'list.parking')[0]?.lots).toEqual([]);
    expect(ofType(out, 'link').at(-1)?.missing).toEqual([]);
  });

  it('without device and presence modules the hints stand in for them, live too', async () => {
    const { out, ready, hear, pbx } = make({ ...office(), DeviceStateList: 'absent', PresenceStateList: 'absent' });
    await ready();
    expect(
      ofType(out, 'link')
        .at(-1)
        ?.missing?.map(({ needs }) => needs),
    ).toEqual(['res_manager_devicestate', 'res_manager_presencestate']);
    expect(ofType(out, 'list.devices')[0]?.devices[0]).toMatchObject({ device: 'PJSIP/101', state: 'NOT_INUSE' });
    hear('Event: ExtensionStatus\nExten: 101\nContext: c\nHint: PJSIP/101\nStatus: 8');
    expect(out.at(-1)).toMatchObject({ type: 'device', device: 'PJSIP/101', state: 'RINGING' });
    pbx.answers.Getvar = 'denied';
    hear('Event: PresenceStatus\nExten: 101\nStatus: xa');
    await settle();
    expect(out.at(-1)).toMatchObject({ type: 'held', number: '101', held: '["xa","",""]' });
  });

  it('asks an Asterisk without DBGetTree key by key, four at a time, once', async () => {
    const numbers = Array.from({ length: 300 }, (_, index) => String(1_000 + index));
    const { out, ready, pbx, clock } = make({
      ExtensionStateList: numbers.map((number) => hint(number)),
      DBGet: async (fields) => {
        await settle();
        return fields.Family === 'DND' && fields.Key === '1007'
          ? ['Event: DBGetResponse\nFamily: DND\nKey: 1007\nVal: YES']
          : new Error('x');
      },
    });
    await ready();
    const dnd = () => ofType(out, 'list.held').find(({ slot }) => slot === 'dnd');
    for (let i = 0; i < 6_000 && dnd() === undefined; i++) await settle();
    expect(dnd()?.rows).toEqual([['1007', 'YES']]);
    expect(pbx.mostBusy).toBeLessThanOrEqual(4);
    for (let i = 0; i < 3_000 && ofType(out, 'link').at(-1)?.link !== 'up'; i++) await settle();
    const asked = pbx.count('DBGet');
    expect(asked).toBe(300 * 6);
    await clock.advance(PERIOD_MS + 10_000);
    expect(pbx.count('DBGet')).toBe(asked);
  });

  it('10,000 extensions cost no request each', async () => {
    const numbers = Array.from({ length: 10_000 }, (_, index) => String(10_000 + index));
    const { out, ready, pbx, clock } = make({
      ExtensionStateList: numbers.map((number) => hint(number)),
      DBGetTree: (fields) =>
        fields.Family === 'AMPUSER'
          ? numbers.map((number) => `Event: DBGetTreeResponse\nKey: /AMPUSER/${number}/cidname\nVal: N ${number}`)
          : [],
    });
    await ready();
    for (let i = 0; i < 3_000 && ofType(out, 'link').at(-1)?.link !== 'up'; i++) await settle();
    await clock.advance(PERIOD_MS + 10_000);
    expect(ofType(out, 'list.extensions').map(({ extensions }) => extensions.length)).toEqual([10_000, 10_000]);
    expect(pbx.asked.length).toBeLessThan(70);
  });
});

describe('live', () => {
  it('an event that crosses the list comes once more after it', async () => {
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    const { out, ready, hear } = make({
      ...office(),
      QueueStatus: async () => {
        await gate;
        return [
          'Event: QueueParams\nQueue: support',
          'Event: QueueEntry\nQueue: support\nPosition: 1\nUniqueid: 1.9\nWait: 3',
        ];
      },
    });
    await ready();
    hear(`Event: QueueCallerLeave\n${channelLines('', '1.9', 'PJSIP/103-9')}\nQueue: support\nPosition: 1`);
    open();
    await settle();
    const queueEvents = types(out).filter((type) => type.startsWith('queue') || type === 'list.queues');
    expect(queueEvents).toEqual(['queue.leave', 'list.queues', 'queue.leave']);
  });

  it('a trunk call tells the number that was dialled', async () => {
    const { out, ready, hear } = make();
    await ready();
    const newchannel = (name: string, exten: string, context: string, state: string) =>
      hear(
        `Event: Newchannel\n${channelLines('', `1.${name}`, name, { ChannelState: state, Exten: exten, Context: context })}`,
      );
    newchannel('PJSIP/carrier-1', '0301234567', 'inbound', '4');
    newchannel('PJSIP/unheard-1', '0301234568', 'from-trunk-sip', '4');
    newchannel('PJSIP/carrier-2', '0160555', 'inbound', '0');
    newchannel('PJSIP/carrier-3', 's', 'inbound', '4');
    newchannel('PJSIP/101-2', '102', 'from-internal', '4');
    expect(ofType(out, 'did').map(({ did }) => did)).toEqual(['0301234567', '0301234568']);
  });

  it('a mirror re-reads AstDB; of a device, for the extension it belongs to', async () => {
    const { out, ready, hear, pbx } = make({
      ...office(),
      DBGet: (fields) => [`Event: DBGetResponse\nFamily: ${fields.Family}\nKey: ${fields.Key}\nVal: YES`],
    });
    await ready();
    hear('Event: DeviceStateChange\nDevice: Custom:DND102\nState: BUSY');
    hear('Event: DeviceStateChange\nDevice: Custom:DEVDND102\nState: BUSY');
    await settle();
    expect(ofType(out, 'held')).toMatchObject([{ backend: 'astdb', number: '102', slot: 'dnd', held: 'YES' }]);
    // The second mirror came while AstDB was being read: read once more, said once.
    expect(pbx.asked.filter(({ action }) => action === 'DBGet').map(({ fields }) => fields)).toEqual([
      { Family: 'DND', Key: '102' },
      { Family: 'DND', Key: '102' },
    ]);
    expect(types(out)).not.toContain('device');
  });

  it('the end of a call to a feature code re-reads AstDB for the extension that dialled it, no other end does', async () => {
    const { out, ready, hear, pbx } = make({
      ...office(),
      DBGet: ({ Family, Key }) =>
        Family === 'CFB' ? [`Event: DBGetResponse\nFamily: CFB\nKey: ${Key}\nVal: 118`] : [],
    });
    await ready();
    for (const [id, dialled, caller] of [
      ['7', '101', 'PJSIP/102-7'],
      ['8', '*90118', 'PJSIP/carrier-8'],
      ['9', '*90118', 'PJSIP/102-9'],
    ] as const) {
      const at = (exten: string) => channelLines('', `1.${id}`, caller, { ChannelState: '4', Exten: exten });
      hear(`Event: Newchannel\n${at(dialled)}`);
      hear(`Event: Newstate\n${at('s')}`);
      expect(pbx.count('DBGet')).toBe(0);
      hear(`Event: Hangup\n${at('s')}\nCause: 16`);
    }
    await settle();
    expect(
      pbx.asked.flatMap(({ action, fields }) => (action === 'DBGet' ? `${fields.Family}/${fields.Key}` : [])),
    ).toEqual(expect.arrayContaining(['DND/102', 'CF/102', 'CFB/102', 'CFU/102']));
    expect(pbx.count('DBGet')).toBe(4);
    const held = ofType(out, 'held').filter(({ slot }) => slot === 'busy');
    expect(held).toMatchObject([{ backend: 'astdb', number: '102', held: '118' }]);
  });

  it('presence goes to every extension of the provider, phones and trunks tell their reach', async () => {
    const { out, ready, hear } = make();
    await ready();
    const from = out.length;
    hear('Event: PresenceStateChange\nPresentity: CustomPresence:anna\nStatus: dnd\nMessage: no');
    hear('Event: PresenceStatus\nExten: 101\nStatus: chat');
    hear('Event: PeerStatus\nPeer: PJSIP/102\nPeerStatus: Unreachable');
    hear('Event: ContactStatus\nURI: sip:c\nContactStatus: Unreachable\nAOR: carrier\nEndpointName: carrier');
    expect(out.slice(from)).toMatchObject([
      { type: 'held', backend: 'presence', number: '101', held: '["dnd","","no"]' },
      { type: 'reachable', device: 'PJSIP/102', reachable: false },
      { type: 'trunk', name: 'PJSIP/carrier', state: 'unreachable' },
    ]);
  });

  it('a trunk whose account is hidden follows its device state', async () => {
    const device = (state: string) => `Event: DeviceStateChange\nDevice: PJSIP/carrier\nState: ${state}`;
    const { out, ready, hear } = make({
      ...office(),
      PJSIPShowEndpoints: 'denied',
      DeviceStateList: [device('NOT_INUSE')],
    });
    await ready();
    expect(ofType(out, 'list.trunks')[0]?.trunks).toEqual([{ name: 'PJSIP/carrier', state: 'reachable' }]);
    for (const state of ['INUSE', 'UNAVAILABLE', 'UNAVAILABLE', 'NOT_INUSE']) hear(device(state));
    expect(ofType(out, 'trunk').map(({ state }) => state)).toEqual(['unreachable', 'reachable']);
  });

  it('an unknown hint is looked up once, not at each of its events', async () => {
    const answers = office();
    const { ready, hear, clock, pbx, out } = make(answers);
    await ready();
    answers.ExtensionStateList = [hint('101'), hint('102'), hint('103')];
    for (let i = 0; i < 50; i++) {
      hear('Event: ExtensionStatus\nExten: 103\nContext: c\nHint: PJSIP/103\nStatus: 0');
      hear('Event: ExtensionStatus\nExten: 199\nContext: c\nHint: PJSIP/199\nStatus: 0');
    }
    await clock.advance(60_000);
    expect(pbx.count('ExtensionStateList')).toBe(2);
    expect(pbx.count('CoreShowChannels')).toBe(2);
    expect(ofType(out, 'list.extensions').at(-1)).toMatchObject({
      repair: false,
      extensions: [{}, {}, { number: '103' }],
    });
    hear('Event: ExtensionStatus\nExten: 199\nContext: c\nHint: PJSIP/199\nStatus: 1');
    await clock.advance(60_000);
    expect(pbx.count('ExtensionStateList')).toBe(2);
  });

  it('a reload reads everything anew, and nothing it brings is drift', async () => {
    const { ready, hear, clock, out } = make();
    await ready();
    hear('Event: Reload\nModule: All\nStatus: 0');
    await clock.advance(15_000);
    expect(ofType(out, 'list.queues').map(({ repair }) => repair)).toEqual([false, false]);
  });

  it('a block without its essential headers is dropped and counted', async () => {
    const { ready, hear, feed, out } = make();
    await ready();
    const before = out.length;
    hear('Event: Newchannel\nChannel: PJSIP/101-1');
    hear('Event: QueueMemberStatus\nQueue: x');
    hear('Event: Reload');
    expect([feed.stats().events, feed.stats().dropped, out.length]).toEqual([3, 2, before]);
  });
});

describe('reconciliation and the link', () => {
  it('a read after a tamper counts its differences, and waits for a pause in the stream', async () => {
    const { ready, clock, feed, out, hear } = make();
    await ready();
    await clock.advance(9_900);
    feed.handleTamper({ at: clock.now(), reason: 'repeatedHeader', excerpt: 'x' });
    hear('Event: DeviceStateChange\nDevice: PJSIP/101\nState: RINGING');
    await clock.advance(200);
    expect(ofType(out, 'list.channels')).toHaveLength(1);
    await clock.advance(500);
    expect(ofType(out, 'list.channels').map(({ repair }) => repair)).toEqual([false, true]);
    expect(feed.stats().tampered).toBe(1);
  });

  it('a channel that a forger hid from the list stays while Asterisk knows it, and his call does not make us read on and on', async () => {
    const answers = office();
    const { ready, clock, feed, out, hear, pbx } = make(answers);
    const forged = (): void => feed.handleTamper({ at: clock.now(), reason: 'unknownFirstHeader', excerpt: '' });
    await ready();
    for (const id of ['3', '4']) hear(`Event: Newchannel\n${channelLines('', `1.${id}`, `PJSIP/102-${id}`)}`);
    answers.Getvar = (fields) =>
      fields.Channel === 'PJSIP/102-3' ? ['Response: Success\nValue: 1.3'] : new Error('gone');
    answers.CoreShowChannels = () => {
      forged();
      return [listed('1795252990.1', 'PJSIP/101-1', 'b1')];
    };
    answers.QueueStatus = () => {
      forged();
      return [];
    };
    forged();
    await clock.advance(15_000);
    const channels = ofType(out, 'list.channels')
      .at(-1)
      ?.channels.map(({ uniqueid }) => uniqueid);
    expect(channels).toEqual(['1795252990.1', '1.3']);
    expect(ofType(out, 'list.queues')).toHaveLength(1);
    const before = pbx.count('CoreShowChannels');
    await clock.advance(600_000);
    expect(pbx.count('CoreShowChannels') - before).toBeLessThan(10);
  });

  it('a stream that never pauses is read after five seconds', async () => {
    const { ready, clock, feed, out, hear } = make();
    await ready();
    feed.requestResync('test');
    for (let i = 0; i < 100; i++) {
      await clock.advance(160);
      hear('Event: DeviceStateChange\nDevice: PJSIP/101\nState: RINGING');
    }
    expect(ofType(out, 'list.channels').length).toBe(2);
  });

  it('a link lost in the middle of a read emits nothing more of it, and reads all again when it is back', async () => {
    const answers = office();
    const stuck: (() => void)[] = [];
    answers.QueueStatus = () => new Promise((resolve) => stuck.push(() => resolve([])));
    const { ready, pbx, feed, out, clock } = make(answers);
    await ready();
    pbx.connected = false;
    for (const fail of stuck) fail();
    feed.handleStatus(status('waiting', 'The connection was cut'));
    await clock.advance(30_000);
    expect(types(out)).not.toContain('list.queues');
    expect(out.at(-1)).toMatchObject({ type: 'link', link: 'down', problem: 'The connection was cut' });
    pbx.connected = true;
    answers.QueueStatus = [];
    await ready();
    expect(ofType(out, 'list.queues')).toHaveLength(1);
    expect(ofType(out, 'link').at(-1)?.link).toBe('up');
    expect(ofType(out, 'list.channels').every(({ repair }) => !repair)).toBe(true);
  });

  it('says why it is down in words, once per reason, and never while it is up', async () => {
    const { ready, feed, out } = make();
    for (const state of ['connecting', 'loggingIn', 'booting'] as const) feed.handleStatus(status(state));
    expect(ofType(out, 'link').map(({ problem }) => problem)).toEqual([
      'Connecting to the PBX',
      'Connected; Asterisk is still starting',
    ]);
    await ready();
    feed.handleStatus(status('ready'));
    feed.handleStatus(status('waiting', 'No answer for 10 s'));
    feed.handleStatus(status('connecting', 'No answer for 10 s'));
    expect(ofType(out, 'link').map(({ link }) => link)).toEqual(['down', 'down', 'syncing', 'syncing', 'up', 'down']);
  });

  it('a single list that times out does not keep the panel from coming up', async () => {
    const { ready, out, logs } = make({ ...office(), VoicemailUsersList: new Error('no answer within 60 s') });
    await ready();
    expect(ofType(out, 'link').at(-1)?.link).toBe('up');
    expect(logs).toEqual(['A read of the PBX failed']);
    expect(types(out)).not.toContain('list.mwi');
  });

  it('leaves nothing behind when stopped', async () => {
    const { ready, feed, clock, pbx } = make();
    await ready();
    feed.stop();
    const asked = pbx.asked.length;
    await clock.advance(2 * PERIOD_MS);
    expect([pbx.asked.length, clock.timers]).toEqual([asked, 0]);
  });
});
