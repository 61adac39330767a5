import type { Page } from '@playwright/test';
import { sectionIds, sectionTitles } from '../components/admin/section-ids';
import { defaultBoard } from '../server/protocol/boards';
import { isClean } from './fixtures/axe';
import { Office } from './fixtures/office';
import type { PanelProcess } from './fixtures/panel-process';
import { expect, test } from './fixtures/test';

/** Every page of the administration, the assistant, and the doors: with axe, in two sizes and two themes. */

test.describe.configure({ timeout: 240_000 });

const sizes = { desk: { width: 1440, height: 900 }, telephone: { width: 390, height: 844 } };

/** Nothing is on its way any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => 'a socket may stay busy');
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await expect(page.locator('main .animate-pulse, main [data-skeleton]')).toHaveCount(0);
}

/** A page that is wider than its screen hides what it holds. */
async function fits(page: Page, what: string): Promise<void> {
  const over = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect.soft(over, `${what} is wider than the screen`).toBeLessThanOrEqual(0);
}

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in the administration: ${size}, ${colorScheme}`, async ({ demo, newContext }) => {
      const context = await newContext(demo, { viewport, colorScheme });
      await Office.signIn(context);
      const page = await context.newPage();
      for (const id of sectionIds) {
        await page.goto(`/admin/${id}/`);
        await expect(page.getByRole('heading', { level: 1, name: sectionTitles[id] })).toBeVisible();
        await settled(page);
        await expect.soft(page.getByText('This could not be loaded'), id).toHaveCount(0);
        await isClean(page, id);
        await fits(page, id);
      }
    });

    test(`axe finds nothing on the way in: ${size}, ${colorScheme}`, async ({ startPanel, newContext }) => {
      const panel = await startPanel({ password: null });
      const context = await newContext(panel, { viewport, colorScheme });
      const page = await context.newPage();
      await page.goto('/login/');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await isClean(page, 'login');
      await page.goto(panel.setupLink);
      await assistant(page);
      for (const path of ['/account/', '/']) {
        await page.goto(path);
        await settled(page);
        await isClean(page, path);
        await fits(page, path);
      }
      await page.goto(await boardOf(page, panel));
      await settled(page);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await isClean(page, 'board');
    });
  }
}

async function assistant(page: Page): Promise<void> {
  const at = async (name: string) => {
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await settled(page);
    await isClean(page, name);
    await fits(page, name);
  };
  await at('Your account');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Enter your name.')).toBeVisible();
  await isClean(page, 'account with fields at fault');
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ida Holm');
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill('the kettle sings at noon');
  await page.getByRole('button', { name: 'Continue' }).click();
  await at('Your PBX');
  await page.getByRole('textbox', { name: 'Host' }).fill('127.0.0.1');
  await page.getByRole('textbox', { name: 'Port' }).fill('1');
  await page.getByRole('switch', { name: 'Encrypt with TLS' }).click();
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await expect(page.getByText('It does not work')).toBeVisible({ timeout: 20_000 });
  await isClean(page, 'a connection that does not work');
  await page.getByRole('button', { name: 'Skip: show the demo' }).click();
  await at('Departments');
  await page.locator('summary').first().click();
  await isClean(page, 'people of a department');
  await page.getByRole('button', { name: /^(Continue|Accept)/ }).click();
  await at('Invite people');
  await page.getByRole('checkbox', { name: /101/ }).check();
  await isClean(page, 'somebody chosen');
  await page.getByRole('button', { name: 'Make the link' }).click();
  await expect(page.getByRole('heading', { name: 'The link' })).toBeVisible();
  await isClean(page, 'a link');
  await page.getByRole('button', { name: 'Finish' }).click();
  await at('The panel is ready');
}

const newBoard = {
  expiresAt: null,
  settings: {
    ...defaultBoard,
    name: 'Reception',
    blocks: [
      { kind: 'clock', seconds: false, date: true },
      { kind: 'queues', queues: null, members: true },
      { kind: 'people', departments: null },
    ],
  },
};

/** The address of a wallboard that shows everything it can. */
async function boardOf(page: Page, { url }: PanelProcess): Promise<string> {
  const answer = await page.request.post('/api/v1/admin/boards', { data: newBoard });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { token } = await answer.json();
  return `${url}/board/#${token}`;
}
