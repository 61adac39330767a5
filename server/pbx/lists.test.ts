import { beforeEach, describe, expect, it } from 'vitest';
import type { BridgeInfo, ListedChannel, PbxEvent } from './events';
import { Exchange, type Line } from './exchange';
import { leftovers, violations } from './invariants';
import { PbxModel } from './model';
import { office } from './schedules';

let model: PbxModel;
let pbx: Exchange;
let done: number;

beforeEach(() => {
  model = newOffice();
  pbx = new Exchange();
  done = 0;
});

function newOffice(): PbxModel {
  const fresh = new PbxModel();
  for (const event of office) fresh.reduce(event);
  return fresh;
}

function run(): void {
  for (; done < pbx.events.length; done++) model.reduce(pbx.events[done]!);
  expect(violations(model)).toEqual([]);
}

const iso = (ms: number) => new Date(ms).toISOString();
const born = 1_800_000_000_000;

function listed(line: Line, fields: Partial<ListedChannel> = {}): ListedChannel {
  const unknown = { application: '', applicationData: '', createdAt: born, answeredAt: null };
  return { ...line.snapshot(), bridgeId: line.bridge, ...unknown, ...fields };
}

const basic = (id: string): BridgeInfo => ({ id, type: 'basic', technology: 'simple_bridge', creator: '', name: '' });

function list(rows: ListedChannel[], repair = false, into = model, bridges: BridgeInfo[] = []) {
  const ids = [...new Set(rows.map(({ bridgeId }) => bridgeId).filter((id) => id !== null))];
  const known = new Set(bridges.map(({ id }) => id));
  const all = [...bridges, ...ids.filter((id) => !known.has(id)).map(basic)];
  const result = into.reduce({ type: 'list.channels', at: pbx.now, repair, channels: rows, bridges: all });
  expect(violations(into)).toEqual([]);
  return result;
}

function talk(): [Line, Line] {
  const caller = pbx.dials('PJSIP/101', '102');
  const [dest] = pbx.rings(caller, 'PJSIP/102');
  pbx.wait(5000);
  pbx.answers(dest!);
  run();
  return [caller, dest!];
}

describe('a list of channels over a live model', () => {
  it('L4 L5: that agrees changes nothing and repairs nothing', () => {
    const [caller, dest] = talk();
    pbx.hold(caller);
    run();
    pbx.wait(1000);
    const rows = [
      listed(caller, { application: 'Dial', applicationData: 'PJSIP/102' }),
      listed(dest, { application: 'AppDial' }),
    ];
    expect(list(rows, true)).toEqual({ ops: [], repairs: 0 });
    expect(model.extension('101')!.calls[0]).toMatchObject({ state: 'held', answeredAt: iso(born + 5000) });
  });

  it('L5: what a known channel runs is read, not repaired: no event tells it', () => {
    const line = pbx.dials('PJSIP/101', '*97');
    pbx.answers(line);
    run();
    const party = () => model.extension('101')!.calls[0]!.party;
    expect(party()).toEqual({ number: '*97', name: '' });
    const { ops, repairs } = list([listed(line, { application: 'VoiceMailMain' })], true);
    expect(ops.length).toBeGreaterThan(0);
    expect(repairs).toBe(0);
    expect(party()).toEqual({ number: '*97', name: 'VoiceMailMain' });
    const ghost = list([], true);
    expect(ghost.repairs).toBeGreaterThan(0);
  });

  it('L4: a ghost goes, with its queue place and line, and late news do not bring it back', () => {
    const [caller, dest] = talk();
    const waiting = pbx.dials('PJSIP/carrier', '500');
    const row = { uniqueid: waiting.id, number: '1', name: '', position: 1, waitingSince: pbx.now };
    pbx.say({ type: 'queue.join', queue: 'sales', caller: row });
    run();
    const { repairs } = list([], true);
    expect(repairs).toBeGreaterThan(0);
    expect(leftovers(model)).toEqual([]);
    for (const line of [caller, dest, waiting]) {
      expect(model.reduce({ type: 'channel', at: pbx.now, cause: 'new', channel: line.snapshot() }).ops).toEqual([]);
    }
  });

  it('L7: a list that was begun before a hangup does not bring the channel back', () => {
    const [caller, dest] = talk();
    const rows = [listed(caller), listed(dest)];
    pbx.hangUp(caller);
    pbx.hangUp(dest);
    run();
    expect(list(rows).ops).toEqual([]);
  });

  it('C5 C6: a list is believed where an event would be late', () => {
    const [caller, dest] = talk();
    dest.linkedid = dest.id;
    dest.bridge = null;
    caller.bridge = null;
    list([listed(caller), listed(dest, { state: 'ringing' })]);
    expect(model.channel(dest.id)).toMatchObject({ state: 'ringing', linkedid: dest.id, bridgeId: null });
    expect(model.maps.calls.size).toBe(2);
  });

  it('L8: callers, slots and participants whose channel is not listed go', () => {
    const line = pbx.dials('PJSIP/101', '500');
    run();
    const row = { uniqueid: 'never.1', number: '1', name: '', position: 1, waitingSince: 1 };
    const info = { name: 'sales', strategy: '', completed: 0, abandoned: 0, serviceLevel: 0, serviceLevelPerf: 0 };
    model.reduce({ type: 'list.queues', at: 1, repair: false, queues: [{ queue: info, members: [], callers: [row] }] });
    const slot = { ...pbx.slot(line, '701'), uniqueid: 'never.2' };
    const lots = [{ lot: 'default', first: '701', last: '720', timeout: 45, slots: [slot] }];
    model.reduce({ type: 'list.parking', at: 1, repair: false, lots });
    expect(model.maps.queues.get('sales')!.callers).toHaveLength(1);
    list([listed(line)]);
    expect(model.maps.queues.get('sales')!.callers).toEqual([]);
    expect(model.maps.parking.get('default')!.slots).toEqual([]);
  });
});

describe('a first list', () => {
  it('L6: restores a talk with the answer time it is told', () => {
    const [caller, dest] = talk();
    const fresh = newOffice();
    const rows = [
      listed(caller, { application: 'Dial', applicationData: 'PJSIP/102,20', answeredAt: born + 5000 }),
      listed(dest, { application: 'AppDial', createdAt: born + 200, answeredAt: born + 5000 }),
    ];
    list(rows, false, fresh);
    expect(fresh.extension('102')!.calls).toEqual(
      model.extension('102')!.calls.map((call) => ({ ...call, startedAt: iso(born + 200) })),
    );
    expect(fresh.maps.calls.get(caller.id)).toEqual(model.maps.calls.get(caller.id));
  });

  it('L6 C37: a call that rings or waits in the list begins to talk when it is answered, whatever its CDR says', () => {
    const caller = pbx.dials('PJSIP/101', '102');
    const [dest] = pbx.rings(caller, 'PJSIP/102');
    run();
    const fresh = newOffice();
    const rows = [
      listed(caller, { application: 'Dial', applicationData: 'PJSIP/102,20', answeredAt: born }),
      listed(dest!, { application: 'AppDial' }),
    ];
    list(rows, false, fresh);
    const heard = pbx.events.length;
    pbx.wait(5000);
    pbx.answers(dest!);
    for (const event of pbx.events.slice(heard)) fresh.reduce(event);
    const answered = iso(pbx.now);
    expect(fresh.extension('101')!.calls).toMatchObject([{ state: 'talking', answeredAt: answered }]);
    expect(fresh.extension('102')!.calls).toMatchObject([{ state: 'talking', answeredAt: answered }]);
  });

  it('E11 E12: the state of a device that was read with the list stands: who was put on hold is on hold', () => {
    const [caller, dest] = talk();
    const fresh = newOffice();
    const devices = [
      { device: 'PJSIP/101', state: 'INUSE' as const },
      { device: 'PJSIP/102', state: 'ONHOLD' as const },
    ];
    fresh.reduce({ type: 'list.devices', at: pbx.now, repair: false, devices });
    list([listed(caller), listed(dest, { application: 'AppDial' })], false, fresh);
    expect(fresh.extension('101')!.state).toBe('inUse');
    expect(fresh.extension('102')!.state).toBe('onHold');
  });

  it('L6: without an answer time the talk began when the later leg did', () => {
    const [caller, dest] = talk();
    const fresh = newOffice();
    list([listed(caller), listed(dest, { createdAt: born + 200, application: 'AppDial' })], false, fresh);
    expect(fresh.maps.calls.get(caller.id)!.answeredAt).toBe(iso(born + 200));
  });

  it('L6: ringing legs find who rings them, of two dialling legs by the dial string', () => {
    const a = pbx.dials('PJSIP/101', '102');
    const b = pbx.dials('PJSIP/103', '104');
    b.linkedid = a.id;
    const [dest] = pbx.rings(b, 'PJSIP/104');
    const rows = [
      listed(a, { application: 'Dial', applicationData: 'PJSIP/102,20' }),
      listed(b, { application: 'Dial', applicationData: 'PJSIP/104,20' }),
      listed(dest!, { application: 'AppDial' }),
    ];
    list(rows);
    expect(model.extension('104')!.calls[0]).toMatchObject({ state: 'ringing', direction: 'in', peer: b.id });
    expect(model.extension('103')!.calls[0]).toMatchObject({
      state: 'dialing',
      peer: dest!.id,
      party: { number: '104' },
    });
  });

  it('L6 C26: a phone rung through a Local channel finds the caller', () => {
    const caller = pbx.dials('PJSIP/101', '650');
    const [one, two] = pbx.localPair('102', caller);
    const [dest] = pbx.rings(two, 'PJSIP/102');
    list([
      listed(caller, { application: 'Dial', applicationData: 'Local/102@from-internal' }),
      listed(one, { application: 'AppDial', state: 'down' }),
      listed(two, { application: 'Dial', applicationData: 'PJSIP/102,20' }),
      listed(dest!, { application: 'AppDial' }),
    ]);
    expect(model.extension('102')!.calls[0]).toMatchObject({
      state: 'ringing',
      peer: caller.id,
      party: { number: '101' },
    });
    expect(model.maps.channels.size).toBe(2);
  });

  it('L6 C32: waiting in a queue is known from the application, then from the queue', () => {
    const line = pbx.dials('PJSIP/carrier', '500');
    pbx.state(line, 'up');
    list([listed(line, { application: 'Queue', applicationData: 'sales,t' })]);
    expect(model.maps.calls.get(line.id)).toMatchObject({ state: 'queued', queue: 'sales', answeredAt: null });
    const info = { name: 'sales', strategy: '', completed: 0, abandoned: 0, serviceLevel: 0, serviceLevelPerf: 0 };
    const row = { uniqueid: line.id, number: '1', name: '', position: 1, waitingSince: born + 700 };
    const read = (callers: (typeof row)[]): PbxEvent => ({
      type: 'list.queues',
      at: 1,
      repair: false,
      queues: [{ queue: info, members: [], callers }],
    });
    model.reduce(read([row]));
    expect(model.maps.queues.get('sales')!.callers[0]!.waitingSince).toBe(iso(born + 700));
    model.reduce(read([]));
    expect(model.maps.calls.get(line.id)!.state).toBe('service');
    expect(violations(model)).toEqual([]);
  });

  it('L6 C30 C11: lots and rooms are known from their bridges, and merge nobody', () => {
    const [a, b, c] = ['101', '102', '103'].map((number) => pbx.dials(`PJSIP/${number}`, '1'));
    const bridges = [
      { id: 'lot', type: 'parking', technology: 'holding_bridge', creator: 'Parking', name: '' },
      { id: 'room', type: 'base', technology: 'softmix', creator: 'ConfBridge', name: '800' },
    ];
    const up = { state: 'up' as const };
    const rows = [
      listed(a!, { ...up, bridgeId: 'lot' }),
      listed(b!, { ...up, bridgeId: 'room' }),
      listed(c!, { ...up, bridgeId: 'room' }),
    ];
    list(rows, false, model, bridges);
    expect(['101', '102', '103'].map((number) => model.extension(number)!.calls[0]!.state)).toEqual([
      'parked',
      'conference',
      'conference',
    ]);
    expect(model.maps.calls.size).toBe(3);
  });

  it('L6: voicemail is a service', () => {
    const line = pbx.dials('PJSIP/101', '*97');
    pbx.state(line, 'up');
    list([listed(line, { application: 'VoiceMailMain' })]);
    expect(model.extension('101')!.calls[0]).toMatchObject({
      state: 'service',
      party: { number: '*97', name: 'VoiceMailMain' },
    });
  });
});

describe('the link', () => {
  it('L1 L2: changes its record alone and keeps the state as it was', () => {
    talk();
    const before = model.lists();
    const { ops } = model.reduce({ type: 'link', at: 5000, link: 'down', problem: 'refused' });
    expect(ops).toEqual([['pbx', 'pbx', { since: iso(5000), problem: 'refused' }]]);
    expect({ ...model.lists(), pbx: [] }).toEqual({ ...before, pbx: [] });
    model.reduce({ type: 'link', at: 6000, link: 'syncing', problem: 'refused' });
    model.reduce({ type: 'link', at: 7000, link: 'up', asteriskVersion: '22.10.1' });
    expect(model.maps.pbx.get('pbx')).toMatchObject({
      link: 'up',
      since: iso(7000),
      problem: null,
      asteriskVersion: '22.10.1',
    });
    expect(model.reduce({ type: 'link', at: 8000, link: 'up' }).ops).toEqual([]);
  });
});

describe('identity', () => {
  it('L23: an event of one extension leaves the other records, and its own calls, the same objects', () => {
    talk();
    const { extensions } = model.maps;
    const [own, other] = [extensions.get('101')!, extensions.get('103')!];
    const forward = { always: '9', busy: null, noAnswer: null, ringCount: null, origins: {} };
    const { dnd, presence } = own;
    const { ops } = model.reduce({
      type: 'features',
      at: pbx.now,
      number: '101',
      dnd,
      forward,
      presence,
      unsynced: [],
    });
    expect(ops).toEqual([['extensions', '101', { forward }]]);
    expect(extensions.get('103')).toBe(other);
    expect(extensions.get('101')).not.toBe(own);
    expect(extensions.get('101')!.calls).toBe(own.calls);
  });

  it('C4: the memory of the gone is bounded', () => {
    for (let index = 0; index < 20_100; index++) {
      model.reduce({ type: 'channel.gone', at: 1, uniqueid: `x.${index}`, hangupCause: 0 });
    }
    expect(model.facts.goneChannels.size).toBe(20_000);
  });
});
