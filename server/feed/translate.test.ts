import { describe, expect, it } from 'vitest';
import type { PbxEvent } from '../pbx/events';
import { block, channelLines } from './testing';
import { translate, wantedEvents } from './translate';

const AT = 1_795_253_047_000;
const one = (text: string, skewMs = 0): PbxEvent | undefined => translate(block(text), AT, skewMs)?.[0];

describe('channels', () => {
  it('reads a snapshot, with nothing where Asterisk says <unknown>', () => {
    const event = one(
      `Event: Newstate\n${channelLines('', 'pbx-1795253036.1', 'PJSIP/102-00000001', { ChannelState: '5' })}`,
    );
    expect(event).toEqual({
      type: 'channel',
      at: AT,
      cause: 'state',
      channel: {
        uniqueid: 'pbx-1795253036.1',
        linkedid: 'pbx-1795253036.1',
        name: 'PJSIP/102-00000001',
        state: 'ringing',
        caller: { number: '101', name: 'Anna Berg' },
        connected: { number: '', name: '' },
        exten: '102',
        context: 'from-internal',
        accountCode: '',
      },
    });
  });

  it.each([
    ['Newchannel', 'new'],
    ['NewCallerid', 'callerid'],
    ['NewConnectedLine', 'connected'],
    ['NewAccountCode', 'other'],
  ])('%s is a channel event of cause %s', (name, cause) => {
    expect(one(`Event: ${name}\n${channelLines('', '1.1', 'SIP/101-1')}`)).toMatchObject({ type: 'channel', cause });
  });

  it.each(['-1', '10', '6 ', 'Up', '99999999999999999999', ''])(
    'takes no state from "%s" that it does not name',
    (state) => {
      const event = one(`Event: Newstate\n${channelLines('', '1.1', 'SIP/101-1', { ChannelState: state })}`);
      expect(event).toMatchObject({ channel: { state: state === '6 ' ? 'up' : 'unknown' } });
    },
  );

  it('reads a hangup and clamps its cause', () => {
    const hangup = (cause: string) => one(`Event: Hangup\n${channelLines('', '1.1', 'SIP/101-1')}\nCause: ${cause}`);
    expect(hangup('16')).toEqual({ type: 'channel.gone', at: AT, uniqueid: '1.1', hangupCause: 16 });
    expect(hangup('4294967295')).toMatchObject({ hangupCause: 255 });
    expect(hangup('abc')).toMatchObject({ hangupCause: 0 });
  });

  it('pairs the halves of a Local channel and reads a pickup', () => {
    const lines = `${channelLines('LocalOne', '1.1', 'Local/1@a-1;1')}\n${channelLines('LocalTwo', '1.2', 'Local/1@a-1;2')}`;
    expect(one(`Event: LocalBridge\n${lines}`)).toMatchObject({
      type: 'local.pair',
      one: { uniqueid: '1.1' },
      two: { uniqueid: '1.2' },
    });
    const pickup = `${channelLines('', '1.1', 'PJSIP/1-1')}\n${channelLines('Target', '1.2', 'PJSIP/2-1')}`;
    expect(one(`Event: Pickup\n${pickup}`)).toMatchObject({ type: 'pickup', target: { uniqueid: '1.2' } });
  });
});

describe('bridges, dials and transfers', () => {
  const bridge =
    'BridgeUniqueid: b1\nBridgeType: basic\nBridgeTechnology: simple_bridge\nBridgeCreator: <unknown>\nBridgeName: <unknown>';

  it('reads enter with the channel it takes the place of', () => {
    const event = one(`Event: BridgeEnter\n${bridge}\n${channelLines('', '1.1', 'PJSIP/1-1')}\nSwapUniqueid: 1.7`);
    const info = { id: 'b1', type: 'basic', technology: 'simple_bridge', creator: '', name: '' };
    expect(event).toMatchObject({ type: 'bridge.enter', bridge: info, channel: { uniqueid: '1.1' }, swapWith: '1.7' });
  });

  it('reads create, leave, destroy and merge', () => {
    expect(one(`Event: BridgeCreate\n${bridge}`)).toMatchObject({ type: 'bridge', bridge: { id: 'b1' } });
    expect(one(`Event: BridgeLeave\n${bridge}\n${channelLines('', '1.1', 'PJSIP/1-1')}`)).toMatchObject({
      type: 'bridge.leave',
    });
    expect(one(`Event: BridgeDestroy\n${bridge}`)).toEqual({ type: 'bridge.gone', at: AT, bridgeId: 'b1' });
    const merge = 'Event: BridgeMerge\nToBridgeUniqueid: b1\nFromBridgeUniqueid: b2';
    expect(one(merge)).toEqual({ type: 'bridge.merge', at: AT, into: 'b1', from: 'b2' });
  });

  it('reads a dial with and without a caller', () => {
    const dest = channelLines('Dest', '1.2', 'PJSIP/102-2');
    const begin = one(`Event: DialBegin\n${channelLines('', '1.1', 'PJSIP/101-1')}\n${dest}\nDialString: 102`);
    expect(begin).toMatchObject({
      type: 'dial.begin',
      source: { uniqueid: '1.1' },
      dest: { uniqueid: '1.2' },
      dialString: '102',
    });
    expect(one(`Event: DialEnd\n${dest}\nDialStatus: CANCEL`)).toMatchObject({
      type: 'dial.end',
      source: null,
      status: 'CANCEL',
    });
  });

  it('reads a blind transfer', () => {
    const lines = `${channelLines('Transferer', '1.1', 'PJSIP/1-1')}\n${channelLines('Transferee', '1.2', 'PJSIP/2-1')}`;
    expect(one(`Event: BlindTransfer\nResult: Success\n${lines}\n${bridge}\nExtension: 700`)).toMatchObject({
      type: 'transfer.blind',
      transferer: { uniqueid: '1.1' },
      transferee: { uniqueid: '1.2' },
      bridgeId: 'b1',
      exten: '700',
      ok: true,
    });
    expect(one(`Event: BlindTransfer\nResult: Not Permitted\n${lines}`)).toMatchObject({ ok: false, bridgeId: '' });
  });

  it('reads an attended transfer, and the Local channel that links its bridges', () => {
    const legs = `${channelLines('OrigTransferer', '1.1', 'PJSIP/1-1')}\n${channelLines('SecondTransferer', '1.3', 'PJSIP/1-2')}`;
    const links = `${channelLines('LocalOne', '1.5', 'Local/x-1;1')}\n${channelLines('LocalTwo', '1.6', 'Local/x-1;2')}`;
    const text = `Event: AttendedTransfer\nResult: Success\n${legs}\n${channelLines('TransferTarget', '1.4', 'PJSIP/4-1')}\n${links}`;
    const events = translate(block(text), AT, 0) ?? [];
    expect(events[0]).toMatchObject({
      original: { uniqueid: '1.1' },
      consult: { uniqueid: '1.3' },
      transferee: null,
      target: { uniqueid: '1.4' },
      ok: true,
    });
    expect(events[1]).toMatchObject({ type: 'local.pair', one: { uniqueid: '1.5' } });
  });
});

describe('queues', () => {
  const member =
    'Queue: support\nMemberName: Greta Lind\nInterface: Local/107@q/n\nStateInterface: PJSIP/107\nMembership: static';

  it('follows the state interface, and turns the PBX times into ours', () => {
    const text = `Event: QueueMemberPause\n${member}\nPenalty: 2\nCallsTaken: 5\nLastCall: 1795253000\nLastPause: 1795253010\nInCall: 1\nStatus: 6\nPaused: 1\nPausedReason: lunch`;
    expect(one(text, 3_600_000)).toMatchObject({
      type: 'queue.member',
      queue: 'support',
      member: {
        interface: 'Local/107@q/n',
        stateInterface: 'PJSIP/107',
        name: 'Greta Lind',
        state: 'ringing',
        paused: true,
        pausedReason: 'lunch',
        pausedSince: 1_795_253_010_000 + 3_600_000,
        penalty: 2,
        callsTaken: 5,
        lastCall: 1_795_253_000_000 + 3_600_000,
        inCall: true,
      },
    });
  });

  it('does not make up whether a member talks where Asterisk does not say', () => {
    const text = 'Event: QueueMemberStatus\nQueue: q\nMemberName: Bob\nInterface: SIP/1\nPaused: 0\nStatus: 1';
    expect(one(text)).toMatchObject({ member: { inCall: null } });
    expect(one(`${text}\nInCall: 0`)).toMatchObject({ member: { inCall: false } });
  });

  it('says which word of a member adds it: only that one may bring a member back', () => {
    const text = (name: string) => `Event: ${name}\nQueue: q\nMemberName: Bob\nInterface: SIP/1\nPaused: 0\nStatus: 1`;
    expect(one(text('QueueMemberAdded'))).toMatchObject({ type: 'queue.member', added: true });
    expect(one(text('QueueMemberStatus'))).not.toHaveProperty('added');
  });

  it('knows the older names: Reason, Location, Name, no LastPause', () => {
    const text = 'Event: QueueMemberPaused\nQueue: q\nName: Bob\nLocation: SIP/1\nPaused: 1\nReason: break\nStatus: 1';
    expect(one(text)).toMatchObject({
      member: {
        interface: 'SIP/1',
        stateInterface: 'SIP/1',
        name: 'Bob',
        pausedReason: 'break',
        pausedSince: null,
        state: 'idle',
      },
    });
  });

  it.each([
    ['0', 'unknown'],
    ['3', 'busy'],
    ['5', 'unavailable'],
    ['8', 'onHold'],
    ['9', 'onHold'],
    ['x', 'unknown'],
  ])('member status %s is %s', (status, state) => {
    expect(one(`Event: QueueMemberStatus\n${member}\nStatus: ${status}`)).toMatchObject({ member: { state } });
  });

  it('reads callers coming, going and giving up, and agents', () => {
    const caller = channelLines('', '1.2', 'PJSIP/103-2', { CallerIDNum: '103', CallerIDName: 'Carla' });
    expect(one(`Event: QueueCallerJoin\n${caller}\nQueue: q\nPosition: 3`)).toEqual({
      type: 'queue.join',
      at: AT,
      queue: 'q',
      caller: { uniqueid: '1.2', number: '103', name: 'Carla', position: 3, waitingSince: AT },
    });
    expect(one(`Event: QueueCallerLeave\n${caller}\nQueue: q\nPosition: 1`)).toMatchObject({
      type: 'queue.leave',
      position: 1,
    });
    expect(one(`Event: QueueCallerAbandon\n${caller}\nQueue: q`)).toEqual({
      type: 'queue.abandon',
      at: AT,
      queue: 'q',
      uniqueid: '1.2',
    });
    const agent = `${caller}\n${channelLines('Dest', '1.3', 'PJSIP/106-3')}\nQueue: q\nInterface: PJSIP/106`;
    expect(one(`Event: AgentConnect\n${agent}`)).toMatchObject({
      type: 'queue.connect',
      uniqueid: '1.2',
      memberUniqueid: '1.3',
    });
    expect(one(`Event: AgentComplete\n${agent}`)).toMatchObject({
      type: 'queue.complete',
      memberInterface: 'PJSIP/106',
    });
  });
});

describe('parking, conferences, voicemail, devices and presence', () => {
  const parkee = channelLines('Parkee', '1.7', 'PJSIP/110-5', { CallerIDNum: '110', CallerIDName: 'Jonas Weiß' });
  const parked = (left: string, gone: string) =>
    `Event: ParkedCall\n${parkee}\nParkerDialString: PJSIP/111\nParkinglot: default\nParkingSpace: 701\nParkingTimeout: ${left}\nParkingDuration: ${gone}`;

  it('dates a parked call back by its duration and makes its whole time of what is left', () => {
    expect(one(parked('35', '10'))).toEqual({
      type: 'parked',
      at: AT,
      lot: 'default',
      slot: {
        space: '701',
        uniqueid: '1.7',
        number: '110',
        name: 'Jonas Weiß',
        parkedBy: 'PJSIP/111',
        parkedSince: AT - 10_000,
        timeout: 45,
      },
    });
  });

  it.each([
    ['18446744073709551606', '10', 0],
    ['18446744073709551610', '51', 45],
    ['junk', '10', 0],
    ['99999999999', '0', 0],
  ])('ParkingTimeout %s after %s s is a lot of %i s', (left, gone, timeout) => {
    expect(one(parked(left, gone))).toMatchObject({ slot: { timeout } });
  });

  it.each([
    ['UnParkedCall', 'retrieved'],
    ['ParkedCallTimeOut', 'timeout'],
    ['ParkedCallGiveUp', 'gaveUp'],
  ])('%s leaves the space: %s', (name, how) => {
    expect(one(`Event: ${name}\n${parkee}\nParkinglot: default\nParkingSpace: 701`)).toEqual({
      type: 'unparked',
      at: AT,
      lot: 'default',
      uniqueid: '1.7',
      how,
      swapped: null,
    });
  });

  it('reads the life of a ConfBridge room', () => {
    const who = `Conference: 800\n${channelLines('', '1.9', 'PJSIP/112-7')}`;
    expect(one('Event: ConfbridgeStart\nConference: 800')).toMatchObject({ type: 'conference', kind: 'confbridge' });
    expect(one(`Event: ConfbridgeJoin\n${who}\nAdmin: Yes\nMuted: No`)).toMatchObject({
      type: 'conference.join',
      participant: { uniqueid: '1.9', admin: true, muted: false, joinedAt: AT },
    });
    expect(one(`Event: ConfbridgeTalking\n${who}\nTalkingStatus: on`)).toMatchObject({ talking: true });
    expect(one(`Event: ConfbridgeTalking\n${who}\nTalkingStatus: off`)).toMatchObject({ talking: false });
    expect(one(`Event: ConfbridgeMute\n${who}`)).toMatchObject({ type: 'conference.participant', muted: true });
    expect(one(`Event: ConfbridgeUnmute\n${who}`)).toMatchObject({ muted: false });
    expect(one('Event: ConfbridgeRecord\nConference: 800')).toMatchObject({ recording: true });
    expect(one(`Event: ConfbridgeLeave\n${who}`)).toEqual({
      type: 'conference.leave',
      at: AT,
      name: '800',
      uniqueid: '1.9',
    });
    expect(one('Event: ConfbridgeEnd\nConference: 800')).toEqual({ type: 'conference.gone', at: AT, name: '800' });
  });

  it('reads MeetMe, whose events name the room otherwise', () => {
    const who = `Meetme: 900\nUser: 1\n${channelLines('', '1.9', 'SIP/1-7')}`;
    expect(one(`Event: MeetmeJoin\n${who}`)).toMatchObject({ type: 'conference.join', name: '900', kind: 'meetme' });
    expect(one(`Event: MeetmeMute\n${who}\nStatus: on`)).toMatchObject({ muted: true });
    expect(one(`Event: MeetmeMute\n${who}\nStatus: off`)).toMatchObject({ muted: false });
    expect(one(`Event: MeetmeTalking\n${who}\nStatus: on`)).toMatchObject({ talking: true });
    expect(one('Event: MeetmeEnd\nMeetme: 900')).toMatchObject({ type: 'conference.gone', name: '900' });
  });

  it('reads voicemail counts, and at least that there is one', () => {
    expect(one('Event: MessageWaiting\nMailbox: 101\nWaiting: 1\nNew: 2\nOld: 3')).toEqual({
      type: 'mwi',
      at: AT,
      mailbox: '101@default',
      new: 2,
      old: 3,
    });
    expect(one('Event: MessageWaiting\nMailbox: 101@office\nWaiting: 1')).toMatchObject({
      mailbox: '101@office',
      new: 1,
      old: 0,
    });
  });

  it.each([
    ['PJSIP/101', 'RINGING', 'RINGING'],
    ['SIP/1000', 'nonsense', 'UNKNOWN'],
    ['DAHDI/i1/5551234', 'INUSE', 'INUSE'],
  ])('device %s %s', (device, said, state) => {
    expect(one(`Event: DeviceStateChange\nDevice: ${device}\nState: ${said}`)).toEqual({
      type: 'device',
      at: AT,
      device,
      state,
    });
  });

  it.each([
    'Custom:DND101',
    'Queue:support_pause_Local/107@from-queue/n',
    'park:701@parkedcalls',
    'Local/1@a',
    'MWI:1@default',
    '/x',
    '',
  ])('the made-up device "%s" never reaches the model', (device) => {
    expect(translate(block(`Event: DeviceStateChange\nDevice: ${device}\nState: BUSY`), AT, 0)).toEqual([]);
  });

  it('reads presence from the provider and from the hint', () => {
    expect(
      one(
        'Event: PresenceStateChange\nPresentity: CustomPresence:101\nStatus: away\nSubtype: lunch\nMessage: Back at one',
      ),
    ).toEqual({
      type: 'held',
      at: AT,
      backend: 'presence',
      number: '101',
      slot: 'presence',
      held: '["away","lunch","Back at one"]',
    });
    expect(one('Event: PresenceStatus\nExten: 101\nStatus: nothing known')).toMatchObject({
      number: '101',
      held: '["not_set","",""]',
    });
  });
});

describe('hostile blocks', () => {
  it('a block without its essential headers makes no event, whatever it is called', () => {
    for (const name of wantedEvents) {
      expect(translate(block(`Event: ${name}\nX: y`), AT, 0) ?? [], name).toEqual([]);
    }
  });

  it('absurd numbers, huge texts and odd names neither throw nor come through unclamped', () => {
    const huge = 'x'.repeat(5_000);
    for (const name of wantedEvents) {
      const text = `Event: ${name}
        Queue: __proto__\nConference: constructor\nMeetme: hasOwnProperty\nMailbox: ${huge}\nDevice: PJSIP/${huge}
        Presentity: :\nExten: ${huge}\nParkinglot: l\nParkingSpace: -1\nPosition: -5\nPenalty: 1e308\nStatus: NaN
        ParkingTimeout: ${'9'.repeat(300)}\nParkingDuration: ${'9'.repeat(300)}\nWait: 99999999999999\nPeer: ///
        Interface: ${huge}\nBridgeUniqueid: ${huge}\n${channelLines('', '1.1', huge, { ChannelState: '-7' })}
        ${channelLines('Parkee', '1.1', huge)}\n${channelLines('Dest', '1.2', huge)}`;
      const events = translate(block(text), AT, 0) ?? [];
      for (const event of events) {
        const numbers = JSON.stringify(event).match(/:-?\d[\d.e+]*/g) ?? [];
        for (const number of numbers)
          expect(Number.isSafeInteger(Number(number.slice(1))), `${name} ${number}`).toBe(true);
      }
    }
  });
});
