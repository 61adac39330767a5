import { isClean } from './fixtures/axe';
import { expect, test } from './fixtures/test';

/** One red pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==',
  'base64',
);

test('the panel has a name, a logo and a colour of its own, at once and everywhere, without showing the other first', async ({
  startPanel,
  sit,
  newContext,
}) => {
  const process = await startPanel();
  const { context, panel } = await sit(process);
  const admin = await context.newPage();
  await admin.goto('/admin/appearance/');
  await admin.getByLabel('Name of the panel').fill('Berg & Söhne');
  await admin
    .getByLabel('Logo', { exact: true })
    .setInputFiles({ name: 'a.svg', mimeType: 'image/svg+xml', buffer: png });
  await expect(admin.getByText('An SVG can hold scripts and is not taken.')).toBeVisible();
  await admin.getByLabel('Logo', { exact: true }).setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: png });
  const light = admin.getByLabel('In light pages', { exact: true });
  await light.fill('#ffb000');
  await expect(admin.getByText(/Contrast 1\.\d : 1 is too low/)).toBeVisible();
  await admin.getByRole('button', { name: /^Use the nearest that passes/ }).click();
  await expect(light).not.toHaveValue('#ffb000');
  const colour = await light.inputValue();
  await admin.getByLabel('Written as in').selectOption('de-DE');
  await expect(admin.getByText('03. Nov. 2026, 14:05:09 · 12.345,6')).toBeVisible();
  await isClean(admin, 'appearance');
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.getByText('Saved. Every open page shows it now.')).toBeVisible();

  const { page } = panel;
  for (const open of [admin, page]) {
    await expect(open.getByRole('link', { name: 'Berg & Söhne' })).toBeVisible();
    await expect(open.locator('a.brand img')).toBeVisible();
    await expect(open).toHaveTitle(/Berg & Söhne$/);
    await expect
      .poll(() => open.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--c-accent')))
      .toBe(colour);
  }

  const visitor = await newContext(process);
  await visitor.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const look = () => {
      const brand = document.querySelector<HTMLElement>('.brand');
      if (brand && getComputedStyle(brand).visibility === 'visible') seen.push(brand.innerText);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const login = await visitor.newPage();
  await login.goto('/login/');
  await expect(login.getByRole('link', { name: 'Berg & Söhne' })).toBeVisible();
  await expect(login).toHaveTitle('Sign in · Berg & Söhne');
  const seen = await login.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen.filter((words) => words.includes('Cordboard'))).toEqual([]);
  await isClean(login, 'sign-in');

  const account = await context.newPage();
  await account.goto('/account/');
  await account.getByLabel('Dates, times and numbers').selectOption('en-US');
  await expect(account.getByText('Nov 03, 2026, 02:05:09 PM · 12,345.6')).toBeVisible();
  await admin.goto('/admin/audit/');
  await expect(admin.getByText(/[A-Z][a-z]{2} \d{2}, \d{4}, \d{2}:\d{2}:\d{2} [AP]M/).first()).toBeVisible();
});
