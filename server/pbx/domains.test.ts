import { beforeEach, describe, expect, it } from 'vitest';
import type { CallerInfo, MemberInfo, ParticipantInfo, PbxEvent, QueueInfo } from './events';
import { Exchange, type Line } from './exchange';
import { violations } from './invariants';
import { PbxModel } from './model';
import { office } from './schedules';

let model: PbxModel;
let pbx: Exchange;
let done: number;

beforeEach(() => {
  model = new PbxModel();
  for (const event of office) model.reduce(event);
  pbx = new Exchange();
  done = 0;
});

function run(): void {
  for (; done < pbx.events.length; done++) model.reduce(pbx.events[done]!);
  expect(violations(model)).toEqual([]);
}

function say(event: Parameters<Exchange['say']>[0]) {
  return model.reduce({ at: pbx.now, ...event } as PbxEvent);
}

const iso = (ms: number) => new Date(ms).toISOString();
const ext = (number: string) => model.extension(number)!;
const queue = () => model.maps.queues.get('sales')!;
const lot = () => model.maps.parking.get('default')!;

const member = (fields: Partial<MemberInfo> = {}): MemberInfo => ({
  interface: 'Local/102@from-queue/n',
  stateInterface: 'PJSIP/102',
  name: 'Person 2',
  state: 'idle',
  paused: false,
  pausedReason: '',
  pausedSince: null,
  penalty: 0,
  callsTaken: 0,
  lastCall: null,
  membership: 'dynamic',
  inCall: false,
  ...fields,
});
const caller = (line: Line, position: number): CallerInfo => ({
  uniqueid: line.id,
  number: '5550123',
  name: 'Ann',
  position,
  waitingSince: pbx.now,
});

describe('extension state', () => {
  it('E10 E13: is the worst of its devices, unavailable out of reach, unknown when untold', () => {
    say({ type: 'extension', extension: { number: '200', devices: ['PJSIP/200', 'PJSIP/200-mobile'] } });
    expect(ext('200').state).toBe('unknown');
    say({ type: 'device', device: 'PJSIP/200', state: 'NOT_INUSE' });
    say({ type: 'device', device: 'PJSIP/200-mobile', state: 'UNAVAILABLE' });
    expect(ext('200').state).toBe('idle');
    say({ type: 'device', device: 'PJSIP/200-mobile', state: 'INUSE' });
    expect(ext('200').state).toBe('inUse');
    say({ type: 'device', device: 'PJSIP/200', state: 'RINGING' });
    expect(ext('200').state).toBe('ringInUse');
    say({ type: 'device', device: 'PJSIP/200', state: 'NOT_INUSE' });
    say({ type: 'device', device: 'PJSIP/200-mobile', state: 'NOT_INUSE' });
    for (const device of ['PJSIP/200', 'PJSIP/200-mobile']) say({ type: 'reachable', device, reachable: false });
    expect(ext('200').state).toBe('unavailable');
    say({ type: 'reachable', device: 'PJSIP/200', reachable: true });
    expect(ext('200').state).toBe('idle');
  });

  it('E12: does not depend on whether the device or the channel speaks first', () => {
    const from = pbx.dials('PJSIP/101', '102');
    const [dest] = pbx.rings(from, 'PJSIP/102');
    run();
    expect(ext('102').state).toBe('ringing');
    say({ type: 'device', device: 'PJSIP/102', state: 'RINGING' });
    pbx.hangUp(from);
    pbx.hangUp(dest!);
    run();
    expect(ext('102').state).toBe('idle');
    say({ type: 'device', device: 'PJSIP/102', state: 'NOT_INUSE' });
    expect(ext('102').state).toBe('idle');
    const next = pbx.dials('PJSIP/102', '101');
    run();
    say({ type: 'device', device: 'PJSIP/102', state: 'NOT_INUSE' });
    expect(ext('102').state).toBe('inUse');
    pbx.hangUp(next);
    run();
    say({ type: 'device', device: 'PJSIP/102', state: 'INUSE' });
    expect(ext('102').state).toBe('inUse');
  });

  it('E14: the phone of an extension is what registered as its first known device', () => {
    const phone = () => ext('101').phone;
    expect(phone()).toEqual({ model: null, answers: 'unknown' });
    say({ type: 'phone', device: 'PJSIP/101', agents: ['Yealink SIP-T46U 108.86.0.20'] });
    expect(phone()).toEqual({ model: 'Yealink SIP-T46U 108.86.0.20', answers: 'yes' });
    say({ type: 'phone', device: 'PJSIP/101', agents: ['Yealink', 'Linphone/5.2'] });
    expect(phone()).toEqual({ model: 'Yealink, Linphone/5.2', answers: 'unknown' });
    say({ type: 'list.phones', repair: false, phones: [{ device: 'PJSIP/101', agents: ['a\r\nb\u202e'.repeat(99)] }] });
    expect(phone().model).toMatch(/^[ ab]{80}$/);
    say({ type: 'list.phones', repair: false, phones: [] });
    expect(phone()).toEqual({ model: null, answers: 'unknown' });
  });

  it('E13 L4: a list of devices without a phone does not make it reachable', () => {
    say({ type: 'reachable', device: 'PJSIP/101', reachable: false });
    say({ type: 'list.devices', repair: false, devices: [{ device: 'PJSIP/102', state: 'NOT_INUSE' }] });
    expect(['101', '102', '103'].map((number) => ext(number).state)).toEqual(['unavailable', 'idle', 'unknown']);
  });

  it('E11: an offline phone with a line is in use, and offline again after it', () => {
    say({ type: 'device', device: 'PJSIP/101', state: 'UNAVAILABLE' });
    const from = pbx.dials('PJSIP/101', '102');
    run();
    expect(ext('101').state).toBe('inUse');
    pbx.hangUp(from);
    run();
    expect(ext('101').state).toBe('unavailable');
  });

  it('E1 E2: a surer name stays, fields left out stay', () => {
    const name = (text: string, rank: 'device' | 'ampuser') => ({ number: '101', name: { text, rank } });
    say({ type: 'extension', extension: name('Zoe', 'ampuser') });
    expect(say({ type: 'extension', extension: name('101', 'device') }).ops).toEqual([]);
    expect(ext('101')).toMatchObject({ name: 'Zoe', devices: ['PJSIP/101'], device: 'PJSIP/101' });
  });

  it('C21 E3: a device that becomes an extension or ceases to be one moves its channels', () => {
    const line = pbx.dials('PJSIP/300', '102');
    run();
    expect(model.channel(line.id)?.extension).toBe(null);
    say({ type: 'extension', extension: { number: '300', devices: ['PJSIP/300'] } });
    expect(ext('300').calls).toHaveLength(1);
    expect(model.findExtensionByDevice('PJSIP/300')?.number).toBe('300');
    say({ type: 'extension.gone', number: '300' });
    expect(model.extension('300')).toBe(undefined);
    expect(model.channel(line.id)?.extension).toBe(null);
    expect(violations(model)).toEqual([]);
  });

  it('E20: counts of a mailbox reach its extension whatever its context is called', () => {
    say({ type: 'extension', extension: { number: '101', mailbox: '101@device' } });
    say({ type: 'mwi', mailbox: '101@default', new: 2, old: 1 });
    expect(ext('101').voicemail).toEqual({ new: 2, old: 1 });
    expect(say({ type: 'list.mwi', repair: true, mailboxes: [] }).repairs).toBe(1);
    expect(ext('101').voicemail).toEqual({ new: 0, old: 0 });
  });
});

describe('do-not-disturb, forwarding, presence', () => {
  const origin = { source: 'panel', by: 'rita', since: '2026-11-21T08:30:00.000Z' } as const;
  const features = (number: string): Extract<PbxEvent, { type: 'features' }> => ({
    type: 'features',
    at: pbx.now,
    number,
    dnd: { ...origin, on: true, note: 'lunch', until: null },
    forward: { always: null, busy: '0044', noAnswer: null, ringCount: null, origins: { busy: origin } },
    presence: { ...origin, state: 'away', subtype: '', message: 'lunch', until: null },
    unsynced: [{ feature: 'dnd', backend: 'dfks', kind: 'away', reason: 'no answer' }],
  });

  it('F1: shows what was decided, and keeps what is equal', () => {
    say(features('101'));
    const { dnd, forward, presence, unsynced } = features('101');
    const before = ext('101');
    expect(before).toMatchObject({ dnd, forward, presence, unsynced });
    expect(say(features('101')).ops).toEqual([]);
    expect(say({ ...features('101'), unsynced: [] }).ops).toEqual([['extensions', '101', { unsynced: [] }]]);
    expect(ext('101').dnd).toBe(before.dnd);
  });

  it('F1: known before the extension', () => {
    say(features('400'));
    say({ type: 'extension', extension: { number: '400' } });
    expect(ext('400')).toMatchObject({ dnd: { on: true }, forward: { busy: '0044' }, presence: { message: 'lunch' } });
  });

  it('F2: what a store on the PBX says changes nothing', () => {
    expect(say({ type: 'held', backend: 'astdb', number: '101', slot: 'dnd', held: 'YES' }).ops).toEqual([]);
    const list = { backend: 'astdb', slot: 'dnd', readFrom: 0, rows: [['101', 'YES']] } as const;
    expect(say({ type: 'list.held', repair: true, ...list }).ops).toEqual([]);
  });

  it('F3: does not touch the state', () => {
    say(features('101'));
    expect(ext('101').state).toBe('idle');
  });

  it('F4: another PBX has nothing of it', () => {
    say(features('101'));
    say({ type: 'features.clear' });
    expect(ext('101')).toMatchObject({ dnd: { on: false, by: null }, presence: { state: 'not_set' }, unsynced: [] });
  });
});

describe('queues', () => {
  it('Q4 Q7 Q6: positions stay dense, the wait is a clock, the talk starts with the answer', () => {
    const lines = ['1', '2', '3'].map(() => pbx.dials('PJSIP/carrier', '500'));
    run();
    lines.forEach((line, index) => {
      pbx.state(line, 'up');
      pbx.say({ type: 'queue.join', queue: 'sales', caller: caller(line, index + 1) });
      pbx.wait(1000);
    });
    run();
    expect(model.maps.calls.get(lines[0]!.id)).toMatchObject({ state: 'queued', answeredAt: null, queue: 'sales' });
    pbx.say({ type: 'queue.abandon', queue: 'sales', uniqueid: lines[1]!.id });
    pbx.say({ type: 'queue.leave', queue: 'sales', uniqueid: lines[1]!.id, position: 2 });
    pbx.hangUp(lines[1]!);
    run();
    expect(queue().callers.map(({ uniqueid, position }) => [uniqueid, position])).toEqual([
      [lines[0]!.id, 1],
      [lines[2]!.id, 2],
    ]);
    expect(queue().abandoned).toBe(1);
    const [agent] = pbx.rings(lines[0]!, 'PJSIP/102');
    run();
    expect(ext('102').calls[0]).toMatchObject({ state: 'ringing', queue: 'sales' });
    pbx.wait(9000);
    pbx.answers(agent!);
    const names = { queue: 'sales', uniqueid: lines[0]!.id };
    pbx.say({ type: 'queue.leave', ...names, position: 1 });
    pbx.say({ type: 'queue.connect', ...names, memberInterface: 'PJSIP/102', memberUniqueid: agent!.id });
    run();
    expect(model.maps.calls.get(lines[0]!.id)).toMatchObject({
      state: 'talking',
      answeredAt: iso(pbx.now),
      queue: 'sales',
    });
    expect(queue().callers).toHaveLength(1);
    const complete = { type: 'queue.complete', ...names, memberInterface: '', memberUniqueid: '' } as const;
    say(complete);
    say(complete);
    expect(queue().completed).toBe(1);
    pbx.hangUp(lines[2]!);
    run();
    expect(queue().callers).toEqual([]);
  });

  it('Q5: a caller who is put in front moves the others, who is told twice stays once', () => {
    const [a, b] = [pbx.dials('PJSIP/carrier', '500'), pbx.dials('PJSIP/carrier', '500')];
    pbx.say({ type: 'queue.join', queue: 'sales', caller: caller(a, 1) });
    run();
    const since = queue().callers[0]!.waitingSince;
    pbx.wait(700);
    pbx.say({ type: 'queue.join', queue: 'sales', caller: caller(b, 1) });
    pbx.say({ type: 'queue.join', queue: 'sales', caller: caller(a, 2) });
    run();
    expect(queue().callers.map(({ uniqueid }) => uniqueid)).toEqual([b.id, a.id]);
    expect(queue().callers[1]).toMatchObject({ position: 2, waitingSince: since });
  });

  it('Q9: a member talks from AgentConnect to AgentComplete, for an Asterisk that does not say so as well', () => {
    for (const said of [false, null]) {
      say({ type: 'queue.member', queue: 'sales', member: member({ inCall: said }), added: true });
      const line = pbx.dials('PJSIP/carrier', '500');
      pbx.say({ type: 'queue.join', queue: 'sales', caller: caller(line, 1) });
      run();
      const inCall = () => queue().members[0]!.inCall;
      const talk = { queue: 'sales', uniqueid: line.id, memberInterface: member().interface, memberUniqueid: '' };
      expect(inCall()).toBe(false);
      say({ type: 'queue.connect', ...talk });
      expect(inCall()).toBe(true);
      say({ type: 'queue.member', queue: 'sales', member: member({ inCall: said === null ? null : true }) });
      expect(inCall()).toBe(true);
      const info = { ...queue(), serviceLevel: 0 };
      const listed = { queue: info, members: [member({ inCall: said === null ? null : true })], callers: [] };
      expect(say({ type: 'list.queues', repair: true, queues: [listed] }).repairs).toBe(0);
      say({ type: 'queue.complete', ...talk });
      expect(inCall()).toBe(false);
    }
  });

  it('Q1: news of a removed member does not bring it back', () => {
    expect(say({ type: 'queue.member', queue: 'sales', member: member() }).ops).toEqual([]);
    say({ type: 'queue.member', queue: 'sales', member: member(), added: true });
    expect(queue().members).toMatchObject([{ extension: '102', state: 'idle' }]);
    say({ type: 'queue.member.gone', queue: 'sales', interface: member().interface });
    expect(say({ type: 'queue.member', queue: 'sales', member: member({ callsTaken: 1 }) }).ops).toEqual([]);
    expect(queue().members).toEqual([]);
  });

  it('Q2: a member follows its state interface', () => {
    say({ type: 'queue.member', queue: 'sales', member: member(), added: true });
    say({ type: 'device', device: 'PJSIP/102', state: 'RINGING' });
    expect(queue().members[0]!.state).toBe('ringing');
    expect(say({ type: 'device', device: 'Local/102@from-queue/n', state: 'INUSE' }).ops).toEqual([]);
    say({ type: 'queue.member', queue: 'sales', member: member({ state: 'inUse' }) });
    expect(queue().members[0]!.state).toBe('inUse');
  });

  it('Q3: a pause keeps its begin', () => {
    say({ type: 'queue.member', queue: 'sales', member: member(), added: true });
    say({ type: 'queue.member', queue: 'sales', member: member({ paused: true, pausedReason: 'lunch' }) });
    const since = iso(pbx.now);
    pbx.wait(60_000);
    say({ type: 'queue.member', queue: 'sales', member: member({ paused: true, pausedReason: 'lunch', penalty: 1 }) });
    expect(queue().members[0]).toMatchObject({ pausedSince: since, penalty: 1, pausedReason: 'lunch' });
    say({ type: 'queue.member', queue: 'sales', member: member() });
    expect(queue().members[0]!.pausedSince).toBe(null);
  });

  it('Q8: knows a member by the number in a Local interface or hint, also when the extension comes later', () => {
    const called = { interface: 'Local/777@from-queue/n', stateInterface: 'hint:777@ext-local' };
    say({ type: 'queue.member', queue: 'sales', member: member(called), added: true });
    expect(queue().members[0]!.extension).toBe(null);
    say({ type: 'extension', extension: { number: '777' } });
    expect(queue().members[0]!.extension).toBe('777');
    say({ type: 'extension.gone', number: '777' });
    expect(queue().members[0]!.extension).toBe(null);
  });

  it('L5: a counter that no event tells is no repair', () => {
    const info: QueueInfo = {
      name: 'sales',
      strategy: '',
      completed: 7,
      abandoned: 2,
      serviceLevel: 0,
      serviceLevelPerf: 90,
    };
    const list = (completed: number, members: MemberInfo[]) =>
      say({ type: 'list.queues', repair: true, queues: [{ queue: { ...info, completed }, members, callers: [] }] });
    expect(list(7, [])).toMatchObject({ repairs: 0, ops: [['queues', 'sales', expect.anything()]] });
    expect(list(7, [member()]).repairs).toBe(1);
    expect(list(7, [member()]).ops).toEqual([]);
    expect(say({ type: 'list.queues', repair: true, queues: [] }).repairs).toBe(1);
  });
});

describe('parking', () => {
  it('P4 C43: whoever was dialled to park it, the call is known by who did', () => {
    const from = pbx.dials('PJSIP/101', '104');
    pbx.state(from, 'up');
    pbx.say({ type: 'parked', lot: 'default', slot: pbx.slot(from, '701', 'PJSIP/103') });
    run();
    expect(model.maps.calls.get(from.id)).toMatchObject({ state: 'parked', to: { number: '103', name: 'Person 3' } });
  });

  it('P1 P2 P4 C11: parked legs are strangers to each other, and leave by any way', () => {
    const talks = [1, 2].map(() => {
      const from = pbx.dials('PJSIP/carrier', '102');
      const [dest] = pbx.rings(from, 'PJSIP/102');
      pbx.answers(dest!);
      return [from, dest!] as const;
    });
    pbx.wait(2000);
    const lotBridge = { type: 'parking', technology: 'holding_bridge', creator: 'Parking' };
    talks.forEach(([from, dest], index) => {
      pbx.say({ type: 'parked', lot: 'default', slot: pbx.slot(from, `70${index + 1}`) });
      pbx.leave(from);
      pbx.enter(from, 'lot', null, lotBridge);
      pbx.hangUp(dest);
    });
    run();
    const since = iso(pbx.now);
    expect(lot().slots.map(({ space }) => space)).toEqual(['701', '702']);
    expect(model.maps.calls.size).toBe(2);
    const [a, b] = [talks[0]![0], talks[1]![0]];
    expect(model.maps.calls.get(a.id)).toMatchObject({ state: 'parked', parkedSince: since, to: { number: '102' } });
    const slot = pbx.slot(a, '701');
    pbx.wait(4000);
    pbx.say({ type: 'unparked', lot: 'default', uniqueid: a.id, how: 'timeout', swapped: null });
    pbx.leave(a);
    const [back] = pbx.rings(a, 'PJSIP/102');
    run();
    expect(say({ type: 'parked', lot: 'default', slot }).ops, 'P3').toEqual([]);
    expect(model.maps.calls.get(a.id)).toMatchObject({ state: 'ringing', answeredAt: null, parkedSince: null });
    pbx.answers(back!);
    pbx.hangUp(b);
    run();
    expect(model.maps.calls.get(a.id)).toMatchObject({ state: 'talking', answeredAt: iso(pbx.now) });
    expect(lot().slots).toEqual([]);
  });

  it('P2: a swap puts the other channel into the space', () => {
    const [a, b] = [pbx.dials('PJSIP/101', '1'), pbx.dials('PJSIP/102', '1')];
    pbx.say({ type: 'parked', lot: 'default', slot: pbx.slot(a, '701') });
    const swapped = pbx.slot(b, '701');
    pbx.say({ type: 'unparked', lot: 'default', uniqueid: a.id, how: 'retrieved', swapped });
    run();
    expect(lot().slots).toMatchObject([{ space: '701', uniqueid: b.id }]);
    expect(ext('102').calls[0]!.state).toBe('parked');
    expect(ext('101').calls[0]!.state).not.toBe('parked');
  });
});

describe('conferences', () => {
  const guest = (line: Line): ParticipantInfo => ({
    uniqueid: line.id,
    number: '101',
    name: '',
    muted: false,
    talking: false,
    admin: false,
    marked: false,
    joinedAt: pbx.now,
  });

  it('K1 K2 K3: a room lives from its first participant to its last', () => {
    const [a, b] = [pbx.dials('PJSIP/101', '800'), pbx.dials('PJSIP/102', '800')];
    for (const line of [a, b]) {
      pbx.state(line, 'up');
      pbx.say({ type: 'conference.join', name: '800', kind: 'confbridge', participant: guest(line) });
      pbx.enter(line, 'room', null, { type: 'base', technology: 'softmix', creator: 'ConfBridge' });
      pbx.wait(1000);
    }
    run();
    expect(ext('101').calls[0]).toMatchObject({ state: 'conference', party: { number: '800' }, peer: null });
    expect(model.maps.calls.size).toBe(2);
    say({ type: 'conference', name: '800', kind: 'confbridge', locked: true });
    say({ type: 'conference.participant', name: '800', uniqueid: a.id, muted: true });
    const room = model.maps.conferences.get('800')!;
    expect(room).toMatchObject({
      locked: true,
      participants: [{ extension: '101', muted: true }, { extension: '102' }],
    });
    pbx.hangUp(a);
    run();
    expect(model.maps.conferences.get('800')!.participants).toHaveLength(1);
    pbx.hangUp(b);
    run();
    expect(model.maps.conferences.size).toBe(0);
  });
});

describe('trunks', () => {
  it('T1 C44: show the outside party, direction and talk clock', () => {
    const from = pbx.dials('PJSIP/101', '0044207');
    const [out] = pbx.rings(from, 'PJSIP/carrier');
    run();
    const trunk = () => model.maps.trunks.get('PJSIP/carrier')!;
    expect(trunk().channels).toMatchObject([
      { uniqueid: out!.id, direction: 'out', party: { number: '0044207' }, answeredAt: null },
    ]);
    pbx.wait(2000);
    pbx.answers(out!);
    run();
    expect(trunk().channels[0]).toMatchObject({ answeredAt: iso(pbx.now), callId: from.id });
    say({ type: 'trunk', name: 'PJSIP/carrier', state: 'unreachable' });
    expect(trunk().state).toBe('unreachable');
    say({ type: 'trunk.gone', name: 'PJSIP/carrier' });
    expect(model.maps.trunks.size).toBe(0);
  });
});
