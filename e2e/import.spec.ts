import path from 'node:path';
import { mustBeClean } from './fixtures/axe';
import { Office } from './fixtures/office';
import { expect, test } from './fixtures/test';
import { ImportPage } from './pages/import-page';

const fixtures = path.resolve(import.meta.dirname, '../server/fop2-import/fixtures');
const freepbx = ['fop2.cfg', 'buttons.cfg', 'buttons_custom.cfg'].map((name) => path.join(fixtures, 'freepbx', name));

test('FOP2’s files: looked at, imported, an invitation used, and undone', async ({ startPanel, sit, newContext }) => {
  const process = await startPanel();
  const { context, panel } = await sit(process);
  await expect(panel.page.locator('[data-tile="101"]')).toContainText('Amara Okafor');
  const admin = await ImportPage.open(await context.newPage());
  await mustBeClean(admin.page);
  await admin.give(freepbx);
  await expect(admin.looked.getByRole('status')).toHaveText(/^Would be added or changed: 7 users, 3 groups, 1 role,/);
  await expect(admin.looked).toContainText('The files name a PBX: fop2 at localhost, port 5038.');
  const users = await admin.tab(/^Users/);
  await expect(users.getByRole('row', { name: /Amara \(reception\)/ })).toContainText('Supervisor');
  await expect(users.getByRole('row', { name: /Yuki/ })).toContainText('with rights of their own');
  await mustBeClean(admin.page);
  const buttons = await admin.tab(/^Buttons/);
  await expect(buttons.getByRole('row', { name: /Guest phone/ })).toContainText('added by hand');
  await admin.filter.fill('car park');
  await expect(buttons.getByRole('row')).toHaveCount(2);
  await admin.filter.fill('');
  const lines = await admin.tab(/^Not taken/);
  await expect(lines.getByRole('row', { name: /#exec/ })).toContainText('Programs are not run.');
  await expect(lines.getByRole('row', { name: /manager_secret/ })).toContainText('Not taken');
  expect(await admin.page.content()).not.toMatch(/-secret-|-manager-/);
  await mustBeClean(admin.page);
  const [report] = await Promise.all([
    admin.page.waitForEvent('download'),
    admin.page.getByRole('button', { name: 'Report of every line' }).click(),
  ]);
  expect(report.suggestedFilename()).toBe('fop2-import-report.csv');

  await admin.go.click();
  const result = admin.region('Imported');
  await expect(result).toContainText('7 users, 3 groups, 1 role');
  await expect(panel.page.locator('[data-tile="101"]')).toContainText('Amara (reception)');
  await expect(panel.page.locator('[data-tile="199"]')).toContainText('Guest phone');

  await result.getByRole('button', { name: 'Make invitation links' }).click();
  const row = result.getByRole('row', { name: /Priya/ });
  const link = (await row.locator('code').textContent()) ?? '';
  const [links] = await Promise.all([
    admin.page.waitForEvent('download'),
    result.getByRole('button', { name: 'Download the links as CSV' }).click(),
  ]);
  expect(links.suggestedFilename()).toBe('invitations.csv');
  await mustBeClean(admin.page);
  const theirs = await (await newContext(process)).newPage();
  await theirs.goto(link);
  await theirs.getByRole('textbox', { name: 'Choose a password' }).fill('seven quiet lamps outside');
  await theirs.getByRole('textbox', { name: 'The same again' }).fill('seven quiet lamps outside');
  await theirs.keyboard.press('Enter');
  // She sees the people of her group, and nobody else.
  await expect(theirs.locator('[data-tile="112"]')).toBeVisible();
  await expect(theirs.locator('[data-tile="101"]')).toHaveCount(0);

  await result.getByRole('button', { name: 'Undo', exact: true }).click();
  await result.getByRole('button', { name: 'Undo it' }).click();
  await expect(admin.region('The import was undone')).toBeVisible();
  await expect(panel.page.locator('[data-tile="101"]')).toContainText('Amara Okafor');
  await expect(panel.page.locator('[data-tile="199"]')).toHaveCount(0);
  const all = await (await context.request.get('/api/v1/admin/users')).json();
  expect(all.map(({ username }: { username: string }) => username).sort()).toEqual(['111', 'admin']);
  await expect(admin.region('The import was undone')).toContainText('User 111 was changed or has signed in since');
});

test('dropped files, several tenants, and what the plan says when there is nothing to do', async ({
  startPanel,
  sit,
}) => {
  const { context } = await sit(await startPanel());
  const admin = await ImportPage.open(await context.newPage());
  const folder = path.join(fixtures, 'tenants');
  await admin.give(['fop2.cfg', 'buttons_acme.cfg', 'buttons_globex.cfg'].map((name) => path.join(folder, name)));
  const users = await admin.tab(/^Users/);
  await expect(users.getByRole('row')).toHaveCount(3);
  await admin.page.getByRole('combobox', { name: 'Tenant' }).selectOption('GLOBEX');
  await expect(users.getByRole('row')).toHaveCount(2);
  await admin.page.getByRole('checkbox', { name: /^Users, with/ }).uncheck();
  await admin.page.getByRole('checkbox', { name: /^Buttons Names/ }).uncheck();
  await expect(admin.looked.getByRole('status')).toContainText('There is nothing to import');
  await expect(admin.go).toBeDisabled();
  await admin.page.getByRole('button', { name: 'Leave fop2.cfg out' }).click();
  await expect(admin.page.getByRole('list', { name: 'Chosen files' }).getByRole('listitem')).toHaveCount(2);

  const dropped = await admin.page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['user=131:Dropped-secret:all\n'], 'fop2.cfg'));
    return data;
  });
  await admin.page.getByRole('checkbox', { name: /^Users, with/ }).check();
  await admin.page.getByRole('region', { name: 'Files of FOP2' }).dispatchEvent('drop', { dataTransfer: dropped });
  await expect(users.getByRole('row')).toHaveCount(2);
  await expect(users).toContainText('Supervisor');
});

test('it is an administrator’s, and what is no file of FOP2’s is told so', async ({ startPanel, sit, newContext }) => {
  const process = await startPanel();
  const { context } = await sit(process);
  const plan = '/api/v1/admin/import/fop2/plan';
  const broken = { files: [{ name: 'a', content: 'no base64!' }], choices: {} };
  expect((await context.request.post(plan, { data: broken })).status()).toBe(400);
  const supervisor = await new Office(context.request).addUser('sam', 'supervisor');
  const theirs = await newContext(process);
  await Office.signIn(theirs, supervisor);
  const data = { files: [{ name: 'a', content: 'eA==' }], choices: {} };
  expect((await theirs.request.post(plan, { data })).status()).toBe(403);

  const admin = await ImportPage.open(await context.newPage());
  await admin.give({
    name: 'photo.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from([0xff, 0xd8, 0xff, 0, 1, 2, 10, 0]),
  });
  await expect(admin.looked.getByRole('status')).toContainText('There is nothing to import');
  await admin.give({ name: 'broken.zip', mimeType: 'application/zip', buffer: Buffer.from('PK\u0003\u0004broken') });
  await expect(admin.page.getByRole('alert').filter({ hasText: 'broken.zip is no zip archive' })).toBeVisible();
});
