import { type Expected, mismatches, type Observed } from './expected';
import type { Check } from './scenarios/scenario';

export class ExpectationFailed extends Error {
  override readonly name = 'ExpectationFailed';
}

/** A Check that looks again until what is observed fits, at most `limitMs` long. */
export function eventually(
  observe: () => Promise<Observed>,
  limitMs = 5_000,
  onSettled?: (label: string, ms: number) => void,
): Check {
  return async (label: string, expected: Expected) => {
    const began = performance.now();
    for (;;) {
      const differences = mismatches(expected, await observe());
      const took = performance.now() - began;
      if (differences.length === 0) {
        onSettled?.(label, took);
        return;
      }
      if (took > limitMs) throw new ExpectationFailed(`${label}: ${differences.join('; ')}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
}
