import { expect, it } from 'vitest';
import { endedAfter, endedForMs, stillEnded } from './ended';
import { myCallsOf } from './my-calls';
import { line, Office, slotOf, transferOf } from './testing';

const mine = (office: Office) => myCallsOf(office, '101', 'greta');
const talking = mine(new Office().phone('101', line()));
const ids = (ended: readonly { callId: string }[]) => ended.map(({ callId }) => callId);

it('a conversation that is over asks for its note', () => {
  const ended = endedAfter([], talking, [], 5_000);
  expect(ended).toEqual([{ callId: 'c1', party: line().party, queue: null, endedAt: 5_000 }]);
});

it('nobody talked: nothing to note', () => {
  for (const state of ['ringing', 'dialing', 'queued', 'service'] as const) {
    expect(endedAfter([], mine(new Office().phone('101', line({ state }))), [], 5_000)).toEqual([]);
  }
});

it('a call that is held, asked about or parked is not over', () => {
  const later = [
    new Office().phone('101', line({ state: 'held' })),
    new Office().phone('101', line({ peer: 'target1' })).transfer(transferOf()),
    new Office().phone('101').park(slotOf({ uniqueid: 'peer1' })),
    // Two calls became one: another id, the same phone.
    new Office().phone('101', line({ callId: 'c0', peer: 'other' })),
  ];
  for (const office of later) expect(endedAfter([], talking, mine(office), 5_000)).toEqual([]);
});

it('a completed transfer is over for me', () => {
  const consulting = mine(new Office().phone('101', line()).transfer(transferOf()));
  expect(ids(endedAfter([], consulting, [], 5_000))).toEqual(['c1']);
});

it('the newest stands first, each once, and a few at most', () => {
  let ended = endedAfter([], talking, [], 1_000);
  for (let i = 2; i < 9; i += 1) {
    const one = mine(new Office().phone('101', line({ callId: `c${i}` })));
    ended = endedAfter(ended, one, [], i * 1_000);
  }
  expect(ids(ended)).toEqual(['c8', 'c7', 'c6', 'c5', 'c4']);
  expect(ids(endedAfter(ended, mine(new Office().phone('101', line({ callId: 'c6' }))), [], 9_000))).toEqual([
    ...['c6', 'c8', 'c7', 'c5', 'c4'],
  ]);
});

it('its time is over after two minutes', () => {
  const ended = endedAfter([], talking, [], 1_000);
  expect(stillEnded(ended, 1_000 + endedForMs - 1)).toBe(ended);
  expect(stillEnded(ended, 1_000 + endedForMs)).toEqual([]);
});
