import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { dndRefused } from './dnd';
import type { AsteriskVersion } from './instance';
import type { Lab } from './lab';
import { Panel } from './panel';
import { panelCheck } from './panel-check';
import { scenarios } from './scenarios/all';
import { nothingLeft } from './scenarios/scenario';
import { useLab, useOnce } from './suite';

/** Read without the class `agent`, an account hears nothing of queues while they change. */
const forAll = ['basic-call', 'hold', 'ring-group', 'attended-transfer', 'park-retrieve', 'conference', 'trunk-out'];
const withAgents = ['queue-answered', 'queue-pause', 'dnd-feature-code'];

class Panels {
  constructor(
    readonly pinned: Panel,
    readonly trusted: Panel,
    readonly least: Panel,
  ) {}

  async stop(): Promise<void> {
    await Promise.all([this.pinned, this.trusted, this.least].map((panel) => panel.stop()));
  }
}

async function startPanels({ pbx }: Lab): Promise<Panels> {
  const { fingerprint256 } = new X509Certificate(await readFile(pbx.certificateFile));
  const [pinned, trusted, least] = await Promise.all([
    Panel.start({ amiUrl: pbx.amiTlsUrl('panel', `fingerprint=${fingerprint256}`) }),
    Panel.start({ amiUrl: pbx.amiTlsUrl('panel', `ca=${encodeURIComponent(pbx.certificateFile)}`) }),
    Panel.start({ amiUrl: pbx.amiUrl('min') }),
  ]);
  return new Panels(pinned, trusted, least);
}

/** Other ways in: TLS with a pinned certificate or its authority, an account with less, and events with time stamps. */
export function accounts(version: AsteriskVersion): void {
  describe(`ways to Asterisk ${version}`, () => {
    const labOf = useLab(version, { timestampEvents: true, tls: true });
    const once = useOnce<Panels>();

    it('says what is off for want of which class', async (context) => {
      const lab = labOf(context);
      const { pinned, trusted, least } = await once(() => startPanels(lab));
      for (const panel of [pinned, trusted]) expect(panel.link).toMatchObject({ link: 'up', missing: [] });
      const wanting = new Set(least.link?.missing.map(({ needs }) => needs));
      expect([...wanting].sort()).toEqual(['agent', 'originate', 'system', 'user']);
    });

    it('refuses a certificate that is not the pinned one', async (context) => {
      const lab = labOf(context);
      const wrong = lab.pbx.amiTlsUrl('panel', `fingerprint=${'ab'.repeat(32)}`);
      const panel = await Panel.start({ amiUrl: wrong, ready: false });
      try {
        await expect.poll(() => panel.link?.problem, { timeout: 10_000 }).toMatch(/certificate|fingerprint/i);
        expect(panel.link?.link).toBe('down');
      } finally {
        await panel.stop();
      }
    });

    it.for([...forAll, ...withAgents])('%s', async (name, context) => {
      const lab = labOf(context);
      const { pinned, trusted, least } = await once(() => startPanels(lab));
      const scenario = scenarios.find((one) => one.name === name) ?? expect.fail(`no scenario ${name}`);
      const panels = forAll.includes(name) ? [pinned, trusted, least] : [pinned, trusted];
      const check = panelCheck({ panels, real: lab });
      await scenario.run({ phones: lab.phones, outside: lab.outside, check, version });
      await check('nothing is left', nothingLeft);
    });

    it('does not set do-not-disturb without the class system', async (context) => {
      const lab = labOf(context);
      await dndRefused(lab, (await once(() => startPanels(lab))).least);
    });
  });
}
