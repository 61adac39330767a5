import { describe, expect, it } from 'vitest';
import { endAt, localInput, quickEnds, readLocalInput } from './ends';

const at = (hours: number, minutes = 0) => new Date(2026, 10, 18, hours, minutes).getTime();
const labels = (now: number) => quickEnds(now).map(({ label }) => label);

describe('quick ends', () => {
  it('offers half an hour, an hour, the next full hours and tomorrow morning', () => {
    expect(labels(at(12, 10))).toEqual(['30 min', '1 hour', 'until 13:00', 'until 14:00', 'until tomorrow 08:00']);
    expect(quickEnds(at(12, 10)).map((one) => Date.parse(endAt(one, at(12, 10))) - at(12, 10))).toEqual(
      [30, 60, 50, 110, 1_190].map((minutes) => minutes * 60_000),
    );
  });
  it('counts a duration from when it is set, and keeps a time of the day', () => {
    const [half, , hour] = quickEnds(at(12, 10));
    expect(half && endAt(half, at(12, 15))).toBe(new Date(at(12, 45)).toISOString());
    expect(hour && endAt(hour, at(12, 45))).toBe(new Date(at(13)).toISOString());
  });
  it('passes over a full hour that is nearly there, and keeps one that is just far enough', () => {
    expect(labels(at(12, 41))[2]).toBe('until 14:00');
    expect(labels(at(12, 40))[2]).toBe('until 13:00');
  });
  it('says tomorrow after midnight is crossed', () => {
    expect(labels(at(22, 50)).slice(2)).toEqual([
      'until tomorrow 00:00',
      'until tomorrow 01:00',
      'until tomorrow 08:00',
    ]);
  });
  it('means this morning in the small hours', () => expect(labels(at(2)).at(-1)).toBe('until 08:00'));
});

describe('an end of one’s own', () => {
  it('is read as it was written, to the minute', () => {
    const moment = at(9, 5);
    expect(localInput(moment)).toBe('2026-11-18T09:05');
    expect(readLocalInput(localInput(moment), at(8))).toEqual({ at: moment });
  });
  it.each([
    ['', 'Enter a date and a time.'],
    ['2026-11-18T07:59', 'This moment has passed already.'],
    ['2028-01-01T08:00', 'This is more than a year away.'],
  ])('refuses %j', (text, error) => expect(readLocalInput(text, at(8))).toEqual({ error }));
});
