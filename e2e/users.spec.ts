import { admin, Office } from './fixtures/office';
import { expect, test } from './fixtures/test';
import { AccountPage } from './pages/account-page';
import { LoginPage } from './pages/login-page';
import { PanelPage } from './pages/panel-page';

test('the printed link signs in once; the next visit needs the password set then', async ({
  startPanel,
  newContext,
}) => {
  const process = await startPanel({ password: null });
  const link = process.setupLink;
  const context = await newContext(process);
  const panel = new PanelPage(await context.newPage());
  await panel.page.goto(link);
  await expect(panel.page.getByRole('heading', { name: 'Your account' })).toBeVisible();
  expect(panel.page.url()).not.toContain('code');

  const account = new AccountPage(panel.page);
  await account.open();
  await expect(account.current).toHaveCount(0);
  await account.setPassword('a password of my own');
  await panel.page.goto('/');
  await panel.live();
  await panel.userMenu('Sign out');
  const login = new LoginPage(panel.page);
  await expect(login.submit).toBeVisible();

  const stranger = await (await newContext(process)).newPage();
  await stranger.goto(link);
  await expect(stranger.getByRole('alert').filter({ hasText: 'not valid, or was used already' })).toBeVisible();

  await login.signIn('admin', 'a password of my own');
  await panel.live();
});

test('a wrong password is told in words, and the page asked for comes after the right one', async ({
  startPanel,
  newContext,
}) => {
  const context = await newContext(await startPanel());
  const login = new LoginPage(await context.newPage());
  await login.page.goto('/account/');
  await expect(login.submit).toBeVisible();
  await login.signIn('admin', 'not the password');
  await expect(login.page.getByRole('alert').filter({ hasText: 'wrong' })).toHaveText(
    'The user name or the password is wrong.',
  );
  await expect(login.password).toBeFocused();
  await login.signIn(admin.username, admin.password);
  await expect(login.page.getByRole('heading', { name: 'My account' })).toBeVisible();
});

test('a user who is disabled loses the open panel at once, with the reason', async ({ startPanel, sit }) => {
  const process = await startPanel();
  const mine = await sit(process);
  const colleague = await new Office(mine.context.request).addUser('olivia', 'supervisor');
  const theirs = await sit(process, colleague);

  const { page } = mine.panel;
  await page.goto('/admin/users/');
  await page.getByRole('button', { name: 'More for Olivia' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  const asked = page.getByRole('dialog', { name: 'Disable Olivia?' });
  await asked.getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByRole('row', { name: /Olivia/ })).toContainText('Disabled');

  await expect(theirs.panel.page.getByText('Your account was disabled.')).toBeVisible();
  await new LoginPage(theirs.panel.page).signIn(colleague.username, colleague.password);
  await expect(theirs.panel.page.getByText('The user name or the password is wrong.')).toBeVisible();
});

test('a viewer looks and changes nothing', async ({ startPanel, sit }) => {
  const process = await startPanel();
  const { context } = await sit(process);
  const viewer = await new Office(context.request).addUser('vera', 'viewer', '201');
  const { panel, context: theirs } = await sit(process, viewer);
  const first = (await panel.order())[0] ?? '';
  const reason = 'Your account may look, but not change do not disturb.';

  await panel.tile(first).focus();
  await panel.page.keyboard.press('d');
  await expect(panel.urgent).toHaveText(new RegExp(reason));
  await expect(panel.dnd(first)).not.toBeVisible();
  const details = await panel.details(first);
  await expect(details).toContainText(reason);
  await expect(details.getByRole('switch', { name: 'Do not disturb' })).toBeDisabled();

  // Nor by going round the screen.
  const asked = await theirs.request.post('/api/v1/commands/extension.dnd', { data: { extension: first, on: true } });
  expect(asked.status()).toBe(403);
  await panel.page.goto('/admin/users/');
  await expect(panel.page.getByText('This is for administrators')).toBeVisible();
});

test("changing one's password ends the other sessions and keeps one's own", async ({ startPanel, sit }) => {
  const process = await startPanel();
  const here = await sit(process);
  const elsewhere = await sit(process);
  const account = new AccountPage(here.panel.page);
  await account.open();
  await account.setPassword('quite another password', admin.password);
  await expect(elsewhere.panel.page.getByText('Your password was changed elsewhere.')).toBeVisible();
  await here.panel.open();
});

test('each user has a layout of their own, the same in every window', async ({ startPanel, sit }) => {
  const process = await startPanel();
  const mine = await sit(process);
  const colleague = await new Office(mine.context.request).addUser('olivia', 'supervisor');
  const theirs = await sit(process, colleague);
  const second = new PanelPage(await mine.context.newPage());
  await second.open();

  await mine.panel.density('Large').click();
  await expect(second.density('Large')).toHaveAttribute('aria-pressed', 'true');
  await expect(theirs.panel.density('Comfortable')).toHaveAttribute('aria-pressed', 'true');
});

test('somebody who left stays out: the session is over after signing out', async ({ startPanel, sit }) => {
  const { panel, context } = await sit(await startPanel());
  const cookies = await context.cookies();
  expect(cookies.find(({ name }) => name === 'cordboard')).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  await panel.userMenu('Sign out');
  await expect(new LoginPage(panel.page).submit).toBeVisible();
  await context.addCookies(cookies);
  await panel.page.goto('/');
  await expect(new LoginPage(panel.page).submit).toBeVisible();
});
