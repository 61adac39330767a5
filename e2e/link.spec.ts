import { CutProxy } from './asterisk/cut-proxy';
import { amiSecret } from './asterisk/people';
import { expect, test } from './fixtures/lab';
import { Office } from './fixtures/office';
import type { PanelPage } from './pages/panel-page';

async function isStale(panel: PanelPage): Promise<void> {
  await expect(panel.notices).toContainText(/PBX link lost \d+ s ago/, { timeout: 15_000 });
  await expect(panel.linkWord).toHaveText(/^Lost/);
  await expect(panel.urgent).toHaveText(/The PBX link is down\. What you see is no longer live\./);
}

async function isLive(panel: PanelPage): Promise<void> {
  await panel.live();
  await expect(panel.notices).not.toContainText('PBX link lost');
}

for (const how of ['clean', 'crash'] as const) {
  test(`Asterisk goes (${how}) and comes back: stale, nothing can be done, live again`, async ({
    lab,
    startPanel,
    sit,
  }) => {
    const { panel, context } = await sit(await startPanel({ amiUrl: lab.pbx.amiUrl() }));
    await new Office(context.request).setOwnExtension('103');
    await lab.phones.dial('101', '102');
    await lab.phones.answer('102');
    await panel.says('102', 'Talking, from Anna Berg');
    await expect(panel.ownDnd).toBeEnabled();

    await lab.pbx.down(how);
    await isStale(panel);
    // The last state stays readable, and nothing can be done to it. A clean stop has ended the calls before.
    await panel.says('102', how === 'crash' ? 'Talking, from Anna Berg' : 'Free');
    await expect(panel.ownDnd).toBeDisabled();
    await expect(panel.ownDnd).toHaveAttribute('title', 'The PBX link is down.');
    await panel.tile('105').focus();
    await panel.page.keyboard.press('d');
    await expect(panel.urgent).toHaveText(/^The PBX link is down\./);
    await panel.says('105', 'Free');

    await lab.phones.restartPbx('crash');
    await isLive(panel);
    await panel.says('101', 'Free');
    await panel.says('102', 'Free');
    await expect(panel.ownDnd).toBeEnabled();
    await lab.phones.dial('102', '101');
    await panel.says('101', 'Ringing, from Bilal Demir');
  });
}

test('a cut network is no different from a PBX that went', async ({ lab, startPanel, sit }) => {
  const proxy = await CutProxy.start(lab.pbx.ports.ami);
  try {
    const { panel } = await sit(
      await startPanel({ amiUrl: `ami://panel:${amiSecret('panel')}@127.0.0.1:${proxy.port}` }),
    );
    await panel.says('101', 'Free');
    proxy.refuse();
    await isStale(panel);
    await lab.phones.dial('102', '101');
    await lab.phones.ringing('101');
    proxy.restore();
    await isLive(panel);
    // What began while the link was down is there.
    await panel.says('101', 'Ringing, from Bilal Demir');
  } finally {
    await proxy.close();
  }
});
