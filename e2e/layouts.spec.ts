import type { Page } from '@playwright/test';
import { isClean } from './fixtures/axe';
import { Office } from './fixtures/office';
import { expect, test } from './fixtures/test';

/** Headings of the sections at the right, from top to bottom. */
async function sections(page: Page): Promise<string[]> {
  const list = await page.locator('.panel-side [data-blocks="sections"]').all();
  const names = await Promise.all(list.map((one) => one.getAttribute('data-block')));
  return names.map(String);
}
async function departments(page: Page): Promise<string[]> {
  const list = await page.locator('button[data-blocks="departments"]').all();
  return (await Promise.all(list.map((one) => one.getAttribute('data-block')))).map(String);
}
const saved = (page: Page) => page.waitForTimeout(800);

test('sections and departments are put in order by keyboard and by pulling, stay so, and go back', async ({
  startPanel,
  sit,
}) => {
  const { panel } = await sit(await startPanel());
  const { page } = panel;
  await expect.poll(() => sections(page)).toEqual(['queues', 'parking', 'conferences', 'trunks']);
  const parking = page.getByRole('button', { name: /^Parking/ });
  await parking.press('Alt+ArrowUp');
  await expect.poll(() => sections(page)).toEqual(['parking', 'queues', 'conferences', 'trunks']);
  await expect(parking).toBeFocused();
  await expect(page.getByText('Parking is now number 1 of 4')).toBeAttached();
  await parking.press('Alt+ArrowUp');
  await expect(page.getByText('Parking is at the top already')).toBeAttached();

  const from = await page.getByRole('button', { name: /^Queues/ }).boundingBox();
  const to = await page.locator('[data-block="parking"]').boundingBox();
  if (!from || !to) throw new Error('the sections are not there');
  await page.mouse.move(from.x + 30, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 30, to.y + 20, { steps: 4 });
  await page.mouse.move(to.x + 30, to.y + 4, { steps: 3 });
  await page.mouse.up();
  await expect.poll(() => sections(page)).toEqual(['queues', 'parking', 'conferences', 'trunks']);
  await parking.press('Alt+ArrowUp');

  const before = await departments(page);
  const [first = '', second = ''] = before;
  await page.locator(`button[data-block="${first}"]`).press('Alt+ArrowDown');
  await expect.poll(async () => (await departments(page)).slice(0, 2)).toEqual([second, first]);
  await expect(page.locator(`button[data-block="${first}"]`)).toBeFocused();

  await page.getByRole('button', { name: 'Arrangement' }).click();
  await page.getByText('Departments and sections…').click();
  const dialog = page.getByRole('dialog', { name: 'Departments and sections' });
  await dialog.getByRole('button', { name: 'Hide Trunks' }).click();
  await dialog.getByRole('button', { name: /^Move Conferences/ }).press('ArrowUp');
  await isClean(page, 'the arrangement', '[role=dialog]');
  await page.keyboard.press('Escape');
  const arranged = ['parking', 'conferences', 'queues'];
  await expect.poll(() => sections(page)).toEqual(arranged);
  await saved(page);
  await page.reload();
  await expect.poll(() => sections(page)).toEqual(arranged);
  expect((await departments(page)).slice(0, 2)).toEqual([second, first]);

  await page.getByRole('button', { name: 'Arrangement' }).click();
  await page.getByText('Reset to the default').click();
  await expect.poll(() => sections(page)).toEqual(['queues', 'parking', 'conferences', 'trunks']);
  expect((await departments(page)).slice(0, 2)).toEqual([first, second]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => sections(page)).toEqual(arranged);
  expect((await departments(page)).slice(0, 2)).toEqual([second, first]);
});

test('a default of a role reaches its open panels at once, but not over what somebody arranged', async ({
  startPanel,
  sit,
  newContext,
}) => {
  const process = await startPanel();
  const { context } = await sit(process);
  const olga = await new Office(context.request).addUser('olga', 'receptionist', '102');
  const theirs = await newContext(process);
  await Office.signIn(theirs, olga);
  const page = await theirs.newPage();
  await page.goto('/');
  await expect.poll(() => sections(page)).toHaveLength(4);
  await page.getByRole('button', { name: 'Large tiles' }).click();
  await saved(page);

  const admin = await context.newPage();
  await admin.goto('/admin/layouts/');
  await admin.getByLabel('Layout of the role').selectOption({ label: 'Receptionist' });
  await expect(admin.getByText('arranged: tile size')).toBeVisible();
  await admin.getByText('Compact', { exact: true }).click();
  await admin.getByRole('button', { name: 'Hide Conferences' }).click();
  await admin.getByRole('button', { name: /^Move Support/ }).press('ArrowUp');
  await isClean(admin, 'layouts');
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.getByText(/^Saved\. Open panels show it now/)).toBeVisible();
  await expect.poll(() => sections(page)).toEqual(['queues', 'parking', 'trunks']);
  await expect(page.getByRole('button', { name: 'Large tiles' })).toHaveAttribute('aria-pressed', 'true');

  await admin.getByRole('button', { name: 'Reset the layout of Olga' }).click();
  await expect(admin.getByText('as the role has it')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Compact tiles' })).toHaveAttribute('aria-pressed', 'true');
});
