import { describe, it } from 'vitest';
import { astDbCases } from './availability-astdb';
import type { AvailabilityCase } from './availability-case';
import { fop2Cases } from './availability-fop2';
import { presenceCases } from './availability-presence';
import { dndPausesQueues } from './availability-queue';
import type { AsteriskVersion } from './instance';
import { Panel } from './panel';
import { useLab, useOnce } from './suite';

const cases: readonly AvailabilityCase[] = [
  { title: 'do-not-disturb pauses queue memberships, and its end takes back only those', run: dndPausesQueues },
  ...astDbCases,
  ...fop2Cases,
  ...presenceCases,
];

/** Do-not-disturb, forwarding and presence on one Asterisk with real phones, through one panel. */
export function availability(version: AsteriskVersion): void {
  describe(`availability on Asterisk ${version}`, () => {
    const labOf = useLab(version);
    const once = useOnce<Panel>();

    it.for(cases.filter((one) => (one.version ?? version) === version))('$title', async ({ run }, context) => {
      const lab = labOf(context);
      await run(lab, await once(() => Panel.start({ amiUrl: lab.pbx.amiUrl('panel') })));
    });
  });
}
