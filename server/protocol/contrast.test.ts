import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, contrastOn, defaultAccent, inkOn, leastContrast, nearestPassing, passes } from './contrast';

const colour = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }))
  .map((rgb) => `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`);

describe('contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#ff0000', '#ffffff', 4],
    ['#0000ff', '#ffffff', 8.59],
  ])('of %s and %s is that of WCAG', (one, other, expected) => {
    expect(contrast(one, other)).toBeCloseTo(expected, 2);
    expect(contrast(other, one)).toBeCloseTo(expected, 2);
  });

  it('is enough in the panel’s own colours', () => {
    expect(passes('light', defaultAccent.light)).toBe(true);
    expect(passes('dark', defaultAccent.dark)).toBe(true);
    expect(passes('light', '#ffd400')).toBe(false);
    expect(passes('dark', '#123456')).toBe(false);
  });
});

describe('the nearest colour that passes', () => {
  it('passes, for words in it and words on it, and leaves alone what passes already', () => {
    fc.assert(
      fc.property(colour, fc.constantFrom('light' as const, 'dark' as const), (wanted, theme) => {
        const found = nearestPassing(theme, wanted);
        expect(found).toMatch(/^#[0-9a-f]{6}$/);
        expect(contrastOn(theme, found)).toBeGreaterThanOrEqual(leastContrast);
        expect(contrast(inkOn(found), found)).toBeGreaterThanOrEqual(leastContrast);
        if (passes(theme, wanted)) expect(found).toBe(wanted);
      }),
      { numRuns: 500 },
    );
  });

  it('is hardly further than it has to be, and of the same hue', () => {
    const found = nearestPassing('light', '#ff9900');
    expect(contrastOn('light', found)).toBeLessThan(leastContrast + 0.2);
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(found.slice(at, at + 2), 16));
    expect(red).toBeGreaterThan(green ?? 0);
    expect(green).toBeGreaterThan(blue ?? 0);
  });
});
