import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { adminPassword } from './fixtures/panel-process';
import { expect, test } from './fixtures/test';

const fixtures = path.resolve(import.meta.dirname, '../server/fop2-import/fixtures');
const freepbx = ['fop2.cfg', 'buttons.cfg', 'buttons_custom.cfg'].map((name) => path.join(fixtures, 'freepbx', name));

class ImportPage {
  readonly looked: Locator;
  readonly history: Locator;

  private constructor(readonly page: Page) {
    this.looked = page.getByRole('region', { name: 'What would be imported' });
    this.history = page.getByRole('region', { name: 'Imports so far' });
  }

  static async open(page: Page): Promise<ImportPage> {
    const opened = new ImportPage(page);
    await page.goto('/admin/import/');
    await expect(opened.history).toContainText('Nothing was imported yet.');
    return opened;
  }

  async give(files: readonly string[]): Promise<void> {
    await this.page
      .getByLabel('Files of FOP2')
      .and(this.page.locator('input'))
      .setInputFiles([...files]);
  }

  async tab(name: RegExp): Promise<Locator> {
    await this.page.getByRole('tab', { name }).click();
    return this.page.getByRole('tabpanel');
  }
}

async function isClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .setLegacyMode(true)
    .analyze();
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`))).toEqual([]);
}

test('FOP2’s files: looked at, imported, an invitation used, and undone', async ({ startPanel, sit, newContext }) => {
  const process = await startPanel();
  const { context, panel } = await sit(process);
  await expect(panel.page.locator('[data-tile="101"]')).toContainText('Amara Okafor');
  const admin = await ImportPage.open(await context.newPage());
  await isClean(admin.page);
  await admin.give(freepbx);
  await expect(admin.looked.getByRole('status')).toHaveText(/^Would be added or changed: 7 users, 3 groups, 1 role,/);
  await expect(admin.looked).toContainText('The files name a PBX: fop2 at localhost, port 5038.');
  const users = await admin.tab(/^Users/);
  await expect(users.getByRole('row', { name: /Amara \(reception\)/ })).toContainText('Supervisor');
  await expect(users.getByRole('row', { name: /Yuki/ })).toContainText('with rights of their own');
  await isClean(admin.page);
  const buttons = await admin.tab(/^Buttons/);
  await expect(buttons.getByRole('row', { name: /Guest phone/ })).toContainText('added by hand');
  await admin.page.getByRole('textbox', { name: 'Filter' }).fill('car park');
  await expect(buttons.getByRole('row')).toHaveCount(2);
  await admin.page.getByRole('textbox', { name: 'Filter' }).fill('');
  const lines = await admin.tab(/^Not taken/);
  await expect(lines.getByRole('row', { name: /#exec/ })).toContainText('Programs are not run.');
  await expect(lines.getByRole('row', { name: /manager_secret/ })).toContainText('Not taken');
  expect(await admin.page.content()).not.toMatch(/-secret-|-manager-/);
  await isClean(admin.page);
  const [report] = await Promise.all([
    admin.page.waitForEvent('download'),
    admin.page.getByRole('button', { name: 'Report of every line' }).click(),
  ]);
  expect(report.suggestedFilename()).toBe('fop2-import-report.csv');

  await admin.page.getByRole('button', { name: 'Import', exact: true }).click();
  const result = admin.page.getByRole('region', { name: 'Imported', exact: true });
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
  await isClean(admin.page);
  const theirs = await newContext(process);
  const answer = await theirs.request.get(new URL(link).pathname);
  expect(answer.ok()).toBe(true);

  await result.getByRole('button', { name: 'Undo', exact: true }).click();
  await result.getByRole('button', { name: 'Undo it' }).click();
  await expect(admin.page.getByRole('region', { name: 'The import was undone' })).toBeVisible();
  await expect(panel.page.locator('[data-tile="101"]')).toContainText('Amara Okafor');
  await expect(panel.page.locator('[data-tile="199"]')).toHaveCount(0);
  const all = await (await context.request.get('/api/v1/admin/users')).json();
  expect(all.map(({ username }: { username: string }) => username)).toEqual(['admin']);
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
  await admin.page.getByRole('checkbox', { name: /^Buttons/ }).uncheck();
  await expect(admin.looked.getByRole('status')).toContainText('There is nothing to import');
  await expect(admin.looked.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
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

test('it is an administrator’s', async ({ startPanel, sit }) => {
  const { context } = await sit(await startPanel());
  expect(adminPassword).not.toBe('');
  const data = { files: [{ name: 'a', content: 'eA==' }], choices: {} };
  expect((await context.request.post('/api/v1/admin/import/fop2/plan', { data })).status()).toBe(200);
  const broken = { files: [{ name: 'a', content: 'no base64!' }], choices: {} };
  expect((await context.request.post('/api/v1/admin/import/fop2/plan', { data: broken })).status()).toBe(400);
});
