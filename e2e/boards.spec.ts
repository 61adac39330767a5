import { type BrowserContext, expect as baseExpect, type Page } from '@playwright/test';
import { type BoardSettings, defaultBoard } from '../server/protocol/boards';
import { isClean } from './fixtures/axe';
import { expect, test } from './fixtures/test';

const settings: BoardSettings = {
  ...defaultBoard,
  name: 'Sales floor',
  blocks: [
    { kind: 'clock', seconds: true, date: true },
    { kind: 'queues', queues: null, members: true },
    { kind: 'parking' },
    { kind: 'people', departments: null },
    { kind: 'message', text: 'Fire drill at 15:00' },
  ],
};

async function makeBoard({ request }: BrowserContext, change: Partial<BoardSettings> = {}) {
  const data = { settings: { ...settings, ...change }, expiresAt: null };
  const answer = await request.post('/api/v1/admin/boards', { data });
  baseExpect(answer.status()).toBe(201);
  const { board, token } = await answer.json();
  return { id: String(board.id), version: Number(board.version), token: String(token) };
}

/** Nothing of the page lies outside of the screen, and no card hides what is in it. */
async function fits(page: Page): Promise<void> {
  const cut = await page.evaluate(() => {
    const root = document.documentElement;
    const parts = [root, ...document.querySelectorAll<HTMLElement>('main, .board-card')];
    return parts
      .filter((part) => part.scrollHeight > part.clientHeight + 2 || part.scrollWidth > part.clientWidth + 2)
      .map((part) => `${part.tagName}.${part.className}`);
  });
  expect(cut).toEqual([]);
}

test('a wallboard is made, opened without signing in, and closed within a second when its link is revoked', async ({
  startPanel,
  sit,
  newContext,
}) => {
  const process = await startPanel();
  const { context } = await sit(process);
  const admin = await context.newPage();
  await admin.goto('/admin/boards/');
  await admin.getByRole('button', { name: 'Make a wallboard' }).click();
  await admin.getByRole('button', { name: 'Make the board' }).click();
  await expect(
    admin
      .getByText('Not saved: one field is not right')
      .or(admin.getByText(/enter a name/i))
      .first(),
  ).toBeVisible();
  await admin.getByLabel('Name', { exact: true }).fill('Sales floor');
  await admin.getByRole('button', { name: 'Make the board' }).click();
  const dialog = admin.getByRole('dialog', { name: 'The link of Sales floor' });
  const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
  expect(link).toMatch(/\/board\/#cbb_[\w-]{43}$/);
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  const wall = await newContext(process, { viewport: { width: 1920, height: 1080 } });
  const board = await wall.newPage();
  await board.goto(link);
  await expect(board.getByRole('heading', { name: 'Sales floor' })).toBeVisible();
  await expect(board.getByRole('heading', { name: 'support' })).toBeVisible();
  await fits(board);

  await admin.reload();
  await expect(admin.getByText('Open on 1 screen')).toBeVisible();
  await expect(admin.getByText(/Last seen \d+ s ago from 127\.0\.0\.1/)).toBeVisible();
  await expect(admin.getByText(link)).toHaveCount(0);
  await admin.getByRole('button', { name: 'Revoke' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Revoke the link' }).click();
  const revoked = Date.now();
  await expect(board.getByRole('heading', { name: 'This board is not shown any more' })).toBeVisible({
    timeout: 1_000,
  });
  expect(Date.now() - revoked).toBeLessThan(1_000);
  await expect(board.getByRole('heading', { name: 'support' })).toHaveCount(0);
  await board.reload();
  await expect(board.getByRole('heading', { name: 'This board is not shown any more' })).toBeVisible();
  await expect(admin.getByText('Revoked', { exact: true })).toBeVisible();
});

test('a changed board is shown anew by itself, and its token is good for nothing else', async ({
  startPanel,
  sit,
  newContext,
}) => {
  const process = await startPanel();
  const { context } = await sit(process);
  const { id, version, token } = await makeBoard(context);
  const wall = await newContext(process, { viewport: { width: 1920, height: 1080 } });
  const page = await wall.newPage();
  await page.goto(`/board/#${token}`);
  await expect(page.getByText('Fire drill at 15:00')).toBeVisible();
  const data = { version, settings: { ...settings, name: 'Service desk', theme: 'light' }, expiresAt: null };
  expect((await context.request.put(`/api/v1/admin/boards/${id}`, { data })).status()).toBe(200);
  await expect(page.getByRole('heading', { name: 'Service desk' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');

  const headers = { authorization: `Bearer ${token}` };
  for (const path of ['state', 'me', 'me/layout', 'calls', 'history', 'admin/boards', 'admin/users']) {
    expect((await wall.request.get(`/api/v1/${path}`, { headers })).status(), path).toBe(401);
  }
  const command = await wall.request.post('/api/v1/commands/extension.dnd', {
    headers,
    data: { extension: '101', on: true },
  });
  expect(command.status()).toBe(401);
});

test('a board says from across the room that it is not live, and comes back by itself', async ({
  startPanel,
  sit,
  newContext,
  faults,
}) => {
  faults.expectLostServer = true;
  test.setTimeout(90_000);
  const process = await startPanel();
  const { context } = await sit(process);
  const { token } = await makeBoard(context);
  const wall = await newContext(process, { viewport: { width: 1920, height: 1080 } });
  const page = await wall.newPage();
  await page.goto(`/board/#${token}`);
  await expect(page.getByRole('heading', { name: 'support' })).toBeVisible();
  await process.end('SIGKILL');
  await expect(page.getByRole('alert').filter({ hasText: 'NOT LIVE: no connection to the panel since' })).toBeVisible();
  await process.launch();
  await expect(page.getByText('NOT LIVE')).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByRole('heading', { name: 'support' })).toBeVisible();
});

test('callers from outside are not named on a board unless that was asked for', async ({
  startPanel,
  sit,
  newContext,
}) => {
  const process = await startPanel();
  const { context } = await sit(process);
  const wall = await newContext(process);
  const frames: string[] = [];
  const page = await wall.newPage();
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
  const { token } = await makeBoard(context);
  await page.goto(`/board/#${token}`);
  await expect(page.getByRole('heading', { name: 'support' })).toBeVisible();
  const state = await (await context.request.get('/api/v1/state')).json();
  const outside: string[] = state.calls
    .flatMap(({ from, to }: { from: { number: string }; to: { number: string } }) => [from.number, to.number])
    .filter((number: string) => number.length > 6);
  expect(outside.length).toBeGreaterThan(0);
  for (const number of outside) expect(frames.join('\n')).not.toContain(number);
});

for (const theme of ['dark', 'light'] as const) {
  for (const [width, height] of [
    [1920, 1080],
    [3840, 2160],
    [1280, 720],
    [1080, 1920],
  ] as const) {
    test(`a board fits its screen and axe finds nothing: ${theme}, ${width} × ${height}`, async ({
      demo,
      sit,
      newContext,
    }) => {
      const { context } = await sit(demo);
      const { id, token } = await makeBoard(context, { theme, columns: width > height ? 4 : 2 });
      const wall = await newContext(demo, { viewport: { width, height } });
      const page = await wall.newPage();
      await page.goto(`/board/#${token}`);
      await expect(page.getByRole('heading', { name: 'support' })).toBeVisible();
      await fits(page);
      if (width === 1920) await isClean(page, 'board');
      await context.request.delete(`/api/v1/admin/boards/${id}`);
    });
  }
}
