import { expect, it } from 'vitest';
import { commands } from '@/server/protocol/commands';
import { actionChoices, actionWords, chainWords, resultWords, whoWords } from './audit-words';

it('has words for every command of the catalogue, each its own', () => {
  const known = new Set(actionChoices.map(({ value }) => value));
  for (const name of Object.keys(commands)) expect(known, name).toContain(name);
  expect(new Set(actionChoices.map(({ label }) => label)).size).toBe(actionChoices.length);
});

it('keeps what it does not know', () => {
  expect(actionWords('odd.thing')).toBe('odd.thing');
  expect(resultWords('odd')).toEqual({ good: false, word: 'odd', remark: '' });
  expect(resultWords('conflict: Permission denied: x')).toEqual({
    good: false,
    word: 'Refused',
    remark: 'Permission denied: x',
  });
  expect(resultWords('ok').good).toBe(true);
  expect([{ actor: 'anna' }, { actor: '' }, { actor: 'system' }].map(whoWords)).toEqual([
    'anna',
    'Not signed in',
    'The panel',
  ]);
});

it('says how far the chain goes, and what it does not cover', () => {
  const verdict = { ok: true, checked: 1, from: 1, brokenAt: null, reason: null, unchained: 0, head: null };
  expect(chainWords(verdict)).toBe('Chain of 1 entry intact.');
  expect(chainWords({ ...verdict, checked: 12_345, unchained: 2 })).toBe(
    'Chain of 12,345 entries intact. 2 entries from before the chain are not covered.',
  );
  expect(chainWords({ ...verdict, checked: 0 })).toBe('No entry in the chain yet.');
  expect(chainWords({ ...verdict, ok: false, checked: 4, brokenAt: 5 })).toBe('The 4 entries before it are intact.');
});
