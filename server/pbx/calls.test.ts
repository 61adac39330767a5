import { beforeEach, describe, expect, it } from 'vitest';
import type { CallRecord, ExtensionRecord } from '../protocol/records';
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

/** Reduce what the exchange has said since. */
function run(): void {
  for (; done < pbx.events.length; done++) model.reduce(pbx.events[done]!);
  expect(violations(model)).toEqual([]);
}

const ext = (number: string): ExtensionRecord => model.extension(number)!;
const onlyCall = (): CallRecord => {
  expect(model.maps.calls.size).toBe(1);
  return [...model.maps.calls.values()][0]!;
};
const iso = (ms: number) => new Date(ms).toISOString();

function talk(from = 'PJSIP/101', to = 'PJSIP/102'): [Line, Line] {
  const caller = pbx.dials(from, to.slice(6));
  const [dest] = pbx.rings(caller, to);
  pbx.wait(5000);
  pbx.answers(dest!);
  run();
  return [caller, dest!];
}

describe('a basic call', () => {
  it('C33 C40 C43: rings on both sides with the dialled party', () => {
    const caller = pbx.dials('PJSIP/101', '102');
    const [dest] = pbx.rings(caller, 'PJSIP/102');
    run();
    expect(ext('101')).toMatchObject({ state: 'inUse' });
    expect(ext('101').calls).toMatchObject([
      {
        state: 'dialing',
        direction: 'out',
        peer: dest!.id,
        party: { number: '102', name: 'Person 2' },
        answeredAt: null,
      },
    ]);
    expect(ext('102')).toMatchObject({ state: 'ringing' });
    expect(ext('102').calls).toMatchObject([
      { state: 'ringing', direction: 'in', peer: caller.id, party: { number: '101', name: 'Person 1' } },
    ]);
    expect(onlyCall()).toMatchObject({
      id: caller.id,
      state: 'ringing',
      legs: [caller.id, dest!.id],
      from: { number: '101', name: 'Person 1' },
      to: { number: '102', name: 'Person 2' },
      answeredAt: null,
    });
  });

  it('C37: the talk clock starts with the answer, not with the ringing', () => {
    const started = pbx.now;
    const [caller] = talk();
    const answered = iso(started + 5000);
    expect(onlyCall()).toMatchObject({ state: 'talking', createdAt: iso(started), answeredAt: answered });
    expect(ext('101').calls[0]).toMatchObject({ startedAt: iso(started), answeredAt: answered, stateSince: null });
    expect(ext('102').calls[0]).toMatchObject({ answeredAt: answered, peer: caller.id });
  });

  it('C4 C7: nothing is left after the hangup, and late news do not bring it back', () => {
    const [caller, dest] = talk();
    const late = pbx.events.filter(({ type }) => type !== 'extension');
    pbx.hangUp(caller);
    pbx.hangUp(dest);
    run();
    expect(model.maps.calls.size + model.maps.channels.size).toBe(0);
    for (const event of late) expect(model.reduce({ ...event, at: pbx.now }).ops).toEqual([]);
    expect(ext('101')).toMatchObject({ calls: [], state: 'idle' });
  });

  it('C3: an event of a stranger changes nothing', () => {
    const stranger = new Exchange(pbx.now, '17.').dials('PJSIP/101', '102').snapshot();
    expect(model.reduce({ type: 'channel', at: 1, cause: 'state', channel: stranger }).ops).toEqual([]);
    expect(model.reduce({ type: 'hold', at: 1, channel: stranger }).ops).toEqual([]);
    expect(model.reduce({ type: 'dial.begin', at: 1, source: null, dest: stranger, dialString: '' }).ops).toEqual([]);
  });

  it('C5: a late ringing does not undo the answer', () => {
    const [, dest] = talk();
    const late = { ...dest.snapshot(), state: 'ringing' as const };
    expect(model.reduce({ type: 'channel', at: pbx.now, cause: 'state', channel: late }).ops).toEqual([]);
  });

  it('C15: a late beginning of the dial does not ring again', () => {
    const [caller, dest] = talk();
    const again = {
      type: 'dial.begin',
      at: pbx.now,
      source: caller.snapshot(),
      dest: dest.snapshot(),
      dialString: '',
    } as const;
    expect(model.reduce(again).ops).toEqual([]);
  });

  it('C36: the survivor keeps its state for a moment, then shows that it is alone', () => {
    const [caller, dest] = talk();
    pbx.hangUp(caller);
    run();
    expect(ext('102').calls[0]).toMatchObject({ state: 'talking', peer: null, party: { number: '101' } });
    pbx.leave(dest);
    run();
    model.reduce({ type: 'tick', at: pbx.now + 1000 });
    expect(ext('102').calls[0]).toMatchObject({ state: 'service' });
  });

  it('C46: a second call does not overwrite the first', () => {
    talk();
    pbx.wait(1000);
    const second = pbx.dials('PJSIP/103', '102');
    pbx.rings(second, 'PJSIP/102');
    run();
    expect(ext('102').state).toBe('ringInUse');
    expect(ext('102').calls.map(({ state, party }) => [state, party.number])).toEqual([
      ['talking', '101'],
      ['ringing', '103'],
    ]);
  });

  it('C31 E11: hold shows who holds and who is held, with its own clock', () => {
    const [caller] = talk();
    pbx.wait(3000);
    pbx.hold(caller);
    run();
    const since = iso(pbx.now);
    expect(ext('101').calls[0]).toMatchObject({ state: 'held', stateSince: since });
    expect(ext('102').calls[0]).toMatchObject({ state: 'onHold', stateSince: since });
    expect(onlyCall()).toMatchObject({ state: 'onHold', heldSince: since });
    expect(ext('101').state).toBe('inUse');
    expect(ext('102').state).toBe('onHold');
    pbx.hold(caller, false);
    run();
    expect(onlyCall()).toMatchObject({ state: 'talking', heldSince: null });
  });

  it('C48: a call is recorded while a leg of it is, whoever began it and however often', () => {
    const [caller, called] = talk();
    const say = (line: { id: string }, on: boolean, by: 'panel' | 'pbx') =>
      pbx.say({ type: 'recording', uniqueid: line.id, on, by });
    const recording = () => {
      run();
      return onlyCall().recording;
    };
    expect(recording()).toBe(false);
    say(called, true, 'pbx');
    say(caller, true, 'pbx');
    say(caller, true, 'panel');
    expect(recording()).toBe(true);
    say(caller, false, 'pbx');
    say(caller, false, 'panel');
    expect(recording()).toBe(true);
    say(called, false, 'pbx');
    say(called, false, 'pbx');
    expect(recording()).toBe(false);
    say(called, true, 'pbx');
    expect(recording()).toBe(true);
  });
});

describe('click to call', () => {
  it('C33 C42 C43: the phone rung by the PBX itself is the caller once it dials', () => {
    const own = pbx.channel('PJSIP/101', 'down', '');
    pbx.say({ type: 'dial.begin', source: null, dest: own.snapshot(), dialString: '101' });
    pbx.state(own, 'ringing');
    run();
    expect(ext('101')).toMatchObject({ state: 'ringing', calls: [{ state: 'ringing', peer: null }] });
    pbx.state(own, 'up');
    pbx.endDial(own, 'ANSWER');
    own.exten = '102';
    const [dest] = pbx.rings(own, 'PJSIP/102');
    run();
    expect(ext('101').calls[0]).toMatchObject({
      state: 'dialing',
      direction: 'out',
      party: { number: '102' },
      peer: dest!.id,
    });
    expect(ext('102').calls[0]).toMatchObject({ state: 'ringing', direction: 'in', party: { number: '101' } });
    expect(onlyCall()).toMatchObject({
      state: 'ringing',
      from: { number: '101' },
      to: { number: '102' },
      answeredAt: null,
    });
    pbx.wait(3000);
    pbx.answers(dest!);
    run();
    expect(onlyCall()).toMatchObject({ state: 'talking', answeredAt: iso(pbx.now) });
  });
});

describe('forks and pickup', () => {
  it('C16 C43: of a ring group the losers stop ringing, `to` becomes the winner', () => {
    const caller = pbx.dials('PJSIP/101', '600');
    const [a, b] = pbx.rings(caller, 'PJSIP/102', 'PJSIP/103');
    run();
    expect(onlyCall().to).toEqual({ number: '600', name: '' });
    expect(ext('101').calls[0]).toMatchObject({ peer: null, party: { number: '600' } });
    pbx.answers(a!);
    pbx.endDial(b!, 'CANCEL');
    run();
    expect(ext('103').calls).toEqual([]);
    expect(ext('103').state).toBe('idle');
    expect(onlyCall()).toMatchObject({ state: 'talking', to: { number: '102', name: 'Person 2' } });
  });

  it.each([
    [['PJSIP/102'], '102'],
    [['PJSIP/102', 'PJSIP/103'], '5550100'],
  ])('C43: a number of the trunk that rings %j is called %s', (rung, to) => {
    const caller = pbx.dials('PJSIP/carrier', '5550100');
    pbx.say({ type: 'did', uniqueid: caller.id, did: '5550100' });
    pbx.rings(caller, ...rung);
    run();
    expect(onlyCall()).toMatchObject({ to: { number: to }, did: '5550100' });
  });

  it.each([true, false])('C18: a pickup stops the phone that rang (told early: %s)', (early) => {
    const caller = pbx.dials('PJSIP/101', '102');
    const [dest] = pbx.rings(caller, 'PJSIP/102');
    const picker = pbx.dials('PJSIP/103', '*8');
    pbx.state(picker, 'up');
    const told = () => pbx.say({ type: 'pickup', channel: picker.snapshot(), target: dest!.snapshot() });
    const ended = () =>
      pbx.say({ type: 'dial.end', source: caller.snapshot(), dest: picker.snapshot(), status: 'ANSWER' });
    for (const step of early ? [told, ended] : [ended, told]) step();
    run();
    expect(ext('102').calls).toEqual([]);
    expect(ext('103').calls[0]).toMatchObject({ state: 'talking', party: { number: '101' } });
    expect(onlyCall()).toMatchObject({ state: 'talking', to: { number: '103' } });
  });
});

describe('Local and helper channels', () => {
  it('C9 C25 C26: are never people: the parties are those at the ends', () => {
    const caller = pbx.dials('PJSIP/101', '650');
    const [one, two] = pbx.localPair('102', caller);
    const [dest] = pbx.rings(two, 'PJSIP/102');
    run();
    expect([...model.maps.channels.keys()]).toEqual([caller.id, dest!.id]);
    expect(model.isKnownChannel(one.id)).toBe(true);
    expect(ext('102').calls[0]).toMatchObject({ state: 'ringing', party: { number: '101' }, peer: caller.id });
    pbx.answers(dest!);
    run();
    expect(ext('102').calls[0]!.answeredAt).toBe(null);
    pbx.answers(one);
    run();
    expect(ext('101').calls[0]).toMatchObject({ state: 'talking', peer: dest!.id, party: { number: '102' } });
    expect(onlyCall()).toMatchObject({ legs: [caller.id, dest!.id], to: { number: '102' } });
  });

  it('C12: optimising them away keeps the call and its clock', () => {
    const caller = pbx.dials('PJSIP/101', '650');
    const [one, two] = pbx.localPair('102', caller);
    const [dest] = pbx.rings(two, 'PJSIP/102');
    const far = pbx.answers(dest!);
    const near = pbx.answers(one);
    run();
    const { answeredAt } = onlyCall();
    pbx.wait(2000);
    pbx.say({ type: 'bridge.merge', into: near, from: far });
    run();
    expect(onlyCall()).toMatchObject({ state: 'talking', answeredAt });
    pbx.leave(two);
    pbx.enter(dest!, near, one);
    one.bridge = null;
    pbx.hangUp(one);
    pbx.hangUp(two);
    run();
    expect(onlyCall()).toMatchObject({ state: 'talking', answeredAt, legs: [caller.id, dest!.id] });
  });

  it('C9: surrogates, announcers and zombies are not shown', () => {
    for (const device of ['Surrogate/PJSIP', 'CBAnn/800', 'Message/ast_msg_queue', 'AsyncGoto/PJSIP/101']) {
      pbx.channel(device, 'up', '');
    }
    run();
    expect(model.maps.channels.size + model.maps.calls.size).toBe(0);
  });
});

describe('transfers', () => {
  it.each([0, 1, 2])('C19 C42: blind, in any order of the parties (%i)', (first) => {
    const [caller, dest] = talk('PJSIP/carrier', 'PJSIP/102');
    const bridgeId = dest.bridge!;
    const steps = [
      () => {
        const parties = { transferer: dest.snapshot(), transferee: caller.snapshot() };
        pbx.say({ type: 'transfer.blind', ...parties, bridgeId, exten: '103', ok: true });
      },
      () => pbx.leave(caller),
      () => pbx.hangUp(dest),
    ];
    for (let index = 0; index < 3; index++) steps[(first + index) % 3]!();
    run();
    expect(onlyCall()).toMatchObject({ state: 'dialing', answeredAt: null, to: { number: '103', name: 'Person 3' } });
    const [target] = pbx.rings(caller, 'PJSIP/103');
    run();
    expect(ext('102').calls).toEqual([]);
    pbx.wait(4000);
    pbx.answers(target!);
    run();
    expect(onlyCall()).toMatchObject({ state: 'talking', to: { number: '103' }, answeredAt: iso(pbx.now) });
    expect(onlyCall().from.number).toBe('');
  });

  it('C42: when the caller hands over, the one it called takes its place', () => {
    const [caller, dest] = talk('PJSIP/101', 'PJSIP/102');
    const parties = { transferer: caller.snapshot(), transferee: null };
    pbx.say({ type: 'transfer.blind', ...parties, bridgeId: dest.bridge!, exten: '103', ok: true });
    pbx.leave(dest);
    pbx.hangUp(caller);
    const [target] = pbx.rings(dest, 'PJSIP/103');
    pbx.answers(target!);
    run();
    expect(onlyCall()).toMatchObject({ from: { number: '102' }, to: { number: '103' } });
  });

  it('C11 C20 C44: attended: both calls become one, with caller, queue and number of the first', () => {
    const caller = pbx.dials('PJSIP/carrier', '5550100');
    pbx.say({ type: 'did', uniqueid: caller.id, did: '5550100' });
    const [original] = pbx.rings(caller, 'PJSIP/102');
    pbx.answers(original!);
    pbx.hold(original!);
    const consult = pbx.dials('PJSIP/102', '103');
    const [target] = pbx.rings(consult, 'PJSIP/103');
    pbx.answers(target!);
    run();
    expect(model.maps.calls.size).toBe(2);
    expect(ext('102').calls.map(({ state }) => state)).toEqual(['held', 'talking']);
    pbx.enter(target!, caller.bridge!, original!);
    pbx.hangUp(consult);
    pbx.hangUp(original!);
    run();
    expect(onlyCall()).toMatchObject({
      id: caller.id,
      did: '5550100',
      to: { number: '103' },
      legs: [caller.id, target!.id],
    });
    expect(ext('102')).toMatchObject({ calls: [], state: 'idle' });
  });

  it('C20: blonde: the phone that still rings shows the caller, and who transferred is free', () => {
    const [caller, original] = talk('PJSIP/101', 'PJSIP/102');
    const consult = pbx.dials('PJSIP/102', '103');
    const [target] = pbx.rings(consult, 'PJSIP/103');
    const legs = { original: original.snapshot(), consult: consult.snapshot(), transferee: caller.snapshot() };
    pbx.say({ type: 'transfer.attended', ...legs, target: null, ok: true });
    target!.dialledBy = caller;
    pbx.hangUp(original);
    pbx.hangUp(consult);
    run();
    expect(onlyCall()).toMatchObject({ state: 'ringing', to: { number: '103' }, from: { number: '101' } });
    expect(ext('103').calls[0]).toMatchObject({ state: 'ringing', party: { number: '101' }, peer: caller.id });
    expect(ext('102').calls).toEqual([]);
  });

  it('C36: a cancelled consultation gives the first call back', () => {
    const [, original] = talk('PJSIP/101', 'PJSIP/102');
    const bridge = original.bridge!;
    pbx.leave(original);
    const [target] = pbx.rings(original, 'PJSIP/103');
    run();
    expect(ext('101').calls[0]).toMatchObject({ state: 'onHold', answeredAt: expect.any(String) });
    pbx.hangUp(target!);
    pbx.enter(original, bridge);
    run();
    expect(onlyCall()).toMatchObject({ state: 'talking', from: { number: '101' }, to: { number: '102' } });
  });

  it('C6: a late snapshot does not take a leg out of the call it joined', () => {
    const [caller, dest] = talk();
    const late = { ...dest.snapshot(), linkedid: dest.id };
    expect(model.reduce({ type: 'channel', at: pbx.now, cause: 'connected', channel: late }).ops).toEqual([]);
    expect(onlyCall().id).toBe(caller.id);
  });

  it('C11: systemname prefixes are no part of the age', () => {
    const b = new Exchange(pbx.now, 'pbx-b-9.');
    expect(b.dials('PJSIP/101', '1').id).toBe('pbx-b-9.0');
    const old = pbx.dials('PJSIP/101', '1');
    for (const event of [...b.events, ...pbx.events]) model.reduce(event);
    const info = { id: 'x', type: 'basic', technology: '', creator: '', name: '' };
    for (const line of [old, ...b.live.values()]) {
      model.reduce({ type: 'bridge.enter', at: 1, bridge: info, channel: line.snapshot(), swapWith: null });
    }
    expect([...model.maps.calls.keys()]).toEqual(['pbx-b-9.0']);
  });
});
