import type { Page } from '@playwright/test';
import { generateSync } from 'otplib';
import { Office } from './fixtures/office';
import { expect, test } from './fixtures/test';
import { LoginPage } from './pages/login-page';
import { PanelPage } from './pages/panel-page';

const password = 'eleven wet umbrellas';

/** The code that counts after the one of `after`: each is good once. */
async function nextCode(secret: string, after = 0): Promise<{ code: string; step: number }> {
  const step = () => Math.floor(Date.now() / 30_000);
  // One step early is right, too.
  const wanted = Math.max(step(), after + 1);
  while (wanted > step() + 1) await new Promise((resolve) => setTimeout(resolve, 500));
  return { code: generateSync({ secret, epoch: wanted * 30 }), step: wanted };
}

/** Goes through the set-up of a second factor on the screen; answers its key and the recovery codes. */
async function enrol(page: Page): Promise<{ secret: string; recovery: string[]; step: number }> {
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  await page.getByText('Type the key').click();
  const secret = ((await page.locator('[data-key]').textContent()) ?? '').replace(/\s/g, '');
  await page.getByRole('textbox', { name: 'Code of the app' }).fill('000000');
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await expect(page.getByText('This code is not right.')).toBeVisible();
  const { code, step } = await nextCode(secret);
  await page.getByRole('textbox', { name: 'Code of the app' }).fill(code);
  await page.getByRole('button', { name: 'Turn it on' }).click();
  const codes = page.locator('[data-recovery] li');
  await expect(codes).toHaveCount(10);
  const recovery = await codes.allTextContents();
  await expect(page.getByRole('button', { name: 'Go on' })).toBeDisabled();
  await page.getByLabel('I have kept them').check();
  await page.getByRole('button', { name: 'Go on' }).click();
  return { secret, recovery, step };
}

test('a colleague is invited, sets a password and the second factor of the role, and is shut out at once', async ({
  startPanel,
  sit,
  newContext,
}) => {
  test.slow();
  const process = await startPanel();
  const { panel, context } = await sit(process);
  const { page } = panel;
  const access = await (await context.request.get('/api/v1/admin/access')).json();
  for (const role of access.settings.roles) role.twoFactor = role.id === 'receptionist';
  expect((await context.request.put('/api/v1/admin/access', { data: access })).ok()).toBe(true);

  await page.goto('/admin/users/');
  await page.getByRole('button', { name: 'Add a user' }).click();
  const adding = page.getByRole('dialog', { name: 'Add a user' });
  await adding.getByRole('textbox', { name: 'Name', exact: true }).fill('Bea Ito');
  await adding.getByRole('textbox', { name: 'User name' }).fill('bea');
  await adding.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('dialog', { name: 'Invite Bea Ito' }).getByRole('button', { name: 'Make the link' }).click();
  const shown = page.getByRole('dialog', { name: 'The link for Bea Ito' });
  const link = (await shown.locator('[data-link]').textContent()) ?? '';
  expect(link).toMatch(new RegExp(`^${process.url}/setup/#invite=`));
  await shown.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('row', { name: /Bea Ito/ });
  await expect(row).toContainText('Invited');

  const hers = await newContext(process);
  const door = await hers.newPage();
  await door.goto(link);
  await expect(door.getByRole('heading', { name: 'Welcome, Bea Ito' })).toBeVisible();
  await expect(door.getByText('invites you to this telephone panel as Receptionist')).toBeVisible();
  expect(new URL(door.url()).hash).toBe('');
  await door.getByRole('textbox', { name: 'Choose a password' }).fill('beaito2026');
  await door.getByRole('textbox', { name: 'The same again' }).fill('beaito2026');
  await door.getByRole('button', { name: /^Set the password/ }).click();
  await expect(door.getByText('mostly a name that anybody here could guess')).toBeVisible();
  await door.getByRole('textbox', { name: 'Choose a password' }).fill(password);
  await door.getByRole('textbox', { name: 'The same again' }).fill(password);
  await door.getByRole('button', { name: /^Set the password/ }).click();

  await expect(door.getByRole('heading', { name: 'Set up your second factor' })).toBeVisible();
  // Not round it either.
  expect((await hers.request.get('/api/v1/state')).status()).toBe(401);
  await door.goto('/');
  await expect(door.getByRole('heading', { name: 'Set up your second factor' })).toBeVisible();
  const { secret, recovery, step } = await enrol(door);
  await new PanelPage(door).live();

  await door.goto('/account/');
  await expect(door.getByText('10 recovery codes are left')).toBeVisible();
  await new PanelPage(door).page.goto('/');
  await new PanelPage(door).userMenu('Sign out');
  const login = new LoginPage(door);
  await login.signIn('bea', password);
  const code = door.getByRole('textbox', { name: 'Code', exact: true });
  await code.fill('123456');
  await door.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(door.getByText('This code is not right.')).toBeVisible();
  await code.fill((await nextCode(secret, step)).code);
  await door.getByRole('button', { name: 'Sign in', exact: true }).click();
  await new PanelPage(door).live();

  const elsewhere = await (await newContext(process)).newPage();
  await elsewhere.goto('/login/');
  await new LoginPage(elsewhere).signIn('bea', password);
  await elsewhere.getByRole('button', { name: /Use a recovery code/ }).click();
  await elsewhere.getByRole('textbox', { name: 'Recovery code' }).fill(recovery[0] ?? '');
  await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
  await new PanelPage(elsewhere).live();

  const spent = await (await newContext(process)).newPage();
  await spent.goto(link);
  await expect(spent.getByRole('heading', { name: 'This link does not work' })).toBeVisible();

  await page.reload();
  await expect(row).toContainText('Active');
  await expect(row).toContainText('On');
  await page.getByRole('button', { name: 'More for Bea Ito' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await page.getByRole('dialog', { name: 'Disable Bea Ito?' }).getByRole('button', { name: 'Disable' }).click();
  await expect(row).toContainText('Disabled');
  for (const open of [door, elsewhere]) await expect(open.getByText('Your account was disabled.')).toBeVisible();
});

test('open panels ask for the second factor when the role comes to ask for it, and after a reset', async ({
  startPanel,
  sit,
}) => {
  const process = await startPanel();
  const { panel, context } = await sit(process);
  const colleague = await new Office(context.request).addUser('olivia', 'supervisor');
  const theirs = await sit(process, colleague);
  const access = await (await context.request.get('/api/v1/admin/access')).json();
  for (const role of access.settings.roles) role.twoFactor = role.id === 'supervisor';
  expect((await context.request.put('/api/v1/admin/access', { data: access })).ok()).toBe(true);

  const { page } = theirs.panel;
  await expect(page.getByRole('heading', { name: 'Set up your second factor' })).toBeVisible();
  await enrol(page);
  await theirs.panel.live();

  await panel.page.goto('/admin/users/');
  await panel.page.getByRole('button', { name: 'More for Olivia' }).click();
  await panel.page.getByRole('menuitem', { name: 'Reset the second factor' }).click();
  await panel.page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click();
  await expect(page.getByRole('heading', { name: 'Set up your second factor' })).toBeVisible();
});

test('a pasted list becomes users with links, and many are changed at once', async ({
  startPanel,
  sit,
  newContext,
}) => {
  const process = await startPanel();
  const { panel } = await sit(process);
  const { page } = panel;
  await page.goto('/admin/users/');
  await page.getByRole('button', { name: 'Add many' }).click();
  const adding = page.getByRole('dialog', { name: 'Add many users' });
  await adding
    .getByRole('textbox', { name: 'The list' })
    .fill('Anna Berg, 901, anna@example.com, Supervisor\nBea Ito, 902\nCara Doe, 901\nDan Poe, 903,, Boss');
  await expect(adding.getByText('2 can be added, 2 cannot: they are left out.')).toBeVisible();
  await expect(adding).toContainText('Extension 901 belongs to somebody already.');
  await expect(adding).toContainText('There is no role “Boss”.');
  await adding.getByRole('button', { name: 'Add 2 users' }).click();
  await expect(adding.getByText('2 users were added.')).toBeVisible();
  const links = await adding.locator('[data-link]').allTextContents();
  expect(links).toHaveLength(2);
  const download = page.waitForEvent('download');
  await adding.getByRole('button', { name: 'Save as CSV' }).click();
  expect((await download).suggestedFilename()).toBe('invitations.csv');
  await adding.getByRole('button', { name: 'Done' }).click();

  const guest = await (await newContext(process)).newPage();
  await guest.goto(links[1] ?? '');
  await expect(guest.getByRole('heading', { name: 'Welcome, Bea Ito' })).toBeVisible();

  await page.getByLabel('Show', { exact: true }).selectOption('Invited');
  await expect(page.getByText('2 of 3')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Choose all 2' }).check();
  const bar = page.getByRole('region', { name: 'Chosen users' });
  await bar.getByRole('button', { name: 'Give a role' }).click();
  const role = page.getByRole('dialog', { name: 'Give 2 users a role' });
  await role.getByRole('combobox', { name: 'Role' }).selectOption('Viewer');
  await role.getByRole('button', { name: 'Give it' }).click();
  await role.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row', { name: /Anna Berg/ })).toContainText('Viewer');

  await bar.getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('dialog', { name: 'Disable 2 users?' }).getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  const late = await (await newContext(process)).newPage();
  await late.goto(links[0] ?? '');
  await expect(late.getByText('This link does not work any more')).toBeVisible();

  await page.getByLabel('Show', { exact: true }).selectOption('Disabled');
  await page.getByRole('button', { name: 'More for Anna Berg' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete Anna Berg?' }).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('row', { name: /Anna Berg/ })).toHaveCount(0);
});

test('one signs out a browser that one does not know, and everywhere else', async ({ startPanel, sit }) => {
  const process = await startPanel();
  const here = await sit(process);
  const first = await sit(process);
  const second = await sit(process);
  const { page } = here.panel;
  await page.goto('/account/');
  const card = page.getByRole('region', { name: 'Where you are signed in' });
  await expect(card.getByText('This one')).toBeVisible();
  const others = card.getByRole('button', { name: /^Sign out Chrome/ });
  await expect(others).toHaveCount(2);
  await others.first().click();
  await expect(others).toHaveCount(1);
  await card.getByRole('button', { name: /^Sign out Chrome/ }).click();
  await expect(others).toHaveCount(0);
  for (const { panel } of [first, second]) await expect(new LoginPage(panel.page).submit).toBeVisible();
  await here.panel.open();
});

test('a token is made, tried and revoked', async ({ startPanel, sit, newContext }) => {
  const process = await startPanel();
  const { panel } = await sit(process);
  const { page } = panel;
  await page.goto('/admin/integrations/');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const making = page.getByRole('dialog', { name: 'Make an API token' });
  await making.getByRole('textbox', { name: 'Name' }).fill('Screen pops');
  await making.getByRole('checkbox', { name: /^Read the state/ }).uncheck();
  await making.getByRole('button', { name: 'Make it' }).click();
  await expect(making.getByText('Choose what it may do')).toBeVisible();
  await making.getByRole('checkbox', { name: /^Read the state/ }).check();
  await making.getByRole('button', { name: 'Make it' }).click();
  const shown = page.getByRole('dialog', { name: 'The token “Screen pops”' });
  const token = (await shown.locator('pre').first().textContent()) ?? '';
  expect(token).toMatch(/^cbt_/);
  const { request } = await newContext(process);
  const use = async () =>
    (await request.get('/api/v1/state', { headers: { authorization: `Bearer ${token}` } })).status();
  expect(await use()).toBe(200);
  await shown.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByRole('row', { name: /Screen pops/ })).toContainText('Works');
  await page.getByRole('button', { name: 'Revoke Screen pops' }).click();
  await page.getByRole('dialog', { name: 'Revoke Screen pops?' }).getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('No program has access')).toBeVisible();
  expect(await use()).toBe(401);
});
