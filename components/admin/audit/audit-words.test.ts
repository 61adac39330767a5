import { expect, it } from 'vitest';
import { actionWords, findEntries, resultWords } from './audit-words';

const entry = {
  id: 1,
  at: '2026-03-01T12:00:00.000Z',
  actor: 'anna',
  session: 'f00dfeed',
  address: '192.0.2.7',
  action: 'extension.dnd',
  target: '101 on',
  result: 'ok',
};
const refused = { ...entry, id: 2, actor: '', action: 'session.login', target: 'zoë', result: 'wrong' };

it('finds entries by who, where, what in words or by name, whom and how it ended', () => {
  const found = (query: string) => findEntries([refused, entry], query).map((one) => one.id);
  expect(found('')).toEqual([2, 1]);
  expect(found('anna disturb')).toEqual([1]);
  expect(found('extension.dnd')).toEqual([1]);
  expect(found('ZOE wrong')).toEqual([2]);
  expect(found('192.0.2')).toEqual([2, 1]);
  expect(found('anna wrong')).toEqual([]);
});

it('keeps what it does not know', () => {
  expect(actionWords('queue.pause')).toBe('queue.pause');
  expect(resultWords('odd')).toEqual({ good: false, words: 'odd' });
  expect(resultWords('conflict: Permission denied: x')).toEqual({
    good: false,
    words: 'Refused: Permission denied: x',
  });
  expect(resultWords('ok').good).toBe(true);
});
