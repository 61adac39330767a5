import { Office } from './fixtures/office';
import { expect, test } from './fixtures/test';
import { boxOf, PanelPage } from './pages/panel-page';

test('while the first state is on its way the screen has its shape already', async ({ demo, newContext }) => {
  const context = await newContext(demo);
  await Office.signIn(context);
  const { page } = new PanelPage(await context.newPage());
  // A server that takes the connection and says nothing.
  await page.routeWebSocket(/socket\.io/, () => {});
  await page.goto('/');
  await expect(page.getByRole('status').filter({ hasText: 'Loading the state of the PBX…' })).toBeAttached();
  await expect(page.getByRole('textbox', { name: /^Search people/ })).toBeVisible();
});

test('a search that finds nobody says so and can be undone', async ({ demo, sit }) => {
  const { panel } = await sit(demo);
  const before = await panel.order();
  await panel.search.fill('nobody is called this');
  await expect(panel.people.getByText('Nobody matches “nobody is called this”')).toBeVisible();
  await panel.people.getByRole('button', { name: 'Clear the search' }).click();
  await expect(panel.search).toHaveValue('');
  await expect.poll(() => panel.order()).toEqual(before);
});

test('the demo says that it is one, and leads to the assistant', async ({ demo, sit }) => {
  const { panel } = await sit(demo);
  await expect(panel.notices).toContainText('This is the demo PBX');
  await panel.notices.getByRole('link', { name: 'Connect your own' }).click();
  await expect(panel.page.getByRole('heading', { name: 'Your account' })).toBeVisible();
  await panel.page.getByRole('button', { name: 'Continue' }).click();
  await expect(panel.page.getByRole('heading', { name: 'Your PBX' })).toBeVisible();
  await expect(panel.page.getByRole('textbox', { name: 'Host' })).toBeVisible();
});

test('a panel server that dies is told at once, and the screen comes back by itself', async ({
  startPanel,
  sit,
  faults,
}) => {
  const process = await startPanel();
  const { panel } = await sit(process);
  const [first = ''] = await panel.order();
  faults.expectLostServer = true;
  await process.end('SIGKILL');
  await expect(panel.notices).toContainText(/Panel server unreachable \d+ s ago — shown as it was at \d\d:\d\d:\d\d/);
  await expect(panel.linkWord).toHaveText(/^Lost/);
  await expect(panel.tile(first)).toBeVisible();
  await panel.tile(first).focus();
  await panel.page.keyboard.press('d');
  await expect(panel.urgent).toHaveText(/The panel server cannot be reached\./);

  await process.launch();
  await panel.live();
  await expect(panel.notices).not.toContainText('unreachable');
  await panel.tile(first).focus();
  await panel.page.keyboard.press('d');
  await expect(panel.dnd(first)).toHaveAttribute('aria-pressed', /true|false/);
  await expect(panel.page.locator('[role=status][aria-live=polite]').first()).toContainText(/do not disturb o/);
});

test('at 390 px one column at a time, by the bar below', async ({ demo, sit }) => {
  const { panel } = await sit(demo, undefined, { viewport: { width: 390, height: 844 }, hasTouch: true });
  const { page } = panel;
  const bar = page.getByRole('navigation', { name: 'Columns' });
  const columns = { People: panel.people, Calls: panel.calls, Queues: panel.side, More: panel.side };
  for (const [tab, column] of Object.entries(columns)) {
    const button = bar.getByRole('button', { name: tab });
    await button.tap();
    await expect(button).toHaveAttribute('aria-current', 'page');
    await expect(column).toBeVisible();
    const { height } = await boxOf(button);
    expect(height).toBeGreaterThanOrEqual(44);
    // Nothing hangs out at the side.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  }
  await expect(page.getByRole('heading', { name: /^Parking/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Queues \d/ })).toBeHidden();
  await bar.getByRole('button', { name: 'People' }).tap();
  // The grid is measured, and then filled, when it is seen again.
  await expect.poll(() => panel.order()).not.toEqual([]);
  const [first = ''] = await panel.order();
  const details = await panel.details(first);
  await expect(details.getByRole('switch', { name: 'Do not disturb' })).toBeInViewport();
});

test('nothing moves for people who asked for calm', async ({ startPanel, sit }) => {
  const { panel } = await sit(await startPanel(), undefined, { reducedMotion: 'reduce' });
  const running = await panel.page.evaluate(
    () => document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().activeDuration) > 100).length,
  );
  expect(running).toBe(0);
});

test('the theme is chosen in the menu, stays after a reload and goes with the user', async ({ startPanel, sit }) => {
  const process = await startPanel();
  const { panel, context } = await sit(process, undefined, { colorScheme: 'light' });
  const { page } = panel;
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-theme', 'light');
  await page.getByRole('button', { name: /^Menu of/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await expect.poll(async () => (await new Office(context.request).layout()).theme).toBe('dark');
  await panel.open();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  const elsewhere = await sit(process, undefined, { colorScheme: 'light' });
  await expect(elsewhere.panel.page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
