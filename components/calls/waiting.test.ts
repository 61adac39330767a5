import { expect, it } from 'vitest';
import { notConfigured } from '@/server/protocol/configured';
import type { QueueRecord } from '@/server/protocol/records';
import { at, holm } from './testing';
import { keepCallers, queuesOf, waitingOf } from './waiting';

function queue(name: string, members: readonly string[], waits: Readonly<Record<string, number>>): QueueRecord {
  return {
    ...notConfigured,
    ...{ name, label: name.toUpperCase(), strategy: 'ringall', completed: 0, abandoned: 0 },
    ...{ serviceLevel: 20, serviceLevelPerf: 0 },
    members: members.map((extension) => ({
      ...{ interface: `PJSIP/${extension}`, stateInterface: `PJSIP/${extension}`, extension, name: '', state: 'idle' },
      ...{ paused: false, pausedReason: '', pausedSince: null, penalty: 0, callsTaken: 0, lastCall: null },
      ...{ membership: 'dynamic', inCall: false },
    })),
    callers: Object.entries(waits).map(([uniqueid, seconds], i) => ({
      ...{ uniqueid, ...holm, position: i + 1, waitingSince: at(seconds) },
    })),
  };
}

const queues = new Map(
  [
    queue('sales', ['101', '102'], { s1: 30, s2: 50 }),
    queue('support', ['101'], { u1: 10, u2: 40 }),
    queue('billing', ['103'], { b1: 0 }),
  ].map((one) => [one.name, one]),
);

it('lists who waits in the queues one answers, the longest first over all of them', () => {
  expect(waitingOf(queues, '101').map(({ uniqueid }) => uniqueid)).toEqual(['u1', 's1', 'u2', 's2']);
  expect(waitingOf(queues, '102').map(({ uniqueid }) => uniqueid)).toEqual(['s1', 's2']);
  expect(waitingOf(queues, '199')).toEqual([]);
});

it('lists everybody where all queues are asked for', () => {
  expect(waitingOf(queues, null).map(({ uniqueid }) => uniqueid)).toEqual(['b1', 'u1', 's1', 'u2', 's2']);
});

it('knows the queue by the name for people', () => {
  expect(waitingOf(queues, '103')[0]).toEqual({
    ...{ uniqueid: 'b1', queue: 'billing', label: 'BILLING', party: holm, since: at(0) },
  });
  expect(queuesOf(queues, '101').map(({ name }) => name)).toEqual(['sales', 'support']);
  expect(queuesOf(queues, null)).toEqual([]);
});

it('keeps its objects while they say the same', () => {
  const old = waitingOf(queues, '101');
  expect(keepCallers(old, waitingOf(queues, '101'))).toBe(old);
  const fewer = keepCallers(
    old,
    waitingOf(queues, '101').filter(({ uniqueid }) => uniqueid !== 's1'),
  );
  expect(fewer).not.toBe(old);
  expect(fewer[0]).toBe(old[0]);
});
