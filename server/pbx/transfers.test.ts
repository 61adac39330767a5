import { describe, expect, it } from 'vitest';
import type { TransferRecord } from '../protocol/records';
import type { PbxEvent } from './events';
import { Exchange, type Line } from './exchange';
import { iso } from './ids';
import { leftovers, violations } from './invariants';
import { PbxModel } from './model';
import { office } from './schedules';

const at = 1_800_000_000_000;

/** 101 waits, 102 is the operator, 103 the target: each alone in an application. */
class Consultation {
  readonly model = new PbxModel();
  readonly pbx = new Exchange(at);
  readonly caller: Line;
  readonly own: Line;
  readonly target: Line;

  constructor() {
    for (const event of office) this.model.reduce(event);
    this.caller = this.pbx.dials('PJSIP/101', '102');
    [this.own] = this.pbx.rings(this.caller, 'PJSIP/102') as [Line];
    this.pbx.answers(this.own);
    this.pbx.leave(this.own);
    this.pbx.leave(this.caller);
    this.target = this.pbx.channel('PJSIP/103', 'up', '');
    for (const event of this.pbx.events) this.model.reduce(event);
  }

  is(state: TransferRecord['state'], over: Partial<TransferRecord> = {}): void {
    const transfer: TransferRecord = {
      id: 't1',
      mode: 'attended',
      state,
      uniqueid: this.caller.id,
      party: { number: '101', name: 'Person 1' },
      extension: '102',
      by: 'anna',
      to: { number: '103', name: 'Person 3' },
      own: this.own.id,
      target: this.target.id,
      reason: null,
      startedAt: iso(at),
      since: iso(at + 9_000),
      ...over,
    };
    this.tell({ type: 'transfer', at: at + 9_000, transfer });
  }

  tell(event: PbxEvent): void {
    this.model.reduce(event);
    expect(violations(this.model)).toEqual([]);
  }

  states(): (string | null | undefined)[] {
    return [this.caller, this.own, this.target].map(({ id }) => this.model.leg(id)?.state);
  }
}

describe('X: transfers of the panel', () => {
  it.each([
    ['ringing', ['onHold', 'dialing', 'service']],
    ['talking', ['onHold', 'service', 'service']],
    ['swapped', ['service', 'service', 'onHold']],
    ['transferred', ['dialing', 'service', 'service']],
    ['returning', ['onHold', 'service', 'service']],
    ['returned', ['service', 'service', 'service']],
  ] as const)('X2: while %s the legs that stand alone do what it says', (state, expected) => {
    const all = new Consultation();
    all.is(state);
    expect(all.states()).toEqual(expected);
  });

  it('X2: with whom, and since when', () => {
    const all = new Consultation();
    all.is('ringing');
    const line = (number: string) => all.model.extension(number)?.calls[0];
    expect(line('101')).toMatchObject({
      state: 'onHold',
      stateSince: iso(at),
      party: { number: '102', name: 'Person 2' },
    });
    expect(line('102')).toMatchObject({ state: 'dialing', party: { number: '103', name: 'Person 3' } });
    expect(all.model.extension('101')?.state).toBe('onHold');
    expect(all.model.maps.calls.get(all.caller.linkedid)?.state).toBe('onHold');
  });

  it('X4: a phone that is rung through Local channels, in a call of its own, is called by whom its display shows', () => {
    const { pbx, model } = new Consultation();
    const seen = pbx.events.length;
    const one = pbx.channel('Local/104@from-internal', 'down', '104', undefined, ';1');
    const two = pbx.channel('Local/104@from-internal', 'ring', '104', one, ';2');
    two.name = `${one.name.slice(0, -1)}2`;
    pbx.say({ type: 'channel', cause: 'rename', channel: two.snapshot() });
    pbx.say({ type: 'local.pair', one: one.snapshot(), two: two.snapshot() });
    const [rung] = pbx.rings(two, 'PJSIP/104') as [Line];
    rung.connected = { number: '102', name: 'Person 2' };
    pbx.state(rung, 'ringing');
    for (const event of pbx.events.slice(seen)) model.reduce(event);
    const sides = { from: { number: '102', name: 'Person 2' }, to: { number: '104' } };
    expect(model.maps.calls.get(rung.linkedid)).toMatchObject({ state: 'ringing', ...sides });
    expect(violations(model)).toEqual([]);
  });

  it('X4: who waits to be connected calls where they were sent; who asks calls as well, though once called', () => {
    const all = new Consultation();
    all.is('ringing');
    expect(all.model.extension('102')?.calls[0]).toMatchObject({ state: 'dialing', direction: 'out' });
    all.is('transferred', { mode: 'blind' });
    all.tell({ type: 'channel.gone', at: at + 10_000, uniqueid: all.own.id, hangupCause: 16 });
    const waiting = () => all.model.maps.calls.get(all.caller.linkedid);
    expect(waiting()).toMatchObject({ from: { number: '101' }, to: { number: '103' } });
    all.tell({ type: 'transfer.gone', at: at + 10_000, id: 't1' });
    expect(waiting()?.to.number).toBe('102');
  });

  it('X2: who talks, talks', () => {
    const all = new Consultation();
    all.is('ringing');
    all.pbx.enter(all.caller, 'b9');
    all.pbx.enter(all.own, 'b9');
    for (const event of all.pbx.events) all.model.reduce(event);
    expect(all.states()).toEqual(['talking', 'talking', 'service']);
  });

  it('X1, X3: the record goes with transfer.gone alone, and leaves nothing behind', () => {
    const all = new Consultation();
    all.is('talking');
    for (const { id } of [all.caller, all.own, all.target]) {
      all.tell({ type: 'channel.gone', at: at + 10_000, uniqueid: id, hangupCause: 16 });
    }
    expect(all.model.maps.transfers.size).toBe(1);
    all.tell({ type: 'transfer.gone', at: at + 10_000, id: 't1' });
    expect(all.model.maps.transfers.size).toBe(0);
    expect(leftovers(all.model)).toEqual([]);
  });

  it('X1: another caller of the same record frees the one before', () => {
    const all = new Consultation();
    all.is('talking');
    all.is('talking', { uniqueid: all.target.id, target: null });
    expect(all.states()).toEqual(['service', 'service', 'onHold']);
  });
});
