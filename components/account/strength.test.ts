import { expect, it } from 'vitest';
import { password } from '@/server/protocol/session';
import { strengthOf } from './strength';

it('counts length, in characters that people see', () => {
  expect(strengthOf('').level).toBe(0);
  expect(strengthOf('abcdefghi')).toEqual({ level: 1, word: '1 more character needed' });
  expect(strengthOf('abcd')).toEqual({ level: 1, word: '6 more characters needed' });
  expect(strengthOf('abcdefghij').level).toBe(2);
  expect(strengthOf('abcdefghijklmn').level).toBe(3);
  expect(strengthOf('correct horse battery').level).toBe(4);
});

it('does not take repetition for length', () => {
  expect(strengthOf('aaaaaaaaaaaaaaaaaaaaaaaa').level).toBe(1);
  expect(strengthOf('abababababAB').level).toBe(1);
});

it('calls nothing acceptable that the server refuses', () => {
  for (const typed of ['abcdefghi', 'abcdefghij', 'correct horse battery'])
    if (strengthOf(typed).level > 1) expect(password.safeParse(typed).success, typed).toBe(true);
});
