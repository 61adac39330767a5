import { describe, expect, it } from 'vitest';
import { clockStory } from './clocks';
import { dndAtPhone, dndFromPanel } from './dnd';
import type { AsteriskVersion } from './instance';
import { Panel } from './panel';
import { panelCheck } from './panel-check';
import { scenariosFor } from './scenarios/all';
import { nothingLeft } from './scenarios/scenario';
import { useLab, useOnce } from './suite';

/** What was said in doubtful blocks is known from the next full reading, of which there is one in 10 s at most. */
const rereadMs = 15_000;

/** Every scenario on one Asterisk, seen through the panel's API with the account README recommends. */
export function conformance(version: AsteriskVersion): void {
  describe(`the panel on Asterisk ${version}`, () => {
    const labOf = useLab(version);
    const once = useOnce<Panel>();

    it('has nothing to say against the account', async (context) => {
      const lab = labOf(context);
      const panel = await once(() => Panel.start({ amiUrl: lab.pbx.amiUrl('panel') }));
      expect(panel.link).toMatchObject({ link: 'up', missing: [], demo: false, problem: null });
      expect(panel.link?.asteriskVersion).toMatch(version === 22 ? /^22\./ : /^16\./);
    });

    it('every clock shows its own moment, on a panel started in the middle as well', async (context) => {
      const lab = labOf(context);
      await clockStory(lab, await once(() => Panel.start({ amiUrl: lab.pbx.amiUrl('panel') })));
    });

    it('do-not-disturb by the panel reaches the PBX and the phone', async (context) => {
      const lab = labOf(context);
      await dndFromPanel(lab, await once(() => Panel.start({ amiUrl: lab.pbx.amiUrl('panel') })));
    });

    it('do-not-disturb at the phone reaches the panel', async (context) => {
      const lab = labOf(context);
      await dndAtPhone(lab, await once(() => Panel.start({ amiUrl: lab.pbx.amiUrl('panel') })));
    });

    it.for(scenariosFor(version))('$name: $title', async (scenario, context) => {
      const lab = labOf(context);
      const panel = await once(() => Panel.start({ amiUrl: lab.pbx.amiUrl('panel') }));
      const { phones, outside, pbx, farm } = lab;
      const beside = panelCheck({ panels: [panel], real: { pbx, farm } });
      const check = scenario.forges ? panelCheck({ panels: [panel], limitMs: rereadMs }) : beside;
      await scenario.run({ phones, outside, check, version });
      await beside('nothing is left', nothingLeft);
    });
  });
}
