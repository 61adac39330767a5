import { expect, test } from './fixtures/lab';
import { Office } from './fixtures/office';
import { ImportPage } from './pages/import-page';

/** An office that has had FOP2: its files bring the PBX, its people and what they are called, and take all of it back. */

const text = (name: string, lines: readonly string[]) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(lines.join('\n')),
});

test('from the demo to one’s own Asterisk with the files of FOP2 alone', async ({ lab, startPanel, newContext }) => {
  test.slow();
  const manager = new URL(lab.pbx.amiUrl());
  const process = await startPanel();
  const context = await newContext(process);
  await Office.signIn(context);
  const files = [
    text('fop2.cfg', [
      `manager_host=${manager.hostname}`,
      `manager_port=${manager.port}`,
      `manager_user=${decodeURIComponent(manager.username)}`,
      `manager_secret=${decodeURIComponent(manager.password)}`,
      'group=Front:SIP/101,SIP/120',
      'user=101:old-secret-1:all',
      'user=120:old-secret-2:dial,transfer,pickup,hangupself:Front',
    ]),
    text('buttons.cfg', [
      '[SIP/120]',
      'type=extension',
      'extension=120',
      'label=Tove from FOP2',
      'group=Front desk',
      '[SIP/101]',
      'type=extension',
      'label=Desk from FOP2',
    ]),
  ];
  const admin = await ImportPage.open(await context.newPage());
  await admin.give(files);
  await admin.page.getByRole('button', { name: 'Take this connection first' }).click();
  await expect(admin.looked.getByRole('status')).toHaveText('Would be added or changed: 1 setting.');
  await admin.page.getByRole('button', { name: 'Connect the PBX' }).click();
  await expect(admin.region('Imported')).toContainText('1 setting');

  const panel = await context.newPage();
  await panel.goto('/');
  const tile = panel.locator('[data-tile="120"]');
  await expect(tile).toContainText('Tove Ek');
  await admin.page.getByRole('button', { name: 'Look again' }).click();
  await expect(admin.looked.getByRole('status')).toHaveText(
    'Would be added or changed: 2 users, 1 group and 2 buttons.',
  );
  const buttons = await admin.tab(/^Buttons/);
  await expect(buttons.getByRole('row', { name: /Tove from FOP2/ })).toContainText('SIP/120 is PJSIP/120 on this PBX.');
  await admin.go.click();
  await expect(tile).toContainText('Tove from FOP2');
  await expect(panel.locator('[data-tile="101"]')).toContainText('Desk from FOP2');

  await test.step('a call is shown under the new names', async () => {
    await lab.phones.dial('101', '120');
    await expect(tile).toContainText('Desk from FOP2');
    await lab.phones.answer('120');
    await lab.phones.hangup('120');
    await lab.phones.quiet('101');
  });

  await admin.region('Imported').getByRole('button', { name: 'Undo', exact: true }).click();
  await admin.region('Imported').getByRole('button', { name: 'Undo it' }).click();
  await expect(admin.region('The import was undone')).toBeVisible();
  await expect(tile).toContainText('Tove Ek');
  const users = await (await context.request.get('/api/v1/admin/users')).json();
  expect(users.map(({ username }: { username: string }) => username)).toEqual(['admin']);
});
