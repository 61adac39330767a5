import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmiRefusedError } from '../../ami/errors';
import { Exchange, type Line } from '../../pbx/exchange';
import { leftovers, violations } from '../../pbx/invariants';
import { PbxModel } from '../../pbx/model';
import { office } from '../../pbx/schedules';
import { defaultNumberRules } from '../../protocol/number-rules';
import type { TransferRecord } from '../../protocol/records';
import type { Actor } from '../actor';
import { createCommands, type Handlers } from '../executor';
import { KeyedLimiter } from '../limiter';
import { modelPortOf } from '../model-port';
import { doorOf, untouchedCalls } from '../testing';
import { createHandler } from './conferences-create';
import { cancelHandler, completeHandler, swapHandler } from './consult';
import { anna, bert } from './testing';
import { TestSwitch } from './testing-switch';
import { transferHandler } from './transfer';
import { Transfers } from './transfers';

const at = 1_800_000_000_000;
const operator: Actor = { ...anna, extension: '102' };

/** 101 talks to the operator at 102; 103, 104 and 105 are free. */
class Desk {
  readonly model = new PbxModel();
  readonly pbx = new Exchange(at);
  readonly switch: TestSwitch;
  readonly transfers: Transfers;
  readonly caller: Line;
  readonly own: Line;
  readonly faults: object[] = [];
  readonly shown: TransferRecord[] = [];
  private told = 0;
  private readonly execute;

  constructor(goesOn = true) {
    this.switch = new TestSwitch(this.pbx, { goesOn });
    for (const event of office) this.model.reduce(event);
    this.model.reduce({ type: 'link', at, link: 'up' });
    const log = {
      warn: (fields: object) => void this.faults.push(fields),
      error: (f: object) => void this.faults.push(f),
    };
    const model = modelPortOf(this.model);
    const note = (event: Parameters<PbxModel['reduce']>[0]) => {
      if (event.type === 'transfer') this.shown.push(event.transfer);
      this.model.reduce(event);
    };
    const pause = async () => this.tell();
    const now = () => this.pbx.now;
    this.transfers = new Transfers({ model, ami: () => this.switch, note, pause, now, log });
    const rules = () => defaultNumberRules;
    const handlers = {
      ...untouchedCalls(),
      'call.transfer': transferHandler(rules, this.transfers),
      'call.transfer.complete': completeHandler(this.transfers),
      'call.transfer.swap': swapHandler(this.transfers),
      'call.transfer.cancel': cancelHandler(this.transfers),
      'conference.create': createHandler(rules, this.transfers),
    };
    this.execute = createCommands({
      model,
      ami: () => this.switch,
      handlers: handlers as Handlers,
      door: doorOf(),
      audit: () => undefined,
      now,
      log,
      limiter: new KeyedLimiter({ burst: 100_000, perSecond: 1, now: () => 0 }),
    });
    this.caller = this.pbx.dials('PJSIP/101', '102');
    [this.own] = this.pbx.rings(this.caller, 'PJSIP/102') as [Line];
    this.pbx.answers(this.own);
    this.tell();
  }

  tell(): void {
    while (this.told < this.pbx.events.length) {
      const event = this.pbx.events[this.told];
      this.told += 1;
      if (event === undefined) continue;
      this.model.reduce(event);
      this.transfers.observe(event);
    }
  }

  /** Whatever follows by itself. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 60; turn++) {
      this.tell();
      await Promise.resolve();
    }
  }

  async tick(): Promise<void> {
    this.switch.tick();
    await this.settle();
  }

  async run(name: string, params: object, actor: Actor = operator) {
    const result = await this.execute(name, params, actor);
    await this.settle();
    return result;
  }

  async ask(to = '103') {
    return this.run('call.transfer', { uniqueid: this.caller.id, to, mode: 'attended' });
  }

  async steer(how: 'complete' | 'swap' | 'cancel', actor?: Actor) {
    return this.run(`call.transfer.${how}`, { uniqueid: this.caller.id }, actor);
  }

  async answered(): Promise<Line> {
    const [phone] = this.switch.ringing();
    if (phone === undefined) throw new Error('nobody rings');
    this.switch.answer(phone);
    await this.settle();
    return phone;
  }

  get record(): TransferRecord | undefined {
    return [...this.model.maps.transfers.values()][0];
  }

  /** The other end of a leg, as the model has it. */
  with(line: Line): string[] {
    return (this.model.line(line.id)?.talksTo ?? []).flatMap((one) => this.model.leg(one)?.channel.extension ?? []);
  }
}

describe('an attended transfer', () => {
  it('asks, talks and completes; the operator is free', async () => {
    const desk = new Desk();
    expect(await desk.ask()).toMatchObject({ ok: true });
    expect(desk.record).toMatchObject({
      mode: 'attended',
      state: 'ringing',
      extension: '102',
      by: 'anna',
      reason: null,
    });
    expect(desk.record).toMatchObject({ party: { number: '101' }, to: { number: '103', name: 'Person 3' } });
    expect(desk.model.leg(desk.caller.id)?.state).toBe('onHold');
    expect(desk.model.leg(desk.own.id)?.state).toBe('dialing');
    const target = await desk.answered();
    expect(desk.record).toMatchObject({ state: 'talking', own: desk.own.id, target: target.id });
    expect(desk.with(desk.own)).toEqual(['103']);
    expect(await desk.steer('complete')).toMatchObject({ ok: true });
    expect(desk.record).toBeUndefined();
    expect(desk.with(desk.caller)).toEqual(['103']);
    expect(desk.switch.phones().map(({ id }) => id)).toEqual([desk.caller.id, target.id]);
    expect(desk.pbx.live.size).toBe(2);
    expect(desk.faults).toEqual([]);
  });

  it('swaps to and fro', async () => {
    const desk = new Desk();
    await desk.ask();
    expect(await desk.steer('swap')).toMatchObject({
      error: 'conflict',
      message: 'Person 3 (103) has not answered yet.',
    });
    await desk.answered();
    for (const [state, partner] of [
      ['swapped', '101'],
      ['talking', '103'],
      ['swapped', '101'],
    ] as const) {
      expect(await desk.steer('swap')).toMatchObject({ ok: true });
      expect(desk.record?.state).toBe(state);
      expect(desk.with(desk.own)).toEqual([partner]);
    }
    expect(await desk.steer('complete')).toMatchObject({ ok: true });
    expect(desk.with(desk.caller)).toEqual(['103']);
  });

  it('completed before the answer rings on, for the caller', async () => {
    const desk = new Desk();
    await desk.ask();
    expect(await desk.steer('complete')).toMatchObject({ ok: true });
    expect(desk.record).toMatchObject({ state: 'transferred', own: null });
    expect(desk.pbx.live.has(desk.own.id)).toBe(false);
    expect(await desk.steer('complete')).toMatchObject({
      error: 'conflict',
      message: expect.stringMatching(/way already/),
    });
    await desk.answered();
    expect(desk.record).toBeUndefined();
    expect(desk.with(desk.caller)).toEqual(['103']);
  });

  it.each(['ringing', 'talking', 'swapped'] as const)('cancelled while %s gives the caller back', async (state) => {
    const desk = new Desk();
    await desk.ask();
    if (state !== 'ringing') await desk.answered();
    if (state === 'swapped') await desk.steer('swap');
    expect(desk.record?.state).toBe(state);
    expect(await desk.steer('cancel')).toMatchObject({ ok: true });
    expect(desk.record).toBeUndefined();
    expect(desk.with(desk.own)).toEqual(['101']);
    expect(desk.pbx.live.size).toBe(2);
  });

  it.each([
    ['BUSY', 'Person 3 (103) is busy'],
    ['NOANSWER', 'Person 3 (103) did not answer'],
    ['CHANUNAVAIL', 'Person 3 (103) cannot be reached'],
    ['CONGESTION', 'Person 3 (103) cannot be reached'],
  ])('not taken (%s) gives the caller back by itself, and says why', async (status, reason) => {
    for (const goesOn of [true, false]) {
      const desk = new Desk(goesOn);
      await desk.ask();
      const [phone] = desk.switch.ringing();
      if (phone) desk.switch.refuse(phone, status);
      await desk.settle();
      expect(desk.with(desk.own)).toEqual(['101']);
      expect(desk.record).toMatchObject({ state: 'returned', reason });
      expect(await desk.steer('cancel')).toMatchObject({ ok: true });
      for (let seconds = 0; seconds < 6; seconds++) await desk.tick();
      expect(desk.record).toBeUndefined();
      expect(desk.with(desk.own)).toEqual(['101']);
    }
  });

  it('the target hangs up: the caller is back at the same phone, or rings there where the dialplan dropped it', async () => {
    const stays = new Desk();
    await stays.ask();
    stays.switch.hangUp(await stays.answered());
    await stays.settle();
    expect(stays.with(stays.own)).toEqual(['101']);
    expect(stays.record).toMatchObject({ state: 'returned', reason: 'Person 3 (103) hung up' });

    const dropped = new Desk(false);
    await dropped.ask();
    dropped.switch.hangUp(await dropped.answered());
    await dropped.settle();
    expect(dropped.record).toMatchObject({ state: 'returned', reason: 'Person 3 (103) hung up' });
    expect(dropped.switch.ringing().map(({ name }) => name.slice(0, 9))).toEqual(['PJSIP/102']);
    await dropped.answered();
    expect(dropped.record).toBeUndefined();
    expect(dropped.with(dropped.caller)).toEqual(['102']);
  });

  it('the operator hangs up: connected when the target talks, or rings on; where it was dropped, the caller comes back', async () => {
    const talks = new Desk();
    await talks.ask();
    await talks.answered();
    talks.switch.hangUp(talks.own);
    await talks.settle();
    expect(talks.record).toBeUndefined();
    expect(talks.with(talks.caller)).toEqual(['103']);

    const rings = new Desk();
    await rings.ask();
    rings.switch.hangUp(rings.own);
    await rings.settle();
    expect(rings.record?.state).toBe('transferred');
    await rings.answered();
    expect(rings.with(rings.caller)).toEqual(['103']);

    const dropped = new Desk(false);
    await dropped.ask();
    await dropped.answered();
    dropped.switch.hangUp(dropped.own);
    await dropped.settle();
    expect(dropped.record?.state).toBe('returned');
    expect(dropped.switch.ringing().map(({ name }) => name.slice(0, 9))).toEqual(['PJSIP/102']);
  });

  it('the caller hangs up: nobody rings for nobody, and who talks goes on', async () => {
    const rings = new Desk();
    await rings.ask();
    rings.switch.hangUp(rings.caller);
    await rings.settle();
    expect([rings.record, rings.pbx.live.size]).toEqual([undefined, 0]);

    const talks = new Desk();
    await talks.ask();
    await talks.answered();
    talks.switch.hangUp(talks.caller);
    await talks.settle();
    expect([talks.record, talks.with(talks.own)]).toEqual([undefined, ['103']]);

    const swapped = new Desk();
    await swapped.ask();
    await swapped.answered();
    await swapped.steer('swap');
    swapped.switch.hangUp(swapped.caller);
    await swapped.settle();
    expect([swapped.record, swapped.with(swapped.own)]).toEqual([undefined, ['103']]);
  });

  it('belongs to its operator, in whatever window', async () => {
    const desk = new Desk();
    await desk.ask();
    await desk.answered();
    for (const how of ['complete', 'swap', 'cancel'] as const) {
      expect(await desk.steer(how, bert)).toMatchObject({
        error: 'conflict',
        message: 'anna is transferring this call.',
      });
    }
    const anew = { uniqueid: desk.caller.id, to: '104', mode: 'blind' };
    expect(await desk.run('call.transfer', anew, bert)).toMatchObject({ message: 'anna is transferring this call.' });
    expect(await desk.run('call.transfer', anew)).toMatchObject({
      message: expect.stringMatching(/complete or cancel that first/),
    });
    expect(await desk.steer('complete', { ...operator, session: 'another' })).toMatchObject({ ok: true });
    expect(await desk.steer('complete')).toMatchObject({ error: 'notFound' });
  });

  it('is not given up while the PBX is late to tell that the target is gone: the caller comes back', async () => {
    const desk = new Desk();
    await desk.ask();
    const target = await desk.answered();
    const { switch: pbx } = desk;
    const action = pbx.action.bind(pbx);
    pbx.action = async (name, fields) => {
      if (name === 'Bridge') throw new AmiRefusedError(name, 'Channel1 does not exists: gone');
      return action(name, fields);
    };
    pbx.hangUp(desk.own);
    await desk.settle();
    expect(desk.record?.state).toBe('talking');
    pbx.hangUp(target);
    await desk.tick();
    expect(desk.record).toMatchObject({ state: 'returned' });
    expect(pbx.waiting.has(desk.caller)).toBe(false);
  });

  it('that cannot begin leaves nobody waiting, though the operator hung up meanwhile', async () => {
    const desk = new Desk();
    const { switch: pbx } = desk;
    const action = pbx.action.bind(pbx);
    pbx.action = async (name, fields) => {
      if (name !== 'Originate') return action(name, fields);
      pbx.hangUp(desk.own);
      throw new AmiRefusedError(name, 'Permission denied');
    };
    expect(await desk.ask()).toMatchObject({ ok: false });
    expect(pbx.waiting.has(desk.caller)).toBe(false);
    expect(pbx.ringing().map(({ name }) => name)).toEqual([expect.stringContaining('PJSIP/102')]);
  });

  it('goes into a conference, and is over with that', async () => {
    const desk = new Desk();
    await desk.ask();
    const target = await desk.answered();
    const uniqueids = [desk.caller.id, target.id];
    expect(await desk.run('conference.create', { conference: '800', uniqueids })).toMatchObject({ ok: true });
    expect(desk.record).toBeUndefined();
  });

  it('does nothing while the link to the PBX is away, and what is needed once it is back', async () => {
    const desk = new Desk();
    await desk.ask();
    desk.model.reduce({ type: 'link', at, link: 'down' });
    const [phone] = desk.switch.ringing();
    if (phone) desk.switch.refuse(phone, 'BUSY');
    await desk.settle();
    expect(desk.record?.state).toBe('ringing');
    desk.model.reduce({ type: 'link', at, link: 'up' });
    await desk.tick();
    expect(desk.with(desk.own)).toEqual(['101']);
  });
});

describe('a blind transfer', () => {
  const send = (desk: Desk, actor?: Actor) =>
    desk.run('call.transfer', { uniqueid: desk.caller.id, to: '103', mode: 'blind' }, actor);

  it('is shown until the answer, and connects by it', async () => {
    const desk = new Desk();
    expect(await send(desk)).toMatchObject({ ok: true });
    expect(desk.record).toMatchObject({ mode: 'blind', state: 'transferred', own: null, extension: '102' });
    expect(desk.model.leg(desk.caller.id)?.state).toBe('dialing');
    expect(desk.pbx.live.has(desk.own.id)).toBe(false);
    await desk.answered();
    expect([desk.record, desk.with(desk.caller)]).toEqual([undefined, ['103']]);
  });

  it('comes back when nobody takes it, at once or after half a minute', async () => {
    const refused = new Desk();
    await send(refused);
    const [phone] = refused.switch.ringing();
    if (phone) refused.switch.refuse(phone, 'BUSY');
    await refused.settle();
    expect(refused.record).toMatchObject({ state: 'returned', reason: 'Person 3 (103) is busy' });
    expect(refused.switch.ringing().map(({ name }) => name.slice(0, 9))).toEqual(['PJSIP/102']);

    const late = new Desk();
    await send(late);
    for (let seconds = 0; seconds < 32; seconds++) await late.tick();
    expect(late.record).toMatchObject({
      state: 'returned',
      reason: expect.stringMatching(/^Person 3 \(103\) did not/),
    });
    expect(late.switch.ringing().map(({ name }) => name.slice(0, 9))).toEqual(['PJSIP/102']);
    await late.answered();
    expect([late.record, late.with(late.caller)]).toEqual([undefined, ['102']]);
  });

  it('fetches the caller out of a busy tone, where Asterisk itself sent them', async () => {
    const desk = new Desk();
    desk.switch.places = false;
    await send(desk);
    expect(desk.record).toMatchObject({ state: 'transferred', reason: null });
    const [phone] = desk.switch.ringing();
    if (phone) {
      desk.pbx.endDial(phone, 'BUSY');
      desk.pbx.hangUp(phone);
    }
    await desk.settle();
    await desk.tick();
    await desk.tick();
    expect(desk.faults).toEqual([]);
    expect(desk.record).toMatchObject({ state: 'returned', reason: 'Person 3 (103) is busy' });
    expect(desk.switch.ringing().map(({ name }) => name.slice(0, 9))).toEqual(['PJSIP/102']);
  });

  it('is taken back, by its operator alone', async () => {
    const desk = new Desk();
    await send(desk);
    expect(await desk.steer('cancel', bert)).toMatchObject({ error: 'conflict' });
    expect(await desk.steer('cancel')).toMatchObject({ ok: true });
    expect(desk.record?.state).toBe('returned');
    expect(desk.switch.ringing().map(({ name }) => name.slice(0, 9))).toEqual(['PJSIP/102']);
  });

  it('of somebody without an extension goes to the dialplan of the target when nobody takes it', async () => {
    const desk = new Desk();
    await send(desk, anna);
    const [phone] = desk.switch.ringing();
    if (phone) desk.switch.refuse(phone, 'NOANSWER');
    await desk.settle();
    expect(desk.switch.ringing().map(({ name }) => name.slice(0, 9))).toEqual(['PJSIP/103']);
    await desk.answered();
    expect([desk.record, desk.with(desk.caller)]).toEqual([undefined, ['103']]);
  });
});

describe('whatever happens, in whatever order', () => {
  type Deed = (desk: Desk, choice: number) => unknown;
  const someone = (desk: Desk, choice: number): Line | undefined => {
    const phones = desk.switch.phones();
    return phones[choice % Math.max(1, phones.length)];
  };
  const statuses = ['BUSY', 'NOANSWER', 'CHANUNAVAIL'];
  const deeds: readonly Deed[] = [
    (desk) => desk.ask('103'),
    (desk) => desk.ask('104'),
    (desk) => desk.run('call.transfer', { uniqueid: desk.caller.id, to: '104', mode: 'blind' }),
    (desk) => desk.steer('complete'),
    (desk) => desk.steer('swap'),
    (desk) => desk.steer('swap'),
    (desk) => desk.steer('cancel'),
    async (desk) => {
      await desk.settle();
      const { record } = desk;
      if (record === undefined) return;
      const result = await desk.run('call.transfer.cancel', { uniqueid: record.uniqueid });
      // Another step may have ended it in between; nothing else is a reason to refuse.
      if (!result.ok) expect(result.message, record.state).toMatch(/is over already|no longer/);
    },
    (desk, choice) => {
      const rings = desk.switch.ringing();
      const phone = rings[choice % Math.max(1, rings.length)];
      if (phone) desk.switch.answer(phone);
    },
    (desk, choice) => {
      const rings = desk.switch.ringing();
      const phone = rings[choice % Math.max(1, rings.length)];
      if (phone) desk.switch.refuse(phone, statuses[choice % statuses.length] ?? 'BUSY');
    },
    (desk, choice) => {
      const line = someone(desk, choice);
      if (line) desk.switch.hangUp(line);
    },
    (desk) => desk.tick(),
  ];

  it.each([true, false])(
    'no record without its caller, nobody waits for ever, nothing is left over (goes on: %s)',
    async (goesOn) => {
      const choices = fc.array(fc.tuple(fc.nat(deeds.length - 1), fc.nat(100), fc.boolean()), { maxLength: 14 });
      await fc.assert(
        fc.asyncProperty(choices, async (steps) => {
          const desk = new Desk(goesOn);
          for (const [deed, choice, atOnce] of steps) {
            const done = Promise.resolve(deeds[deed]?.(desk, choice));
            // What comes next may come before all of this is done.
            if (!atOnce) await done;
            else desk.tell();
            done.catch(() => undefined);
          }
          await desk.settle();
          for (const record of desk.model.maps.transfers.values()) {
            expect(desk.model.line(record.uniqueid), `the caller of a transfer ${record.state}`).toBeDefined();
          }
          for (let seconds = 0; seconds < 80; seconds++) await desk.tick();
          for (const line of desk.switch.waiting) {
            expect(desk.transfers.of(line.id), `${line.name} waits for nothing`).toBeDefined();
          }
          expect(violations(desk.model)).toEqual([]);
          for (const line of [...desk.pbx.live.values()]) desk.switch.hangUp(line);
          await desk.settle();
          expect(desk.transfers.size).toBe(0);
          expect(leftovers(desk.model)).toEqual([]);
        }),
        { numRuns: Number(process.env.CORDBOARD_PROPERTY_RUNS ?? 400), seed: 20_261_121 },
      );
    },
    600_000,
  );
});
