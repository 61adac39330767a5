import { expect, test } from './fixtures/lab';
import { Office } from './fixtures/office';
import { ButtonsPage } from './pages/buttons-page';
import { PanelPage } from './pages/panel-page';

/** The administrator's table over Asterisk 22 with real phones. */

test('a label is on another open panel within a second and in calls; a read of the PBX does not take it back', async ({
  lab,
  startPanel,
  newContext,
}) => {
  test.slow();
  const process = await startPanel({ amiUrl: lab.pbx.amiUrl() });
  const context = await newContext(process);
  await Office.signIn(context);
  let panel = new PanelPage(await context.newPage());
  await panel.open();
  const found = await panel.tile('101').getAttribute('aria-label');
  const table = await ButtonsPage.open(context);
  await table.rename('101', 'Front desk');
  await expect(panel.tile('101')).toHaveAccessibleName(/^Front desk, 101,/, { timeout: 1_000 });

  await test.step('it is who calls', async () => {
    await lab.phones.dial('101', '102');
    await lab.phones.answer('102');
    await expect(panel.tile('102')).toHaveAccessibleName(/Talking, from Front desk/);
    await lab.phones.hangup('102');
  });

  await test.step('it stays when everything is read again', async () => {
    await panel.page.close();
    await process.end();
    await process.launch();
    panel = new PanelPage(await context.newPage());
    await panel.open();
    await expect(panel.tile('101')).toHaveAccessibleName(/^Front desk, 101,/);
  });

  await test.step('given back, the PBX’s name is there', async () => {
    await table.page.reload();
    await table.row('101').getByRole('gridcell').nth(1).dblclick();
    await table.dialog.getByLabel('Label').fill('');
    await table.dialog.getByRole('button', { name: 'Save' }).click();
    await expect(panel.tile('101')).toHaveAccessibleName(found ?? '', { timeout: 1_000 });
  });
});

test('a ring group in the dialplan is found, rings while its members do, and is called', async ({
  lab,
  startPanel,
  newContext,
}) => {
  test.slow();
  const cli = (command: string) => lab.pbx.instance.cli(command);
  // As FreePBX writes them.
  for (const [step, context] of [
    ['690,1,NoOp(group)', 'ext-group'],
    ['690,2,Gosub(macro-dial,s,1(20,tr,101-102))', 'ext-group'],
    ['s,1,Dial(PJSIP/101&PJSIP/102,20)', 'macro-dial'],
    ['690,1,Goto(ext-group,690,1)', 'from-internal'],
  ]) {
    await cli(`dialplan add extension ${step} into ${context} replace`);
  }
  try {
    const process = await startPanel({ amiUrl: lab.pbx.amiUrl() });
    const context = await newContext(process);
    await Office.signIn(context);
    const panel = new PanelPage(await context.newPage());
    await panel.open();
    await expect(panel.tile('690')).toHaveAccessibleName('No name, 690, Ring group');
    const table = await ButtonsPage.open(context);
    await table.filter('690');
    await table.rename('690', 'Everybody');
    await panel.page.bringToFront();
    await expect(panel.tile('690')).toHaveAccessibleName('Everybody, 690, Ring group');
    await lab.phones.dial('103', '690');
    await lab.phones.ringing('101');
    await expect(panel.tile('690')).toHaveAccessibleName('Everybody, 690, Ringing');
    await lab.phones.answer('101');
    await expect(panel.tile('690')).toHaveAccessibleName('Everybody, 690, Ring group');
    await lab.phones.hangup('101');
  } finally {
    for (const context of ['ext-group', 'macro-dial']) await cli(`dialplan remove context ${context}`);
    await cli('dialplan remove extension 690@from-internal');
  }
});
