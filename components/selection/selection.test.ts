import { describe, expect, it } from 'vitest';
import { ranged, type Selection, toggled } from './selection';

const chosen = (anchor: string | null, ...numbers: string[]): Selection => ({ numbers: new Set(numbers), anchor });
const order = ['101', '102', '103', '104', '105'];

describe('selection', () => {
  it('takes in and puts out, and remembers the last one', () => {
    expect(toggled(chosen(null), '102')).toEqual(chosen('102', '102'));
    expect(toggled(chosen('102', '102', '103'), '103')).toEqual(chosen('103', '102'));
  });
  it('takes a range in either direction, beside what is chosen', () => {
    expect(ranged(chosen('102', '102'), order, '104')).toEqual(chosen('102', '102', '103', '104'));
    expect(ranged(chosen('104', '101', '104'), order, '103')).toEqual(chosen('104', '101', '104', '103'));
  });
  it('stretches from the same tile again', () => {
    const first = ranged(chosen('102', '102'), order, '103');
    expect([...ranged(first, order, '105').numbers].sort()).toEqual(['102', '103', '104', '105']);
  });
  it('takes the one tile where nothing was chosen, or where the last one is out of sight', () => {
    expect(ranged(chosen(null), order, '104')).toEqual(chosen('104', '104'));
    expect([...ranged(chosen('999', '999'), order, '104').numbers]).toEqual(['999', '104']);
  });
});
