import { expect, it } from 'vitest';
import { slept } from './slept';

const look = (wall: number, monotonic = wall, hidden = false) => ({ wall, monotonic, hidden });

it('a second passes: nobody slept', () => {
  expect(slept(look(0), look(1_001))).toBe(false);
});

it('the clock went on and the machine did not', () => {
  expect(slept(look(0), look(3_600_000, 900))).toBe(true);
  expect(slept(look(0, 0, true), look(3_600_000, 900, true))).toBe(true);
});

it('a page that is to be seen and was not looked at for long was frozen', () => {
  expect(slept(look(0), look(9_000))).toBe(true);
});

it('a hidden page is only woken seldom', () => {
  expect(slept(look(0, 0, true), look(60_000, 60_000, true))).toBe(false);
  expect(slept(look(0, 0, true), look(60_000, 60_000, false))).toBe(false);
});

it('a clock that is set back is no sleep', () => {
  expect(slept(look(3_600_000, 0), look(0, 1_000))).toBe(false);
});
