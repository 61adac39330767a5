import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineState, TransferState } from '@/server/protocol/records';
import type { MyCall } from './my-call';
import { currentCall, isParker, myCallsOf } from './my-calls';
import { at, callRecordOf, line, Office, slotOf, transferOf } from './testing';
import { keepSame } from './use-my-calls';

const mine = (office: Office) => myCallsOf(office, '101', 'greta');
const ids = (calls: readonly MyCall[]) => calls.map((call) => call.id);

describe('the lines of one’s own phone', () => {
  it('each is an entry with the legs that commands name, and what its call record knows', () => {
    const [call] = mine(new Office().phone('101', line()).call(callRecordOf()));
    expect(call).toEqual({
      id: 'own1',
      state: 'talking',
      callId: 'c1',
      own: 'own1',
      peer: 'peer1',
      direction: 'in',
      party: { number: '+46701234567', name: 'Maria Holm' },
      queue: null,
      did: '+4687000100',
      recording: false,
      since: at(5),
      transfer: null,
      parked: null,
    });
  });

  it('others’ are not mine, and without an extension there are none', () => {
    const office = new Office().phone('101').phone('102', line());
    expect(mine(office)).toEqual([]);
    expect(myCallsOf(office, null, 'greta')).toEqual([]);
    expect(myCallsOf(office, '999', null)).toEqual([]);
  });

  it('has the clock of the state, not the one of the call', () => {
    const office = new Office().phone('101', line({ state: 'held', stateSince: at(30) }));
    expect(mine(office)[0]).toMatchObject({ state: 'held', since: at(30) });
  });

  it('somebody else parked me: I wait', () => {
    expect(mine(new Office().phone('101', line({ state: 'parked', stateSince: at(9) })))[0]?.state).toBe('onHold');
  });
});

describe('order', () => {
  const first = line({ uniqueid: 'a', peer: 'pa', startedAt: at(0) });
  const second = line({ uniqueid: 'b', peer: 'pb', startedAt: at(10) });
  const third = line({ uniqueid: 'c', peer: 'pc', startedAt: at(20), state: 'ringing', answeredAt: null });

  it('ringing first, then by their beginning', () => {
    expect(ids(mine(new Office().phone('101', second, first, third)))).toEqual(['c', 'a', 'b']);
  });

  it('holding and resuming moves nothing', () => {
    const held = { ...first, state: 'held' as const, stateSince: at(50) };
    expect(ids(mine(new Office().phone('101', held, second)))).toEqual(['a', 'b']);
  });
});

describe('transfers', () => {
  it('a consultation and its lines are one entry', () => {
    const office = new Office()
      .phone('101', line({ peer: 'target1', direction: 'out', party: { number: '102', name: 'Erik Berg' } }))
      .transfer(transferOf())
      .call(callRecordOf());
    const calls = mine(office);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      ...{ id: 't1', state: 'consulting', own: 'own1', peer: 'peer1', callId: 'c1', since: at(25) },
      ...{ direction: 'in', did: '+4687000100', party: { name: 'Maria Holm' } },
    });
  });

  it('a consultation over a leg of its own hides the line to the caller too', () => {
    const office = new Office()
      .phone('101', line({ state: 'held' }), line({ uniqueid: 'own2', peer: 'target1', callId: 'c2' }))
      .transfer(transferOf({ own: 'own2' }));
    expect(mine(office)).toHaveLength(1);
    expect(mine(office)[0]?.own).toBe('own2');
  });

  it('swapping does not move it', () => {
    const other = line({ uniqueid: 'x', peer: 'px', startedAt: at(22) });
    const before = new Office().phone('101', line(), other).transfer(transferOf());
    const after = new Office().phone('101', line(), other).transfer(transferOf({ state: 'swapped', since: at(90) }));
    expect(ids(mine(before))).toEqual(['t1', 'x']);
    expect(ids(mine(after))).toEqual(['t1', 'x']);
  });

  it('is mine by the extension, or by the user where a machine’s extension stands', () => {
    const blind = { mode: 'blind' as const, state: 'transferred' as const, own: null, target: null };
    const office = new Office()
      .phone('101')
      .transfer(
        transferOf({ ...blind, id: 'mine', by: 'other' }),
        transferOf({ ...blind, id: 'by', extension: '150', uniqueid: 'p2' }),
        transferOf({ ...blind, id: 'theirs', extension: '150', by: 'other', uniqueid: 'p3' }),
      );
    expect(ids(mine(office))).toEqual(['by', 'mine']);
  });

  it('a returned caller rings first, and the leg that rings is the one to answer', () => {
    const office = new Office()
      .phone(
        '101',
        line({ uniqueid: 'x', peer: 'px' }),
        line({ uniqueid: 'again', peer: 'peer1', state: 'ringing', answeredAt: null }),
      )
      .transfer(transferOf({ state: 'returned', own: null, target: null, reason: 'Erik Berg (102) is busy' }));
    const calls = mine(office);
    expect(ids(calls)).toEqual(['t1', 'x']);
    expect(calls[0]).toMatchObject({ state: 'returned', own: 'again', peer: 'peer1' });
  });
});

describe('parking', () => {
  it.each([
    ['101', true],
    ['PJSIP/101', true],
    ['PJSIP/101-0000002a', true],
    ['Local/101@from-internal-0000002a;1', true],
    ['PJSIP/1011-0000002a', false],
    ['PJSIP/102', false],
    ['', false],
  ])('parked by %j: mine is %s', (parkedBy, expected) => {
    expect(isParker({ number: '101', devices: ['PJSIP/101'] }, parkedBy)).toBe(expected);
  });

  it('what I parked is mine, with its space and the time until it returns', () => {
    const office = new Office().phone('101').park(slotOf(), slotOf({ space: '702', uniqueid: 'p2', parkedBy: '102' }));
    expect(mine(office)).toMatchObject([
      { id: 'parked1', state: 'parked', own: null, peer: 'parked1', parked: { lot: 'default', space: '701' } },
    ]);
  });

  it('a parked caller whom a transfer tells of is one entry', () => {
    const office = new Office()
      .phone('101', line({ peer: 'target1' }))
      .transfer(transferOf({ uniqueid: 'parked1' }))
      .park(slotOf());
    expect(ids(mine(office))).toEqual(['t1']);
  });
});

describe('what is left at the phone after the other one went elsewhere', () => {
  const left = line({ peer: null });
  const record = callRecordOf({ legs: ['parked1', 'own1'] });

  it('is not a call beside the parked or transferred one', () => {
    expect(ids(mine(new Office().phone('101', left).park(slotOf()).call(record)))).toEqual(['parked1']);
    const sent = transferOf({ state: 'transferred', uniqueid: 'parked1', own: null, target: null });
    expect(ids(mine(new Office().phone('101', left).transfer(sent).call(record)))).toEqual(['t1']);
  });

  it('is none either when the call has been taken back over another line', () => {
    const again = line({ uniqueid: 'own2', peer: 'parked1' });
    for (const state of ['talking', 'onHold', 'service'] as const) {
      const office = new Office().phone('101', { ...left, state }, again).call(record);
      expect(ids(mine(office))).toEqual(['own2']);
    }
    expect(mine(new Office().phone('101', { ...left, state: 'held' }, again).call(record))).toHaveLength(2);
  });

  it('is one when it talks to somebody else, or is another call', () => {
    const office = new Office().park(slotOf()).call(record);
    expect(mine(office.phone('101', line({ peer: 'other' })))).toHaveLength(2);
    expect(mine(office.phone('101', line({ peer: null, callId: 'c9' })))).toHaveLength(2);
  });
});

describe('the call that keys act on', () => {
  const talking = line({ uniqueid: 'talk', peer: 'p1' });
  const ringing = line({ uniqueid: 'ring', peer: 'p2', state: 'ringing' });
  const held = line({ uniqueid: 'held', peer: 'p3', state: 'held' });

  it('is the ringing one, else the talking one, else what there is', () => {
    const of = (...lines: ReturnType<typeof line>[]) =>
      currentCall(mine(new Office().phone('101', ...lines)), null)?.id;
    expect(of(held, talking, ringing)).toBe('ring');
    expect(of(held, talking)).toBe('talk');
    expect(of(held)).toBe('held');
    expect(of()).toBeUndefined();
  });

  it('is the chosen one while it is there', () => {
    const calls = mine(new Office().phone('101', talking, ringing, held));
    expect(currentCall(calls, 'held')?.id).toBe('held');
    expect(currentCall(calls, 'gone')?.id).toBe('ring');
  });

  it('goes with the chosen line into its consultation', () => {
    const calls = mine(new Office().phone('101', line(), ringing).transfer(transferOf()));
    expect(currentCall(calls, 'own1')?.id).toBe('t1');
  });
});

describe('identity', () => {
  it('entries and list stay the same objects while they say the same', () => {
    const office = new Office().phone('101', line(), line({ uniqueid: 'b', peer: 'pb' }));
    const old = mine(office);
    expect(keepSame(old, mine(office))).toBe(old);
    const changed = keepSame(
      old,
      mine(office.phone('101', line({ state: 'held' }), line({ uniqueid: 'b', peer: 'pb' }))),
    );
    expect(changed).not.toBe(old);
    expect(ids(changed)).toEqual(['b', 'own1']);
    expect(changed[0]).toBe(old[0]);
  });
});

const states: readonly LineState[] = [
  ...(['dialing', 'ringing', 'talking', 'held', 'onHold', 'queued', 'parked', 'conference', 'service'] as const),
];
const transferStates: readonly TransferState[] = [
  ...(['ringing', 'talking', 'swapped', 'transferred', 'returning', 'returned'] as const),
];
const leg = fc.integer({ min: 0, max: 9 }).map((n) => `leg${n}`);
const maybeLeg = fc.option(leg, { nil: null });
const lines = fc.uniqueArray(
  fc.record({
    uniqueid: leg,
    peer: maybeLeg,
    state: fc.constantFrom(...states),
    start: fc.integer({ max: 90, min: 0 }),
  }),
  { selector: (one) => one.uniqueid, maxLength: 6 },
);
const transfers = fc.uniqueArray(
  fc.record({ uniqueid: leg, own: maybeLeg, target: maybeLeg, state: fc.constantFrom(...transferStates) }),
  { selector: (one) => one.uniqueid, maxLength: 4 },
);
const slots = fc.uniqueArray(leg, { maxLength: 4 });

it('whatever the records: every own leg is in exactly one entry, and no entry is there twice', () => {
  fc.assert(
    fc.property(lines, transfers, slots, (someLines, someTransfers, someSlots) => {
      const office = new Office()
        .phone(
          '101',
          ...someLines.map(({ start, ...one }) => line({ ...one, callId: `c${one.uniqueid}`, startedAt: at(start) })),
        )
        .transfer(...someTransfers.map((one, i) => transferOf({ ...one, id: `t${i}` })))
        .park(...someSlots.map((uniqueid, i) => slotOf({ uniqueid, space: `70${i}` })));
      const calls = mine(office);
      expect(new Set(ids(calls)).size).toBe(calls.length);
      for (const { uniqueid, peer } of someLines) {
        const plain = calls.filter((call) => call.transfer === null && call.own === uniqueid);
        const told = calls.filter(({ transfer }) => {
          const legs: (string | null)[] = transfer ? [transfer.uniqueid, transfer.own, transfer.target] : [];
          return legs.includes(uniqueid) || (peer !== null && legs.includes(peer));
        });
        expect(plain.length).toBe(told.length > 0 ? 0 : 1);
      }
      const parked = calls.filter((call) => call.state === 'parked' && call.parked);
      const elsewhere = new Set(someLines.flatMap(({ uniqueid, peer }) => [uniqueid, peer]));
      for (const call of parked) expect(elsewhere.has(call.id)).toBe(false);
      const loud = calls.map((call) => call.state === 'ringing' || call.state === 'returned');
      expect(loud).toEqual([...loud].sort((a, b) => Number(b) - Number(a)));
    }),
  );
});
