import type { Page } from '@playwright/test';
import { isClean } from './fixtures/axe';
import { Office } from './fixtures/office';
import { expect, type Seat, test } from './fixtures/test';

// An axe run over the whole panel takes seconds where other work goes on.
test.describe.configure({ timeout: 120_000 });

const sizes = { desk: { width: 1440, height: 900 }, telephone: { width: 390, height: 844 } };

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing on the panel: ${size}, ${colorScheme}`, async ({ demo, sit }) => {
      const { panel } = await sit(demo, undefined, { viewport, colorScheme });
      const { page } = panel;
      await isClean(page, 'panel');
      if (size === 'telephone') {
        for (const tab of ['Calls', 'Queues', 'More', 'People']) {
          await page.getByRole('navigation', { name: 'Columns' }).getByRole('button', { name: tab }).click();
          await isClean(page, tab);
        }
      }
      const [first = ''] = await panel.order();
      await panel.details(first);
      await isClean(page, 'details of a person', '[role=dialog]');
      await page.keyboard.press('Escape');
      await panel.availability(first);
      for (const tab of ['Do not disturb', 'Presence', 'Forwarding'] as const) {
        await panel.sheet.tab(tab).click();
        await isClean(page, `availability: ${tab}`, '[role=dialog]');
      }
      await page.keyboard.press('Escape');
      await panel.sheet.closed();
      await panel.tile(first).press('Space');
      await isClean(page, 'a tile is selected', '.panel-people');
      await panel.tile(first).press('Escape');
      await page.keyboard.press('Control+K');
      await page.getByRole('combobox').fill('an');
      await isClean(page, 'palette', '[role=dialog]');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      await isClean(page, 'keyboard map', '[role=dialog]');
      await page.keyboard.press('Escape');
      await panel.search.fill('nobody is called this');
      await expect(panel.people.getByText(/^Nobody matches/)).toBeVisible();
      await isClean(page, 'empty search');
    });

    test(`axe finds nothing on the other pages: ${size}, ${colorScheme}`, async ({ demo, newContext }) => {
      const context = await newContext(demo, { viewport, colorScheme });
      const page = await context.newPage();
      for (const [path, seen] of [
        ['/login/', 'Sign in'],
        ['/setup/', 'Sign in with a one-time code'],
      ] as const) {
        await page.goto(path);
        await expect(page.getByRole('heading', { name: seen })).toBeVisible();
        await isClean(page, path);
      }
      await page.goto('/login/');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(page.getByText('Enter your user name.')).toBeVisible();
      await isClean(page, 'sign-in with a field at fault');
      await Office.signIn(context);
      for (const [path, seen] of [
        ['/account/', page.getByRole('button', { name: 'Change the password' })],
        ['/admin/pbx/', page.getByRole('button', { name: 'Save and connect' })],
        ['/admin/availability/', page.getByRole('button', { name: 'Save', exact: true })],
        ['/admin/users/', page.getByRole('table')],
        ['/admin/audit/', page.getByRole('table')],
      ] as const) {
        await page.goto(path);
        await expect(seen).toBeVisible();
        await isClean(page, path);
      }
      await page.goto('/admin/availability/');
      await page.getByRole('button', { name: 'Switch on' }).click();
      await page.getByRole('textbox', { name: 'MI address' }).fill('nowhere');
      await page.getByRole('button', { name: 'Add a state' }).click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText(/^Not saved: \d fields/)).toBeVisible();
      await isClean(page, 'availability with fields at fault');
      await page.getByRole('button', { name: 'Discard' }).click();
      await page.goto('/admin/users/');
      await page.getByRole('button', { name: 'Add a user' }).click();
      await expect(page.getByRole('dialog', { name: 'Add a user' })).toBeVisible();
      await isClean(page, 'adding a user', '[role=dialog]');
    });
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing while the server is away: ${colorScheme}`, async ({ startPanel, sit, faults }) => {
    const process = await startPanel();
    const { panel } = await sit(process, undefined, { colorScheme });
    faults.expectLostServer = true;
    await process.end('SIGKILL');
    await expect(panel.notices).toContainText('Panel server unreachable');
    await isClean(panel.page, 'stale');
  });
}

interface Stop {
  readonly name: string;
  readonly region: string;
  readonly outline: number;
}

/** What has the focus, where it is, and how thick its ring. */
function focused(page: Page): Promise<Stop | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const region = element.closest('header, section[aria-label], nav, [role=grid]');
    return {
      name: element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '',
      region: region?.getAttribute('aria-label') ?? region?.tagName.toLowerCase() ?? '',
      outline: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
    };
  });
}

async function ownedByAdmin({ panel, context }: Seat): Promise<string> {
  const [first = ''] = await panel.order();
  await new Office(context.request).setOwnExtension(first);
  await expect(panel.ownDnd).toBeVisible();
  return first;
}

test('the Tab key goes through the whole screen, with a ring to be seen at every stop', async ({ startQuiet, sit }) => {
  const seat = await sit(await startQuiet());
  const own = await ownedByAdmin(seat);
  const { page } = seat.panel;
  await page.keyboard.press('Tab');
  const stops: Stop[] = [];
  for (let stop = await focused(page); stop && stops.length < 150; stop = await focused(page)) {
    stops.push(stop);
    await page.keyboard.press('Tab');
  }
  expect(stops.filter(({ outline }) => outline < 2)).toEqual([]);
  const names = stops.map(({ name }) => name);
  const at = (wanted: RegExp) => names.findIndex((name) => wanted.test(name));
  expect(at(new RegExp(`^Your phone ${own}`))).toBeGreaterThanOrEqual(0);
  expect(at(/^My do not disturb/)).toBeGreaterThan(at(/^Your phone/));
  expect(at(/^Search people/)).toBeGreaterThan(at(/^My do not disturb/));
  expect(at(/^Ringing\d/)).toBeGreaterThan(at(/^Search people/));
  // One stop for the whole grid: the arrows walk from there.
  expect(stops.filter(({ region, name }) => region === 'Extensions' && /, \d+, /.test(name))).toHaveLength(1);
  expect(at(/^Queues/)).toBeGreaterThan(at(/, \d+, /));
  expect(at(/^Trunks/)).toBeGreaterThan(at(/^Parking/));
});

test('arrows walk from tile to tile, Enter opens one and gives the focus back', async ({ startQuiet, sit }) => {
  const { panel } = await sit(await startQuiet());
  const { page } = panel;
  const order = await panel.order();
  await panel.search.press('ArrowDown');
  await expect(panel.tile(order[0] ?? '')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(panel.tile(order[1] ?? '')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(panel.tile(order[1] ?? '')).toBeFocused();
  await page.keyboard.press('Control+End');
  await expect(panel.tile(order.at(-1) ?? '')).toBeFocused();
});

test('the palette toggles do-not-disturb of a person by name; `?` shows every key', async ({ startQuiet, sit }) => {
  const { panel } = await sit(await startQuiet());
  const { page } = panel;
  const [, second = ''] = await panel.order();
  const label = (await panel.tile(second).getAttribute('aria-label')) ?? '';
  const name = label.split(',')[0] ?? '';
  const was = await panel.dnd(second).getAttribute('aria-pressed');
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type(name);
  await expect(page.getByRole('option', { name: new RegExp(`do not disturb: ${name}`) })).toBeVisible();
  await page.keyboard.type(' do not disturb');
  await expect(page.getByRole('option', { selected: true })).toHaveText(new RegExp(`do not disturb: ${name}`));
  await page.keyboard.press('Enter');
  await expect(panel.dnd(second)).toHaveAttribute('aria-pressed', was === 'true' ? 'false' : 'true');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('?');
  const map = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(map).toContainText('Do not disturb on or off');
  await page.keyboard.press('Escape');
  await expect(map).toHaveCount(0);
});
