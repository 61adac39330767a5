import { describe, expect, it } from 'vitest';
import { beside, departmentOrder, keptOrder, oneFurther, sectionOrder } from './order';

describe('the order of sections and departments', () => {
  it('begins with what is named; the rest follows as it did', () => {
    expect(sectionOrder([])).toEqual(['queues', 'parking', 'conferences', 'trunks']);
    expect(sectionOrder(['trunks', 'parking', 'trunks'])).toEqual(['trunks', 'parking', 'queues', 'conferences']);
    expect(departmentOrder(['Sales', 'Floor 10', 'Floor 9', 'IT'], ['IT', 'Gone'])).toEqual([
      'IT',
      'Floor 9',
      'Floor 10',
      'Sales',
    ]);
  });

  it('changes by one thing at a time', () => {
    expect(beside(['a', 'b', 'c'], 'c', 'a', 'before')).toEqual(['c', 'a', 'b']);
    expect(beside(['a', 'b', 'c'], 'a', 'b', 'after')).toEqual(['b', 'a', 'c']);
    for (const [moved, target] of [
      ['a', 'a'],
      ['x', 'a'],
      ['a', 'x'],
    ] as const)
      expect(beside(['a', 'b'], moved, target, 'after')).toEqual(['a', 'b']);
    expect(oneFurther(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
    expect(oneFurther(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
    const list = ['a', 'b'];
    expect(oneFurther(list, 'a', -1)).toBe(list);
    expect(oneFurther(list, 'b', 1)).toBe(list);
    expect(oneFurther(list, 'x', 1)).toBe(list);
  });

  it('keeps the place of what is not there just now', () => {
    expect(keptOrder(['IT', 'Sales'], ['Sales', 'Night shift'])).toEqual(['IT', 'Sales', 'Night shift']);
  });
});
