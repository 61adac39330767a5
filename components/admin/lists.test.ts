import { describe, expect, it } from 'vitest';
import { defaultAvailability } from '@/server/protocol/availability-default';
import { changedByBoth, settingsOf, valuesOf } from './availability/availability-values';
import { chosen, moved } from './lists';

it('takes an item to another place, and nowhere else', () => {
  const list = ['a', 'b', 'c'];
  expect(moved(list, 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(list, 2, 1)).toEqual(['a', 'c', 'b']);
  for (const [from, to] of [
    [0, -1],
    [2, 3],
    [3, 0],
    [1, 1],
  ] as const)
    expect(moved(list, from, to)).toBe(list);
});

it('chooses in the order of all', () => {
  const all = [1, 2, 3];
  expect(chosen(all, [3], 1, true)).toEqual([1, 3]);
  expect(chosen(all, [3, 1], 3, false)).toEqual([1]);
});

describe('the values of the form', () => {
  it('are the settings, with a name for every row', () => {
    const values = valuesOf(defaultAvailability);
    expect(settingsOf(values)).toEqual(defaultAvailability);
    const ids = [...values.states, ...values.numbers.patterns].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('tell what both have changed, and differently', () => {
    const read = defaultAvailability;
    const rule = { ...read, presenceRule: 'none' as const };
    const both = { ...rule, queuePause: { enabled: true, reason: 'Busy' } };
    expect(changedByBoth(read, both, read)).toEqual([]);
    expect(changedByBoth(read, both, rule)).toEqual([]);
    expect(changedByBoth(read, both, { ...read, queuePause: { enabled: true, reason: 'Away' } })).toEqual(['queues']);
  });
});
