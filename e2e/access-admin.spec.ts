import type { BrowserContext, Locator, Page } from '@playwright/test';
import { mustBeClean } from './fixtures/axe';
import { Office } from './fixtures/office';
import { expect, test } from './fixtures/test';
import { RolesPage } from './pages/roles-page';

/** A section of the administration with one form that is saved as a whole. */
class SettingsPage {
  readonly save: Locator;

  private constructor(readonly page: Page) {
    this.save = page.getByRole('button', { name: 'Save', exact: true }).first();
  }

  static async open(context: BrowserContext, section: 'calls'): Promise<SettingsPage> {
    const settings = new SettingsPage(await context.newPage());
    await settings.page.goto(`/admin/${section}/`);
    await expect(settings.save).toBeVisible();
    return settings;
  }

  async saved(): Promise<void> {
    const told = this.page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await this.save.click();
    expect((await told).status()).toBe(200);
    // Two saves in short order are told by two messages.
    await expect(this.page.getByText(/^Saved\. It is in force now/).first()).toBeVisible();
  }
}

test('a right is limited to a group: an open panel knows at once, and the server holds to it', async ({
  startPanel,
  sit,
  newContext,
}) => {
  const process = await startPanel();
  const { context } = await sit(process);
  const operator = await new Office(context.request).addUser('tomas', 'supervisor', '102');
  const theirs = await newContext(process);
  await Office.signIn(theirs, operator);
  const panel = await theirs.newPage();
  await panel.goto('/');
  const tile = (number: string) => panel.locator(`[data-tile="${number}"]`);
  const dnd = (number: string) => tile(number).getByRole('button', { name: /^Do not disturb/ });
  await expect(dnd('131')).toBeEnabled();

  const access = await RolesPage.open(context);
  await access.addGroup('Front', 'Sales');
  await access.choose('Roles', 'Supervisor');
  await access.grant('Do not disturb of others').selectOption('For groups…');
  const groups = access.page.getByRole('group', { name: 'Groups for Do not disturb of others' });
  await expect(groups.getByRole('checkbox', { name: 'Front' })).toBeChecked();
  await expect(groups).toContainText('For these, and always for themselves.');
  await access.saved();

  const set = (extension: string) =>
    theirs.request.post('/api/v1/commands/extension.dnd', { data: { extension, on: true } });
  expect((await set('111')).status()).toBe(200);
  expect((await set('102')).status()).toBe(200);
  const refused = await set('131');
  expect(refused.status()).toBe(403);
  await expect(dnd('111')).toHaveAttribute('aria-pressed', 'true');
  await expect(dnd('131')).toHaveCount(0);

  // Back to how it was: the group goes, and with it what was for it alone.
  await access.choose('Groups', 'Front');
  await access.page.getByRole('button', { name: 'Remove this group…' }).click();
  await access.page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await access.choose('Roles', 'Supervisor');
  await expect(access.grant('Do not disturb of others')).toHaveValue('nobody');
  await access.grant('Do not disturb of others').selectOption('For everybody');
  await access.saved();
  expect((await set('131')).status()).toBe(200);
});

test('a user gets permissions of their own, and what is wrong is told', async ({ startPanel, sit }) => {
  const { context } = await sit(await startPanel());
  const { id } = await new Office(context.request).addUser('vera', 'viewer');
  const page = await context.newPage();
  await page.goto('/admin/users/');
  await page.getByRole('button', { name: 'Edit Vera' }).click();
  const dialog = page.getByRole('dialog', { name: 'Vera' });
  await dialog.getByRole('radio', { name: 'Of their own' }).check();
  await dialog.getByRole('combobox', { name: 'Call', exact: true }).selectOption('For everybody');
  await mustBeClean(page);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  const users = await (await context.request.get('/api/v1/admin/users')).json();
  const vera = users.find((user: { id: string }) => user.id === id);
  expect(vera.grants).toEqual([{ permission: 'dial', groups: null }]);

  const access = await RolesPage.open(context);
  await access.page.getByRole('button', { name: 'Add a group' }).click();
  await access.choose('Roles', 'Viewer');
  await access.save.click();
  // What is wrong comes to sight by itself.
  await expect(access.name).toHaveAccessibleDescription('Enter a name.');
  await expect(access.name).toBeFocused();
  await access.page.getByRole('button', { name: 'Discard' }).click();
  await expect(access.standing).toHaveText('A change is in force at once.');
});

test('two administrators at once: the second is told, and keeps what was typed', async ({ startPanel, sit }) => {
  const { context } = await sit(await startPanel());
  const mine = await RolesPage.open(context);
  const theirs = await RolesPage.open(context);
  await theirs.addGroup('Front', 'Sales');
  await theirs.saved();
  await mine.choose('Roles', 'Viewer');
  await mine.grant('Call').selectOption('For everybody');
  await mine.save.click();
  await expect(mine.page.getByRole('alert').filter({ hasText: /else changed/ })).toBeVisible();
  await mine.page.getByRole('button', { name: 'Take their changes over and keep mine' }).click();
  await expect(mine.grant('Call')).toHaveValue('all');
  await mine.choose('Groups', 'Front');
  await mine.saved();
});

test('the panic switch: a banner for everybody, refusals in words, and back again', async ({
  startPanel,
  sit,
  newContext,
}) => {
  const process = await startPanel();
  const { context, panel } = await sit(process);
  const calls = await SettingsPage.open(context, 'calls');
  await mustBeClean(calls.page);
  await calls.page.getByRole('checkbox', { name: 'Anything else may be called' }).check();
  await calls.page.getByRole('textbox', { name: 'Calls to the outside per user and minute' }).fill('5');
  await calls.saved();

  await calls.page.getByRole('button', { name: 'Stop all calls to the outside' }).click();
  await expect(calls.page.getByText(/^Stopped by/)).toBeVisible();
  await expect(panel.notices.getByText('Calls to the outside are stopped')).toBeVisible();
  const dial = { extension: '101', to: '02079460999' };
  const refused = await context.request.post('/api/v1/commands/call.dial', { data: dial });
  expect(refused.ok()).toBe(false);
  expect((await refused.json()).message).toMatch(/outside.*stopped|stopped.*outside/i);

  const viewer = await new Office(context.request).addUser('vera', 'viewer');
  const other = await newContext(process);
  await Office.signIn(other, viewer);
  const page = await other.newPage();
  await page.goto('/');
  await expect(page.getByText('Calls to the outside are stopped')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Let them run again' })).toHaveCount(0);

  await panel.notices.getByRole('button', { name: 'Let them run again' }).click();
  await expect(panel.notices.getByText('Calls to the outside are stopped')).toHaveCount(0);
  await expect(page.getByText('Calls to the outside are stopped')).toHaveCount(0);
});

test('the name of recordings is tried while it is typed, and wrong ones are refused', async ({ startPanel, sit }) => {
  const { context } = await sit(await startPanel());
  const { page } = await SettingsPage.open(context, 'calls');
  const card = page.getByRole('region', { name: 'Names of recordings' });
  const name = card.getByRole('textbox', { name: 'Name' });
  await name.fill('{date}/{time}-{from}-{uniqueid}');
  await expect(card).toContainText('20261121/083059-02079460000-1795252000.42.wav');
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. The next recording has this name.')).toBeVisible();
  await name.fill('{date}');
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(name).toHaveAccessibleDescription(/must hold \{time\} and \{uniqueid\}/i);
});
