import { describe, expect, it } from 'vitest';
import { agoText, clockText, untilText } from './clock-text';

describe('clock text', () => {
  it.each([
    [0, '0:00'],
    [-5_000, '0:00'],
    [9_999, '0:09'],
    [61_000, '1:01'],
    [3_599_999, '59:59'],
    [3_600_000, '1:00:00'],
    [36_061_000, '10:01:01'],
  ])('%i ms is %s', (ms, text) => expect(clockText(1_000, 1_000 + ms)).toBe(text));
  it.each([
    [12_000, '12 s'],
    [120_000, '2 min'],
    [7_200_000, '2 h'],
    [200_000_000, '2 days'],
  ])('%i ms ago is %s', (ms, text) => expect(agoText(0, ms)).toBe(text));
});

describe('an end', () => {
  const at = (day: number, hours: number) => new Date(2026, 10, day, hours).getTime();
  it.each([
    [at(18, 14), '14:00'],
    [at(19, 8), 'tomorrow 08:00'],
    [at(23, 8), 'Mon 08:00'],
    [at(25, 8), '25 Nov, 08:00'],
    // It has passed, and the server has not said so yet.
    [at(17, 8), '17 Nov, 08:00'],
  ])('%i is %s', (end, text) => expect(untilText(end, at(18, 12))).toBe(text));
});
