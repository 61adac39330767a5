import { readFile, writeFile } from 'node:fs/promises';
import { mustBeClean } from './fixtures/axe';
import { Office } from './fixtures/office';
import { expect, test } from './fixtures/test';

test('health tells how the panel does and who is connected; ending a session signs its windows out at once', async ({
  startPanel,
  sit,
}) => {
  const process = await startPanel();
  const mine = await sit(process);
  const colleague = await new Office(mine.context.request).addUser('olivia', 'supervisor');
  const theirs = await sit(process, colleague);
  const second = await theirs.context.newPage();
  await second.goto('/');

  const { page } = mine.panel;
  await page.goto('/admin/health/');
  await expect(page.getByText(/^Connected$/).first()).toBeVisible();
  await expect(page.getByText('Demo PBX')).toBeVisible();
  await expect(page.getByText('Answers within').locator('..')).toContainText(/[\d.]+ ms/);
  await expect(page.getByText(/^Events a second in the last hour: [\d.]+ on average/)).toBeVisible();
  await expect(page.getByRole('table', { name: 'Incidents, newest first' })).toContainText('Connected');
  const row = page.getByRole('row', { name: /Olivia/ });
  await expect(row).toContainText('olivia, Supervisor');
  await expect(row).toContainText('127.0.0.1');
  await expect(row).toContainText(/Chrome \d+ on/);
  await expect(row.getByRole('cell', { name: '2', exact: true })).toBeVisible();
  await mustBeClean(page);

  await row.getByRole('button', { name: 'End session of Olivia' }).click();
  await row.getByRole('button', { name: 'Sign out now' }).click();
  for (const window of [theirs.panel.page, second]) {
    await expect(window.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible({ timeout: 3_000 });
  }
  await expect(row).toHaveCount(0);
  const audit = await mine.context.request.get('/api/v1/admin/audit?action=admin.session.end');
  expect(await audit.json()).toMatchObject([
    { actor: 'admin', target: expect.stringMatching(/^olivia: /), result: 'ok' },
  ]);

  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the bundle' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^cordboard-support-[\d-]+\.zip$/);
});

test('a backup is made, downloaded, sent back and restored: everything is as it was, and open panels come back', async ({
  startPanel,
  sit,
  faults,
}, info) => {
  test.slow();
  const process = await startPanel();
  const mine = await sit(process);
  const office = new Office(mine.context.request);
  const colleague = await office.addUser('olivia', 'supervisor');
  const theirs = await sit(process, colleague);
  const { page } = mine.panel;

  await page.goto('/admin/data/');
  await expect(page.getByText('There is no backup yet.')).toBeVisible();
  await mustBeClean(page);
  await page.getByRole('button', { name: 'Make a backup now' }).click();
  await page.getByRole('dialog', { name: 'Make a backup' }).getByRole('button', { name: 'Make it' }).click();
  const list = page.getByRole('table', { name: 'Backups, newest first' });
  await expect(list.getByRole('row')).toHaveCount(2);
  const saving = page.waitForEvent('download');
  await list.getByRole('link', { name: /^Download the backup/ }).click();
  const file = info.outputPath('panel-backup.db');
  await (await saving).saveAs(file);
  await list.getByRole('button', { name: /^Delete the backup/ }).click();
  await page.getByRole('dialog', { name: 'Delete this backup?' }).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('There is no backup yet.')).toBeVisible();

  await office.addUser('latecomer', 'viewer');
  await page.getByLabel('A backup to upload').setInputFiles(file);
  const asked = page.getByRole('dialog', { name: 'Restore a backup' });
  await expect(asked).toContainText('by admin, version');
  await expect(asked).toContainText('2 users');
  await mustBeClean(page);
  faults.expectLostServer = true;
  await asked.getByRole('button', { name: 'Replace everything with it' }).click();
  await expect(asked.getByText('The backup is restored, and the panel runs on it.')).toBeVisible({ timeout: 30_000 });
  await asked.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText(/^admin restored .*uploaded\.db on/)).toBeVisible();
  await expect(list).toContainText('Before a restore');

  const users: { username: string }[] = await (await mine.context.request.get('/api/v1/admin/users')).json();
  expect(users.map(({ username }) => username).sort()).toEqual(['admin', 'olivia']);
  await theirs.panel.live();
  await expect(theirs.panel.grid).toBeVisible();
  const chain = await mine.context.request.get('/api/v1/admin/audit/verify');
  expect(await chain.json()).toMatchObject({ ok: true });

  // The way back: what was there before the restore has the latecomer.
  await list
    .getByRole('row', { name: /Before a restore/ })
    .getByRole('button', { name: /^Restore/ })
    .click();
  await expect(asked).toContainText('3 users');
  await asked.getByRole('button', { name: 'Cancel' }).click();
});

test('a file that is no backup, or not a whole one, is refused in words, and nothing changes', async ({
  startPanel,
  sit,
}, info) => {
  const process = await startPanel();
  const mine = await sit(process);
  const { page } = mine.panel;
  await page.goto('/admin/data/');
  const field = page.getByLabel('A backup to upload');
  const refusal = page.getByRole('alert').filter({ hasText: 'Not taken.' });

  const picture = info.outputPath('holiday.db');
  await writeFile(picture, Buffer.from('\xff\xd8\xff\xe0 a photograph of the sea', 'latin1'));
  await field.setInputFiles(picture);
  await expect(refusal).toContainText('holiday.db: This is no backup: it is not an SQLite database.');

  const made = await mine.context.request.post('/api/v1/admin/backups', { data: {} });
  const { name } = await made.json();
  const whole = await (await mine.context.request.get(`/api/v1/admin/backups/${name}/file`)).body();
  const cut = info.outputPath('cut.db');
  await writeFile(cut, whole.subarray(0, whole.length - 10_000));
  await field.setInputFiles(cut);
  await expect(refusal).toContainText(/cut\.db: The file is cut short: it has \d+ of \d+ bytes/);

  const changed = info.outputPath('changed.db');
  const bytes = await readFile(cut).then(() => Buffer.from(whole));
  bytes.write('Administratorx', bytes.indexOf('Administrator'));
  await writeFile(changed, bytes);
  await field.setInputFiles(changed);
  await expect(refusal).toContainText('The file is not as it was made: its SHA-256 is another one.');
  const { files } = await (await mine.context.request.get('/api/v1/admin/backups')).json();
  expect(files).toHaveLength(1);
});

test('what would go is counted before it goes, and the audit log stays whole', async ({ startPanel, sit }) => {
  const process = await startPanel();
  const mine = await sit(process);
  const { page } = mine.panel;
  await page.goto('/admin/data/');
  const retention = page.getByRole('region', { name: 'How long things are kept' });
  await retention.getByLabel('Calls and notes on them').fill('0');
  await retention.getByRole('button', { name: 'Save' }).click();
  await expect(retention.getByText('at least one day')).toBeVisible();
  await retention.getByLabel('Calls and notes on them').fill('30');
  await retention.getByLabel('Folder of recordings').fill('/nowhere/at/all');
  await retention.getByLabel('Recordings', { exact: true }).fill('90');
  await retention.getByRole('button', { name: 'What would go now?' }).click();
  const table = retention.getByRole('table', { name: 'What would be removed now' });
  await expect(table.getByRole('row', { name: /Entries of the audit log/ })).toContainText('0');
  await expect(table).toContainText('There is no folder /nowhere/at/all on this machine.');
  await retention.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. What is too old is removed every day.')).toBeVisible();
  await retention.getByRole('button', { name: 'Remove it now…' }).click();
  const asked = page.getByRole('dialog', { name: 'Remove what is too old now?' });
  await expect(asked.getByRole('button', { name: 'Nothing is too old' })).toBeDisabled();
});
