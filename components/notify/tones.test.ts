import { expect, it } from 'vitest';
import { chimeSeconds, chimeTones, ringSeconds, ringTones, samplesOf } from './tones';

const rate = 48_000;

it.each([
  ['ring', ringTones, ringSeconds],
  ['chime', chimeTones, chimeSeconds],
] as const)('the %s is heard, never clips, and begins and ends in silence', (_, tones, seconds) => {
  const samples = samplesOf(tones, seconds, rate);
  const loudest = samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  expect(samples).toHaveLength(seconds * rate);
  expect(loudest).toBeGreaterThan(0.2);
  expect(loudest).toBeLessThan(1);
  expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.001);
  expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(0.001);
  // A jump between two samples is heard as a click.
  const jump = samples.reduce((most, one, i) => Math.max(most, Math.abs(one - (samples[i - 1] ?? 0))), 0);
  expect(jump).toBeLessThan(0.1);
});

it('is quiet for more than half of a ring, as it goes on for long', () => {
  const samples = samplesOf(ringTones, ringSeconds, rate);
  expect(samples.filter((one) => one === 0).length / samples.length).toBeGreaterThan(0.5);
});
