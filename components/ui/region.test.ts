import { afterEach, describe, expect, it } from 'vitest';
import { dateText, localeChoices, localeNow, numberText, sampleText, setOwnLocale, setPanelLocale } from './region';

const moment = new Date(2026, 2, 2, 14, 2, 11);
afterEach(() => {
  setOwnLocale(null);
  setPanelLocale('en-GB');
});

describe('dates, times and numbers', () => {
  it('are written as the panel says, unless the user says otherwise', () => {
    expect(dateText('time', moment)).toBe('14:02:11');
    setPanelLocale('de-DE');
    expect(dateText('day', moment)).toBe('Mo., 2. März 2026');
    expect(numberText(1_234.5)).toBe('1.234,5');
    setOwnLocale('en-US');
    expect(localeNow()).toBe('en-US');
    expect(dateText('shortTime', moment)).toBe('02:02 PM');
    expect(numberText(1_234.5)).toBe('1,234.5');
    setOwnLocale(null);
    expect(dateText('shortTime', moment)).toBe('14:02');
  });

  it('are written somehow when the tag is none', () => {
    setOwnLocale('no such thing');
    expect(dateText('shortTime', moment)).toBe('14:02');
    expect(numberText(1_000)).toBe('1,000');
  });

  it('can be chosen from languages that are known, by their English names', () => {
    const choices = localeChoices();
    expect(choices.length).toBeGreaterThan(40);
    expect(choices).toContainEqual({ value: 'de-CH', label: 'German (Switzerland)' });
    expect(sampleText('en-US')).toMatch(/Nov 03, 2026.*12,345\.6/);
  });
});
