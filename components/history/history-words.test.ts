import { expect, it } from 'vitest';
import type { FeatureChange } from '@/server/protocol/availability';
import { byDay, dayWords, sourceWords, valueWords } from './history-words';

it('says who, or where it was set', () => {
  expect(sourceWords({ source: 'panel', by: 'anna' })).toBe('by anna');
  expect(sourceWords({ source: 'panel', by: null })).toBe('in the panel');
  expect(sourceWords({ source: 'timer', by: null })).toBe('its end came');
  expect(sourceWords({ source: 'pbx', by: 'anna' })).toBe('by anna, at the phone or PBX');
});

it('tells the state of a presence in words, and keeps what it does not know', () => {
  expect(valueWords('presence', 'not_set')).toBe('not set');
  expect(valueWords('presence', 'xa · meeting · back at 2 · or 3')).toBe(
    'gone for longer · meeting · back at 2 · or 3',
  );
  expect(valueWords('presence', 'toString · x')).toBe('toString · x');
  expect(valueWords('always', 'away')).toBe('away');
});

it('names the last two days, and puts what happened on one day together', () => {
  const noon = (date: number) => new Date(2026, 2, date, 12).getTime();
  expect(dayWords(noon(30), noon(30))).toBe('Today');
  // The clocks go forward in between, in much of Europe.
  expect(dayWords(noon(28), noon(29))).toBe('Yesterday');
  expect(dayWords(noon(2), noon(30))).toBe('Mon, 2 March 2026');
  const change = (id: number, at: number) => ({ id, at: new Date(at).toISOString() }) as FeatureChange;
  const days = byDay([change(3, noon(30)), change(2, noon(29)), change(1, noon(29) - 1)], noon(30));
  expect(days.map(({ words, changes }) => [words, changes.map(({ id }) => id)])).toEqual([
    ['Today', [3]],
    ['Yesterday', [2, 1]],
  ]);
});
