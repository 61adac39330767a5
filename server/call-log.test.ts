import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallNews, CallTracker, type EndedCall } from './call-log';
import type { ListedChannel, PbxEvent } from './pbx/events';
import { Exchange, type Line } from './pbx/exchange';
import { PbxModel } from './pbx/model';
import { disturbed, office, Schedule } from './pbx/schedules';

const total = Number(process.env.CORDBOARD_PROPERTY_RUNS ?? 10_000);
const seed = Number(process.env.CORDBOARD_PROPERTY_SEED ?? 20_261_121);

/** A model with its tracker, and what the tracker told. */
class Log {
  readonly model = new PbxModel();
  readonly tracker = new CallTracker();
  readonly news: CallNews[] = [];

  constructor() {
    this.tell(office);
  }

  tell(events: readonly PbxEvent[]): void {
    for (const event of events) this.news.push(...this.tracker.observe(event, this.model.reduce(event).ops));
  }

  get calls(): EndedCall[] {
    return this.news.flatMap((news) => (news.type === 'ended' ? [news.call] : []));
  }
}

/** An exchange whose events are told as they come. */
function setUp() {
  const log = new Log();
  const pbx = new Exchange();
  let told = 0;
  const tell = (): void => {
    log.tell(pbx.events.slice(told));
    told = pbx.events.length;
  };
  const calls = (): EndedCall[] => {
    tell();
    return log.calls;
  };
  const end = (...lines: readonly Line[]): void => {
    for (const line of lines) pbx.hangUp(line);
  };
  return { log, pbx, tell, calls, end };
}

function only(calls: readonly EndedCall[]): EndedCall {
  expect(calls).toHaveLength(1);
  return calls[0] as EndedCall;
}

const listed = (line: Line): ListedChannel => ({
  ...line.snapshot(),
  bridgeId: line.bridge,
  application: '',
  applicationData: '',
  createdAt: 0,
  answeredAt: null,
});

describe('a call that is over', () => {
  it('leaves nothing behind in memory', () => {
    const { pbx, calls, end, log } = setUp();
    for (let turn = 0; turn < 3; turn++) {
      const from = pbx.dials('PJSIP/101', '102');
      const [to] = pbx.rings(from, 'PJSIP/102') as [Line];
      pbx.answers(to);
      end(from, to);
    }
    expect(calls()).toHaveLength(3);
    expect([...log.tracker.ids]).toEqual([]);
    expect(log.tracker.legs).toBe(0);
  });

  it('was answered: who, when, for how long', () => {
    const { pbx, calls, end } = setUp();
    const start = pbx.now;
    const from = pbx.dials('PJSIP/101', '102');
    const [to] = pbx.rings(from, 'PJSIP/102') as [Line];
    pbx.wait(5_000);
    pbx.answers(to);
    pbx.wait(60_000);
    end(from, to);
    const call = only(calls());
    expect(call).toEqual({
      id: from.id,
      from: { number: '101', name: 'Person 1' },
      to: { number: '102', name: 'Person 2' },
      queue: null,
      did: null,
      startedAt: start,
      answeredAt: start + 5_000,
      endedAt: start + 65_000,
      outcome: 'answered',
      extensions: ['101', '102'],
    });
  });

  it('was missed, though a mailbox took it at last; or reached an application alone', () => {
    const { pbx, calls, end } = setUp();
    const from = pbx.dials('PJSIP/carrier', '5550100');
    pbx.say({ type: 'did', uniqueid: from.id, did: '5550100' });
    const [to] = pbx.rings(from, 'PJSIP/102') as [Line];
    pbx.wait(20_000);
    end(to);
    pbx.state(from, 'up');
    pbx.say({ type: 'application', uniqueid: from.id, application: 'VoiceMail', data: '' });
    pbx.wait(9_000);
    end(from);
    const echo = pbx.dials('PJSIP/103', '*43');
    pbx.state(echo, 'up');
    pbx.say({ type: 'application', uniqueid: echo.id, application: 'Echo', data: '' });
    pbx.wait(1_000);
    end(echo);
    expect(calls()).toMatchObject([
      { outcome: 'missed', answeredAt: null, to: { number: '102' }, did: '5550100', extensions: [] },
      { outcome: 'service', answeredAt: null, from: { number: '103' }, extensions: [] },
    ]);
  });

  it('was abandoned in a queue, however late the queue tells; or taken there', () => {
    const { pbx, calls, end } = setUp();
    const waits = (): Line => {
      const from = pbx.dials('PJSIP/carrier', '500');
      pbx.state(from, 'up');
      const caller = { uniqueid: from.id, number: '030', name: '', position: 1, waitingSince: pbx.now };
      pbx.say({ type: 'queue.join', queue: 'sales', caller });
      return from;
    };
    const leaves = (line: Line) => pbx.say({ type: 'queue.leave', queue: 'sales', uniqueid: line.id, position: 1 });
    const gaveUp = waits();
    pbx.rings(gaveUp, 'PJSIP/101');
    pbx.say({ type: 'queue.abandon', queue: 'sales', uniqueid: gaveUp.id });
    leaves(gaveUp);
    pbx.wait(2_000);
    end(...pbx.live.values());
    const late = waits();
    pbx.wait(3_000);
    end(late);
    leaves(late);
    const taken = waits();
    const [agent] = pbx.rings(taken, 'PJSIP/102') as [Line];
    pbx.answers(agent);
    leaves(taken);
    pbx.wait(3_000);
    end(taken, agent);
    expect(calls()).toMatchObject([
      { outcome: 'abandoned', queue: 'sales', answeredAt: null, extensions: [] },
      { outcome: 'abandoned', queue: 'sales', answeredAt: null },
      { outcome: 'answered', queue: 'sales', extensions: ['102'] },
    ]);
  });

  it('was transferred after asking: one call, and the talk about it is part of it', () => {
    const { log, pbx, calls, end } = setUp();
    const caller = pbx.dials('PJSIP/carrier', '101');
    const [own] = pbx.rings(caller, 'PJSIP/101') as [Line];
    const bridge = pbx.answers(own);
    pbx.wait(10_000);
    pbx.hold(own);
    const consult = pbx.dials('PJSIP/101', '103');
    const [target] = pbx.rings(consult, 'PJSIP/103') as [Line];
    pbx.answers(target);
    pbx.wait(10_000);
    const snapshots = { original: own.snapshot(), consult: consult.snapshot(), transferee: caller.snapshot() };
    pbx.say({ type: 'transfer.attended', ...snapshots, target: target.snapshot(), ok: true });
    pbx.leave(target);
    pbx.enter(target, bridge, own);
    end(own, consult);
    pbx.wait(10_000);
    end(caller, target);
    expect(only(calls())).toMatchObject({
      id: caller.id,
      outcome: 'answered',
      extensions: ['101', '103'],
      to: { number: '103' },
    });
    expect(log.news.filter(({ type }) => type === 'merged')).toEqual([
      { type: 'merged', from: consult.id, into: caller.id },
    ]);
  });

  it('is its own when it lives on without a leg that went elsewhere', () => {
    const { pbx, calls, end } = setUp();
    const one = pbx.dials('PJSIP/101', '102');
    const [two] = pbx.rings(one, 'PJSIP/102') as [Line];
    pbx.answers(two, 'b1');
    const other = pbx.dials('PJSIP/103', '104');
    const [four] = pbx.rings(other, 'PJSIP/104') as [Line];
    pbx.answers(four, 'b2');
    // 103 is moved over to the first call; 104 stays, and 105 is connected with it.
    pbx.leave(other);
    pbx.enter(other, 'b1');
    const [five] = pbx.rings(four, 'PJSIP/105') as [Line];
    pbx.answers(five, 'b3');
    pbx.wait(5_000);
    end(one, two, other, four, five);
    expect(calls().map(({ id, extensions }) => [id, [...extensions].sort()])).toEqual(
      expect.arrayContaining([
        [one.id, ['101', '102', '103', '104']],
        [other.id, expect.arrayContaining(['104', '105'])],
      ]),
    );
    expect(calls()).toHaveLength(2);
  });
});

describe('when the link is lost', () => {
  it('no call ends by that, and none is told twice', () => {
    const { log, pbx, tell, calls, end } = setUp();
    const from = pbx.dials('PJSIP/101', '102');
    const [to] = pbx.rings(from, 'PJSIP/102') as [Line];
    pbx.answers(to);
    tell();
    pbx.say({ type: 'link', link: 'down' } as never);
    expect(calls()).toEqual([]);
    pbx.wait(60_000);
    pbx.say({ type: 'link', link: 'syncing' } as never);
    tell();
    log.tell([
      { type: 'list.channels', at: pbx.now, repair: false, channels: [from, to].map(listed), bridges: [] },
      { type: 'link', at: pbx.now, link: 'up' },
    ]);
    expect(calls()).toEqual([]);
    pbx.wait(60_000);
    end(from, to);
    expect(only(calls())).toMatchObject({ endedAt: pbx.now, outcome: 'answered' });
  });

  it('a call that nobody saw end is told as far as it is known to have run; what rang then is not told', () => {
    const { log, pbx, tell, calls } = setUp();
    const from = pbx.dials('PJSIP/101', '102');
    const [to] = pbx.rings(from, 'PJSIP/102') as [Line];
    pbx.answers(to);
    const other = pbx.dials('PJSIP/103', '104');
    pbx.rings(other, 'PJSIP/104');
    pbx.wait(30_000);
    pbx.say({ type: 'link', link: 'down' } as never);
    const lost = pbx.now;
    tell();
    pbx.wait(600_000);
    log.tell([{ type: 'list.channels', at: pbx.now, repair: false, channels: [], bridges: [] }]);
    expect(only(calls())).toMatchObject({ id: from.id, endedAt: lost, outcome: 'answered' });
    expect([...log.tracker.ids]).toEqual([]);
  });

  it('the link being up, a drifted call ends when the list says so', () => {
    const { log, pbx, tell, calls } = setUp();
    log.tell([{ type: 'link', at: pbx.now, link: 'up' }]);
    const from = pbx.dials('PJSIP/101', '102');
    pbx.rings(from, 'PJSIP/102');
    tell();
    pbx.wait(600_000);
    log.tell([{ type: 'list.channels', at: pbx.now, repair: true, channels: [], bridges: [] }]);
    expect(only(calls())).toMatchObject({ endedAt: pbx.now, outcome: 'missed' });
  });

  it('another PBX ends no call of the former one', () => {
    const { log, pbx, tell, calls } = setUp();
    const from = pbx.dials('PJSIP/101', '102');
    const [to] = pbx.rings(from, 'PJSIP/102') as [Line];
    pbx.answers(to);
    tell();
    log.tell([
      { type: 'features.clear', at: pbx.now },
      { type: 'list.channels', at: pbx.now, repair: false, channels: [], bridges: [] },
    ]);
    expect(calls()).toEqual([]);
    expect([...log.tracker.ids]).toEqual([]);
  });
});

describe('any legal schedule of calls', () => {
  const numbers = fc.array(fc.nat(0xffffff), { minLength: 4, maxLength: 11 });

  it('every call that ended is told once, its times in order; whoever talked is named', () => {
    let merges = 0;
    let ended = 0;
    fc.assert(
      fc.property(numbers, fc.boolean(), (choices, noisy) => {
        const schedule = new Schedule(choices);
        schedule.end();
        const events = noisy ? disturbed(schedule.events, choices) : schedule.events;
        const log = new Log();
        const gone: string[] = [];
        const talked = new Map<string, Set<string>>();
        for (const event of events) {
          const before = new Set(log.model.maps.calls.keys());
          log.tell([event]);
          const { calls, extensions } = log.model.maps;
          gone.push(...[...before].filter((id) => !calls.has(id)));
          for (const { number, calls: lines } of extensions.values()) {
            for (const { callId, state } of lines) {
              if (!['talking', 'held', 'onHold', 'conference'].includes(state)) continue;
              talked.set(callId, (talked.get(callId) ?? new Set()).add(number));
            }
          }
          expect(new Set(log.tracker.ids), 'runs in the tracker as in the model').toEqual(new Set(calls.keys()));
        }
        const told = log.calls.map(({ id }) => id);
        const into = new Map(log.news.flatMap((news) => (news.type === 'merged' ? [[news.from, news.into]] : [])));
        merges += into.size;
        ended += told.length;
        expect(new Set(told).size, 'each once').toBe(told.length);
        for (const id of gone) expect(told.includes(id) || into.has(id), `${id} is told`).toBe(true);
        for (const id of told) expect(gone, `${id} has ended`).toContain(id);
        const finally_ = (id: string): string => (told.includes(id) ? id : finally_(into.get(id) ?? `lost ${id}`));
        for (const [id, who] of talked) {
          const call = log.calls.find((one) => one.id === finally_(id));
          expect(call?.extensions, `${id} names who talked`).toEqual(expect.arrayContaining([...who]));
          expect(call?.outcome).toBe('answered');
        }
        for (const { startedAt, answeredAt, endedAt, outcome } of log.calls) {
          expect(startedAt).toBeLessThanOrEqual(answeredAt ?? startedAt);
          expect(answeredAt ?? startedAt).toBeLessThanOrEqual(endedAt);
          expect(outcome === 'answered').toBe(answeredAt !== null);
        }
      }),
      { numRuns: Math.max(50, Math.round(total * 0.2)), seed },
    );
    // Schedules in which nothing ends or merges would prove nothing.
    expect(ended).toBeGreaterThan(100);
    expect(merges).toBeGreaterThan(10);
  }, 600_000);
});
