import { describe, it } from 'vitest';
import { type FaultKind, FaultLab, faultKinds, strike } from './faults';
import type { AsteriskVersion } from './instance';
import { useLab, useOnce } from './suite';
import { seeded } from './traffic';

const rounds = [1, 2, 3];

/** Each fault three times at random moments of traffic. CORDBOARD_SEED repeats the chances of a run. */
export function faultTests(version: AsteriskVersion): void {
  describe(`faults with Asterisk ${version}`, () => {
    const labOf = useLab(version);
    const once = useOnce<FaultLab>();
    const base = Number(process.env.CORDBOARD_SEED ?? Date.now() % 1_000_000);
    const cases = faultKinds.flatMap((kind, place) =>
      rounds.map((round): [FaultKind, number, number] => [kind, round, base + place * 100 + round]),
    );

    it.for(cases)('%s, time %i (seed %i)', { timeout: 90_000 }, async ([kind, , seed], context) => {
      const lab = labOf(context);
      const under = await once(() => FaultLab.start(lab));
      const { staleMs, convergedMs, calls, channels } = await strike(kind, under, seeded(seed));
      const stale = staleMs === null ? '' : `stale after ${Math.round(staleMs)} ms, `;
      console.log(`${kind}: ${stale}right ${Math.round(convergedMs)} ms after; ${calls} calls, ${channels} channels`);
    });
  });
}
