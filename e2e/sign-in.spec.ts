import path from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { client, TestProvider } from '@/server/auth/oidc/testing-provider';
import { base, Slapd } from './directory/slapd';
import { admin } from './fixtures/office';
import type { PanelProcess } from './fixtures/panel-process';
import { expect, test } from './fixtures/test';
import { LoginPage } from './pages/login-page';
import { PanelPage } from './pages/panel-page';
import { SignInSettingsPage } from './pages/sign-in-settings-page';

// Two browsers, a provider and its pages.
test.describe.configure({ timeout: 120_000 });

const people = {
  alice: {
    ...{ name: 'Alice Liddell', preferred_username: 'alice', email: 'alice@example.com', email_verified: true },
    groups: ['front-desk'],
  },
  bob: { name: 'Bob', preferred_username: 'bob', email: 'bob@example.com', email_verified: true, groups: [] },
};

async function provide(panel: PanelProcess): Promise<TestProvider> {
  const redirectUris = [`${panel.url}/api/v1/sign-in/oidc/callback`];
  return TestProvider.start({ redirectUris, afterLogout: [`${panel.url}/login/`], people });
}

async function setUp(page: Page, provider: TestProvider): Promise<SignInSettingsPage> {
  const settings = new SignInSettingsPage(page);
  await settings.open();
  const { sso } = settings;
  await sso.getByRole('switch', { name: 'Single sign-on' }).click();
  await settings.fill(sso, {
    'Name on the button': 'Example',
    Issuer: provider.issuer,
    'Client ID': client.id,
    'Client secret': client.secret,
    Scopes: 'profile email groups',
  });
  await settings.addGroup(sso, 'front-desk', 'Receptionist');
  return settings;
}

/** A browser of somebody. The provider's pages fetch a typeface from elsewhere, which the tests do without. */
async function browse(context: BrowserContext): Promise<Page> {
  await context.route(
    ({ hostname }) => hostname !== '127.0.0.1',
    (route) => route.fulfill({ contentType: 'text/css', body: '' }),
  );
  return context.newPage();
}

/** The provider's own pages: sign in, then agree. */
async function atProvider(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder(/login/i).fill(login);
  await page.getByPlaceholder(/password/i).fill('anything');
  await page.getByRole('button', { name: /sign-in/i }).click();
  await page.getByRole('button', { name: /continue/i }).click();
}

test('an administrator sets single sign-on up, and people come in by it, as what their groups say', async ({
  startPanel,
  sit,
  newContext,
}) => {
  const panel = await startPanel({ publicUrl: true });
  const provider = await provide(panel);
  try {
    const { page } = (await sit(panel)).panel;
    const settings = await setUp(page, provider);
    await expect(settings.sso.getByText(`${panel.url}/api/v1/sign-in/oidc/callback`)).toBeVisible();
    await settings.sso.getByRole('button', { name: 'Test single sign-on' }).click();
    await expect(settings.sso.getByText('It works', { exact: true })).toBeVisible();
    await expect(settings.sso.getByText('Only people in one of the groups get in')).toBeVisible();
    await settings.save();
    await expect(settings.sso.getByLabel('Client secret', { exact: true })).toHaveValue('');

    const theirs = await browse(await newContext(panel));
    await theirs.goto('/account/');
    await theirs.getByRole('link', { name: 'Sign in with Example' }).click();
    await atProvider(theirs, 'alice');
    await expect(theirs.getByRole('heading', { name: 'My account' })).toBeVisible();
    await expect(theirs.getByLabel('Name', { exact: true })).toHaveValue('Alice Liddell');
    await theirs.goto('/');
    await new PanelPage(theirs).live();
    await new PanelPage(theirs).userMenu('Sign out');
    await theirs.getByRole('button', { name: /yes/i }).click();
    await expect(theirs.getByRole('link', { name: 'Sign in with Example' })).toBeVisible();
    expect(new URL(theirs.url()).origin).toBe(panel.url);

    const refused = await browse(await newContext(panel));
    await refused.goto('/login/');
    await refused.getByRole('link', { name: 'Sign in with Example' }).click();
    await atProvider(refused, 'bob');
    await expect(refused.getByText('is in no group that may use this panel')).toBeVisible();
  } finally {
    await provider.close();
  }
});

test('cancelling is told as that, and a provider that is away as that; passwords go on', async ({
  startPanel,
  sit,
  newContext,
}) => {
  const panel = await startPanel({ publicUrl: true });
  const provider = await provide(panel);
  try {
    const settings = await setUp((await sit(panel)).panel.page, provider);
    await settings.save();
    const page = await browse(await newContext(panel));
    await page.goto('/login/');
    await page.getByRole('link', { name: 'Sign in with Example' }).click();
    await page.getByRole('link', { name: /cancel/i }).click();
    await expect(page.getByText('You cancelled the sign-in with Example.')).toBeVisible();
  } finally {
    await provider.close();
  }
  await panel.end();
  await panel.launch();
  const page = await browse(await newContext(panel));
  await page.goto('/login/');
  await page.getByRole('link', { name: 'Sign in with Example' }).click();
  await expect(page.getByText('Example does not answer just now.')).toBeVisible();
  await new LoginPage(page).signIn(admin.username, admin.password);
  await new PanelPage(page).live();
});

test('with single sign-on only, the form is one administrator’s', async ({ startPanel, sit, newContext }) => {
  const panel = await startPanel({ publicUrl: true });
  const provider = await provide(panel);
  try {
    const settings = await setUp((await sit(panel)).panel.page, provider);
    await settings.only.getByRole('checkbox').check();
    await settings.page.getByRole('button', { name: 'Save', exact: true }).last().click();
    await expect(settings.only.getByText('Name the administrator who gets in')).toBeVisible();
    await settings.fill(settings.only, { 'Administrator who keeps a password': 'admin' });
    await settings.save();
    const page = await browse(await newContext(panel));
    await page.goto('/login/');
    await expect(page.getByRole('link', { name: 'Sign in with Example' })).toBeVisible();
    await expect(page.getByLabel('User name')).toHaveCount(0);
    await page.getByRole('button', { name: 'Administrator: sign in with a password' }).click();
    await new LoginPage(page).signIn(admin.username, admin.password);
    await new PanelPage(page).live();
  } finally {
    await provider.close();
  }
});

test('a directory is tried with somebody in it, and its passwords are good at the same form', async ({
  startPanel,
  sit,
  newContext,
}) => {
  const slapd = await Slapd.start({ data: path.join(import.meta.dirname, 'directory/people.ldif') });
  try {
    const panel = await startPanel();
    const settings = new SignInSettingsPage((await sit(panel)).panel.page);
    await settings.open();
    const { directory, page } = settings;
    await directory.getByRole('switch', { name: 'Directory' }).click();
    await directory.getByRole('button', { name: 'OpenLDAP' }).click();
    await settings.fill(directory, {
      'Servers, one on each line': slapd.url,
      'CA certificate (optional)': slapd.certificates.ca,
      'Name of the directory': 'Example',
      'Base of people': base,
      'Account that searches': `cn=panel,ou=services,${base}`,
      'Its password': 'search secret',
      'Try a user name (optional)': 'alice',
    });
    await settings.addGroup(directory, 'desk', 'Receptionist');
    await directory.getByRole('button', { name: 'Test the directory' }).click();
    await expect(directory.getByText('Their role would be Receptionist, by desk.')).toBeVisible();
    await expect(directory.getByText('encrypted with StartTLS')).toBeVisible();
    await settings.save();

    const theirs = await browse(await newContext(panel));
    await theirs.goto('/account/');
    await expect(theirs.getByText('Use the user name and password of your Example account.')).toBeVisible();
    await new LoginPage(theirs).signIn('alice', 'wrong');
    await expect(theirs.getByText('The user name or the password is wrong.')).toBeVisible();
    await new LoginPage(theirs).signIn('alice', "alice's password");
    await expect(theirs.getByLabel('Name', { exact: true })).toHaveValue('Alice Liddell');
    await page.reload();
    await expect(directory.getByLabel('Base of people', { exact: true })).toHaveValue(base);
  } finally {
    await slapd.remove();
  }
});
