import { describe, it } from 'vitest';
import { dndPausesQueues } from './availability-queue';
import type { AsteriskVersion } from './instance';
import type { Lab } from './lab';
import { Panel } from './panel';
import { useLab, useOnce } from './suite';

interface Case {
  readonly title: string;
  /** Leaves the PBX and the panel's settings as it found them. */
  readonly run: (lab: Lab, panel: Panel) => Promise<void>;
}

const cases: readonly Case[] = [
  { title: 'do-not-disturb pauses queue memberships, and its end takes back only those', run: dndPausesQueues },
];

/** Do-not-disturb, forwarding and presence on one Asterisk with real phones, through one panel. */
export function availability(version: AsteriskVersion): void {
  describe(`availability on Asterisk ${version}`, () => {
    const labOf = useLab(version);
    const once = useOnce<Panel>();

    it.for(cases)('$title', async ({ run }, context) => {
      const lab = labOf(context);
      await run(lab, await once(() => Panel.start({ amiUrl: lab.pbx.amiUrl('panel') })));
    });
  });
}
