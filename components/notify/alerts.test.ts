import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLayout } from '@/server/protocol/layout-default';
import { myCallsOf } from '../calls/my-calls';
import { at, holm, line, Office, slotOf, transferOf } from '../calls/testing';
import type { WaitingCaller } from '../calls/waiting';
import { type Alert, type AlertState, alertsOf, ringingTitle } from './alerts';

const preferences = defaultLayout.console.notify;
const mine = (office: Office) => myCallsOf(office, '101', 'greta');
const ms = (seconds: number) => Date.parse(at(seconds));

function state(office: Office, waiting: readonly WaitingCaller[] = []): AlertState {
  return { calls: mine(office), waiting, stale: false };
}

const kinds = (alerts: readonly Alert[]) => alerts.map(({ kind }) => kind);
const ringing = new Office().phone('101', line({ state: 'ringing', answeredAt: null, queue: 'support' }));

describe('one’s own call', () => {
  it('rings, with who and through what', () => {
    expect(alertsOf(state(ringing), preferences, ms(3))).toEqual([
      {
        ...{ id: 'incoming own1', kind: 'incoming', title: 'Maria Holm calls', call: 'own1' },
        text: '+46701234567 · queue support',
      },
    ]);
  });

  it('does not in any other state, nor when one’s own call by the panel rings the phone first', () => {
    for (const other of ['dialing', 'talking', 'held', 'onHold', 'queued', 'conference', 'service'] as const) {
      expect(alertsOf(state(new Office().phone('101', line({ state: other }))), preferences, ms(3))).toEqual([]);
    }
    const dialled = new Office().phone('101', line({ state: 'ringing', direction: 'out' }));
    expect(alertsOf(state(dialled), preferences, ms(3))).toEqual([]);
  });

  it('is told in the title as long as it rings', () => {
    expect(ringingTitle(alertsOf(state(ringing), preferences, ms(3)))).toBe('(1) Maria Holm calls');
    expect(ringingTitle([])).toBeNull();
  });
});

it('a returned call says from whom and why', () => {
  const office = new Office()
    .phone('101', line({ uniqueid: 'again', state: 'ringing' }))
    .transfer(transferOf({ state: 'returned', own: null, target: null, reason: 'Erik Berg (102) is busy' }));
  expect(alertsOf(state(office), preferences, ms(3))).toEqual([
    {
      ...{ id: 'returned t1', kind: 'returned', title: 'Maria Holm is back from Erik Berg', call: 't1' },
      text: 'Erik Berg (102) is busy',
    },
  ]);
});

it('a call on its way back does not ring yet', () => {
  const office = new Office().phone('101').transfer(transferOf({ state: 'returning' }));
  expect(alertsOf(state(office), preferences, ms(3))).toEqual([]);
});

describe('thresholds', () => {
  const parked = new Office().phone('101').park(slotOf({ parkedSince: at(0), timeout: 60 }));
  const waits: WaitingCaller = { uniqueid: 'w', queue: 'support', label: 'Support', party: holm, since: at(0) };

  it('a parked call is told the chosen time before it returns', () => {
    expect(alertsOf(state(parked), preferences, ms(44.9))).toEqual([]);
    expect(kinds(alertsOf(state(parked), preferences, ms(45)))).toEqual(['parked']);
    expect(kinds(alertsOf(state(parked), { ...preferences, parkedSeconds: null }, ms(59)))).toEqual([]);
    const forever = new Office().phone('101').park(slotOf({ parkedSince: at(0), timeout: 0 }));
    expect(alertsOf(state(forever), preferences, ms(5_000))).toEqual([]);
  });

  it('who waits is told from the chosen time on', () => {
    const of = (now: number, change = {}) =>
      kinds(alertsOf(state(new Office().phone('101'), [waits]), { ...preferences, ...change }, ms(now)));
    expect(of(59.9)).toEqual([]);
    expect(of(60)).toEqual(['waiting']);
    expect(of(20, { waitingSeconds: 15 })).toEqual(['waiting']);
    expect(of(4_000, { waitingSeconds: null })).toEqual([]);
  });
});

it('nothing is told while what is known is not the present', () => {
  expect(alertsOf({ ...state(ringing), stale: true }, preferences, ms(3))).toEqual([]);
});

it('whatever the lines, an alert rings if and only if a line rings now', () => {
  const states = ['dialing', 'ringing', 'talking', 'held', 'onHold', 'queued', 'conference', 'service'] as const;
  const lines = fc.uniqueArray(
    fc.record({ uniqueid: fc.nat({ max: 9 }).map(String), state: fc.constantFrom(...states) }),
    {
      selector: (one) => one.uniqueid,
    },
  );
  fc.assert(
    fc.property(lines, fc.integer({ min: 0, max: 9_000 }), (some, now) => {
      const office = new Office().phone('101', ...some.map((one) => line({ ...one, peer: `p${one.uniqueid}` })));
      const alerts = alertsOf(state(office), preferences, ms(now));
      expect(alerts.map(({ call }) => call).sort()).toEqual(
        some
          .filter((one) => one.state === 'ringing')
          .map((one) => one.uniqueid)
          .sort(),
      );
    }),
  );
});
