import type { Page } from '@playwright/test';
import { amiSecret } from './asterisk/people';
import { freePort } from './asterisk/ports';
import { expect, test } from './fixtures/lab';
import { PanelPage } from './pages/panel-page';

const secret = amiSecret('panel');

async function fill(page: Page, values: { port: number; secret: string }): Promise<void> {
  const form = page.getByRole('region', { name: 'Connection', exact: true }).or(page.locator('form')).first();
  await form.getByRole('textbox', { name: 'Host' }).fill('127.0.0.1');
  await form.getByRole('textbox', { name: 'Port' }).fill(String(values.port));
  await form.getByRole('textbox', { name: 'User', exact: true }).fill('panel');
  await form.getByRole('textbox', { name: 'Secret', exact: true }).fill(values.secret);
}

test('from the demo to a real Asterisk by the form: tried, refused in words, saved, shown', async ({
  lab,
  startPanel,
  sit,
}) => {
  const { panel, context } = await sit(await startPanel());
  await expect(panel.notices).toContainText('This is the demo PBX');
  const received: string[] = [];
  context.on('response', async (response) => {
    received.push(await response.text().catch(() => ''));
  });

  // A second window stays on the panel all the while.
  const { page: settings } = new PanelPage(await context.newPage());
  await settings.goto('/admin/pbx/');
  const test = settings.getByRole('button', { name: 'Test', exact: true });

  await fill(settings, { port: lab.pbx.ports.ami, secret: 'not the secret' });
  await test.click();
  await expect(settings.getByText('It does not work')).toBeVisible({ timeout: 20_000 });
  await expect(settings.locator('form')).toContainText(/refused|Authentication failed|secret/i);

  await fill(settings, { port: await freePort(), secret });
  await test.click();
  await expect(settings.locator('form')).toContainText(/refuse|nobody|not reach|listen/i, { timeout: 20_000 });

  await fill(settings, { port: lab.pbx.ports.ami, secret });
  await test.click();
  await expect(settings.getByText(/It works: Asterisk 22\.\d+/)).toBeVisible({ timeout: 20_000 });

  await settings.getByRole('button', { name: 'Save and connect' }).click();
  await expect(settings.getByText('Saved. The panel connects with it now.')).toBeVisible();
  await expect(settings.getByRole('region', { name: 'Link to the PBX' })).toContainText('Asterisk 22', {
    timeout: 20_000,
  });
  await panel.says('101', 'Free');
  await expect(panel.tile('101')).toContainText('Anna Berg');
  await expect(panel.notices).not.toContainText('demo');
  await lab.phones.dial('102', '101');
  await panel.says('101', 'Ringing, from Bilal Demir');

  await settings.reload();
  const field = settings.getByRole('textbox', { name: 'Secret', exact: true });
  await expect(field).toHaveAttribute('placeholder', /Saved/);
  await expect(field).toHaveValue('');
  expect(received.length).toBeGreaterThan(0);
  expect(received.filter((body) => body.includes(secret))).toEqual([]);
  expect(await settings.content()).not.toContain(secret);

  await settings.goto('/admin/audit/');
  const log = settings.getByRole('table');
  await expect(log.getByRole('row', { name: /Save the PBX connection/ })).toContainText('Done');
  await expect(log.getByRole('row', { name: /Test a PBX connection/ })).toHaveCount(3);
  await expect(log.getByRole('row', { name: /Sign in/ })).toContainText('admin');
  expect(await settings.content()).not.toContain(secret);
});

test('AMI_URL makes the form a thing to read', async ({ lab, startPanel, sit }) => {
  const { panel } = await sit(await startPanel({ amiUrl: lab.pbx.amiUrl() }));
  const { page } = panel;
  await page.goto('/admin/pbx/');
  await expect(page.getByText('The environment variable AMI_URL decides')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save and connect' })).toHaveCount(0);
  expect(await page.content()).not.toContain(secret);
});

test('users are added, changed, given a password', async ({ startPanel, sit, newContext }) => {
  const process = await startPanel();
  const { panel } = await sit(process);
  const { page } = panel;
  await page.goto('/admin/users/');
  await page.getByRole('button', { name: 'Add a user' }).click();
  const adding = page.getByRole('dialog', { name: 'Add a user' });
  await adding.getByRole('textbox', { name: 'Name', exact: true }).fill('Olga Petrova');
  await adding.getByRole('textbox', { name: 'User name' }).fill('olga');
  await adding.getByRole('combobox', { name: 'Role' }).selectOption('viewer');
  await adding.getByRole('combobox', { name: 'How they sign in' }).selectOption('With a password that I set now');
  await adding.getByRole('textbox', { name: 'First password', exact: true }).fill('short');
  await adding.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(adding).toContainText('at least 10 characters');
  await adding.getByRole('textbox', { name: 'First password', exact: true }).fill('long enough a password');
  await adding.getByRole('button', { name: 'Add', exact: true }).click();
  const row = page.getByRole('row', { name: /Olga Petrova/ });
  await expect(row).toContainText('Viewer');
  await expect(adding).toHaveCount(0);

  await page.getByRole('button', { name: 'Edit Olga Petrova' }).click();
  const editing = page.getByRole('dialog', { name: 'Olga Petrova' });
  await editing.getByRole('combobox', { name: 'Role' }).selectOption('supervisor');
  await editing.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('Supervisor');

  await page.getByRole('button', { name: 'More for Olga Petrova' }).click();
  await page.getByRole('menuitem', { name: 'Reset the password' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click();
  const link = (await page.locator('[data-link]').textContent()) ?? '';
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();

  const hers = await (await newContext(process)).newPage();
  await hers.goto(link);
  await expect(hers.getByText('sent you this link to set a new password')).toBeVisible();
  for (const name of ['Choose a password', 'The same again'])
    await hers.getByRole('textbox', { name, exact: true }).fill('a password of her own');
  await hers.getByRole('button', { name: /^Set the password/ }).click();
  await new PanelPage(hers).live();
  const answer = await hers.request.post('/api/v1/login', {
    data: { username: 'olga', password: 'a password of her own' },
  });
  expect(await answer.json()).toMatchObject({ name: 'Olga Petrova', role: 'supervisor' });

  await page.goto('/admin/audit/');
  const log = page.getByRole('table');
  await expect(log.getByRole('row', { name: /Add a user/ })).toContainText('olga');
  await expect(log.getByRole('row', { name: /Change a user/ })).toHaveCount(1);
  await expect(log.getByRole('row', { name: /Invite a user/ })).toHaveCount(1);
  await expect(page.getByText(/^Chain of \d+ entries intact\.$/)).toBeVisible();
  await page.getByLabel('What', { exact: true }).selectOption('Add a user');
  await expect(log.getByRole('row', { name: /olga/ })).toHaveCount(1);
  await page.getByLabel('Result').selectOption('Refused or failed');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(log.getByRole('row', { name: /Change a user/ })).toHaveCount(1);
});
