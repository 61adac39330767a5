import type { Locator, Page } from '@playwright/test';
import { Office } from './fixtures/office';
import { expect, test } from './fixtures/test';
import { boxOf, PanelPage } from './pages/panel-page';

/** Epoch ms when the accessible name of a tile came to fit, in that browser. */
function timeOfName(tile: Locator, pattern: RegExp): Promise<number> {
  return tile.evaluate(
    (element, { source, flags }) =>
      new Promise<number>((resolve) => {
        const wanted = new RegExp(source, flags);
        const look = () => wanted.test(element.getAttribute('aria-label') ?? '') && resolve(Date.now());
        new MutationObserver(look).observe(element, { attributes: true, attributeFilter: ['aria-label'] });
        look();
      }),
    { source: pattern.source, flags: pattern.flags },
  );
}

/** Epoch ms of the next click in that browser. */
function timeOfPress(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        addEventListener('click', () => resolve(Date.now()), { capture: true, once: true });
      }),
  );
}

/** People of the demo office who are not on a call all the time, first to last. */
async function people(panel: PanelPage, count: number): Promise<string[]> {
  const order = await panel.order();
  return order.slice(-count);
}

test('do-not-disturb with a note and an end reaches a colleague within a second', async ({ startQuiet, sit }) => {
  const process = await startQuiet();
  const mine = await sit(process);
  const colleague = await new Office(mine.context.request).addUser('olivia', 'supervisor');
  const theirs = await sit(process, colleague);
  const [number = ''] = await people(mine.panel, 1);
  const sheet = await mine.panel.availability(number);
  await sheet.note.fill('Writing the offer');
  await sheet.end('1 hour').check();
  const turnOn = sheet.button('Turn on for 1 hour');
  await expect(turnOn).toBeEnabled();
  const pressed = timeOfPress(mine.panel.page);
  const seen = timeOfName(theirs.panel.tile(number), /do not disturb until .*\d\d:\d\d/i);
  await turnOn.click();
  expect((await seen) - (await pressed)).toBeLessThan(1_000);
  await sheet.closed();
  await expect(theirs.panel.tile(number)).toHaveAccessibleName(/Writing the offer/);
  await expect(mine.panel.tile(number)).toBeFocused();

  // And back: the colleague ends it, and both see where it stood.
  const story = await theirs.panel.details(number);
  await expect(story).toContainText(/Set by admin at \d\d:\d\d until .*\d\d:\d\d — in the panel/);
  await story.getByRole('switch', { name: 'Do not disturb' }).click();
  await expect(mine.panel.dnd(number)).toHaveAttribute('aria-pressed', 'false');
});

test('an end that has passed is refused beside its field', async ({ startQuiet, sit }) => {
  const { panel } = await sit(await startQuiet());
  const [number = ''] = await people(panel, 1);
  const sheet = await panel.availability(number);
  await sheet.end('Other…').check();
  const field = sheet.dialog.getByLabel('Date and time');
  await field.fill('2020-01-01T08:00');
  await sheet.button(/^Turn on/).click();
  await expect(sheet.dialog.getByText('This moment has passed already.')).toBeVisible();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await panel.page.keyboard.press('Escape');
  await sheet.closed();
  await expect(panel.dnd(number)).toHaveAttribute('aria-pressed', 'false');
});

test('presence has the administrator’s names, a message, and remembers it', async ({ startQuiet, sit }) => {
  const process = await startQuiet();
  const { panel, context } = await sit(process);
  const theirs = await sit(process);
  const [number = '', other = ''] = await people(panel, 2);
  const sheet = await panel.availability(number);
  await sheet.tab('Presence').click();
  await sheet.state('Out to lunch').check();
  await sheet.message.fill('Back at two');
  await sheet.button('Set “Out to lunch”').click();
  await panel.says(number, new RegExp(`, ${number}, .*Out to lunch.*Back at two`));
  await theirs.panel.says(number, new RegExp(`, ${number}, .*Out to lunch.*Back at two`));

  const again = await panel.availability(other);
  await again.tab('Presence').click();
  await again.recent.getByRole('button', { name: 'Back at two' }).click();
  await expect(again.message).toHaveValue('Back at two');
  await expect.poll(async () => (await new Office(context.request).layout()).recentMessages).toEqual(['Back at two']);
});

test('several at once, and undone', async ({ startQuiet, sit }) => {
  const { panel } = await sit(await startQuiet());
  const three = await people(panel, 3);
  const [first = ''] = three;
  const before = await panel.order();
  await panel.select(three);
  expect(await panel.order()).toEqual(before);
  await panel.selection.getByRole('button', { name: 'Presence…' }).click();
  await expect(panel.sheet.tab('Forwarding')).toHaveCount(0);
  await panel.sheet.state('Meeting').check();
  await panel.sheet.button('Set “Meeting”').click();
  for (const number of three) await panel.says(number, new RegExp(`, ${number}, .*Meeting`));
  await panel.page.getByRole('button', { name: /^Undo/ }).click();
  for (const number of three) await expect(panel.tile(number)).not.toHaveAccessibleName(/Meeting/);

  // The same by the keyboard, from the tiles.
  await panel.tile(first).focus();
  await panel.selection.getByRole('button', { name: 'DND on…' }).press('Enter');
  await panel.sheet.note.fill('All hands');
  await panel.sheet.note.press('Enter');
  for (const number of three) await panel.says(number, new RegExp(`, ${number}, .*All hands`));
  // The tiles may know before the answer is here that can be taken back.
  await expect(panel.page.getByRole('button', { name: /^Undo/ })).toBeVisible();
  await panel.tile(first).focus();
  await panel.page.keyboard.press('u');
  for (const number of three) await expect(panel.dnd(number)).toHaveAttribute('aria-pressed', 'false');
  await panel.page.keyboard.press('Escape');
  await expect(panel.selection).toHaveCount(0);
});

test('a forwarding that the rules forbid is refused beside its field, and the tile takes it back', async ({
  startQuiet,
  sit,
}) => {
  const { panel } = await sit(await startQuiet());
  const [number = '', target = ''] = await people(panel, 2);
  const sheet = await panel.availability(number);
  await sheet.tab('Forwarding').click();
  await sheet.setForward('Always', '+44 20 7946 0123');
  await expect(sheet.forward('Always').getByRole('alert')).toHaveText(
    '+442079460123 is an international number; the administrator does not allow forwarding to those.',
  );
  await expect(sheet.target('Always')).toHaveAttribute('aria-invalid', 'true');
  await sheet.setForward('No answer', target);
  await expect(sheet.forward('No answer')).toContainText(/Set by admin at \d\d:\d\d — in the panel/);
  await panel.page.keyboard.press('Escape');
  await sheet.closed();
  await panel.says(number, new RegExp(`, ${number}, .*forwards no answer to ${target}`));
  await expect(panel.tile(number)).not.toHaveAccessibleName(/forwards all/);
});

test('a refused change is taken back with its reason', async ({ startQuiet, newContext }) => {
  const process = await startQuiet();
  const context = await newContext(process);
  await Office.signIn(context);
  const page = await context.newPage();
  const panel = new PanelPage(page);
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const [, id] = /^42(\d+)\["command"/.exec(String(message)) ?? [];
      if (id === undefined) server.send(message);
      else socket.send(`43${id}[{"ok":false,"error":"conflict","message":"The PBX refused: no such presentity."}]`);
    });
  });
  await panel.open();
  const [number = ''] = await people(panel, 1);
  const sheet = await panel.availability(number);
  await sheet.tab('Presence').click();
  await sheet.state('Break').check();
  await sheet.button('Set “Break”').click();
  await expect(panel.urgent).toHaveText(/presence was not changed\. The PBX refused: no such presentity\./);
  await expect(page.getByRole('listitem').filter({ hasText: 'no such presentity' })).toBeVisible();
  await expect(panel.tile(number)).not.toHaveAccessibleName(/Break/);
});

test('everything by the keyboard: from the search to a presence and back to the tile', async ({ startQuiet, sit }) => {
  const { panel } = await sit(await startQuiet());
  const { page } = panel;
  const { keyboard } = page;
  const [number = ''] = await people(panel, 1);
  await keyboard.press('/');
  await expect(panel.search).toBeFocused();
  await keyboard.type(number);
  await expect(panel.search).toHaveValue(number);
  await expect.poll(() => panel.order()).toEqual([number]);
  await keyboard.press('ArrowDown');
  await expect(panel.tile(number)).toBeFocused();
  await keyboard.press('a');
  await expect(panel.sheet.tab('Do not disturb')).toBeFocused();
  await keyboard.press('ArrowRight');
  await expect(panel.sheet.tab('Presence')).toBeFocused();
  await expect(panel.sheet.state('Available')).toBeVisible();
  await keyboard.press('Tab');
  await expect(panel.sheet.state('Available')).toBeFocused();
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await expect(panel.sheet.state('Out to lunch')).toBeChecked();
  await keyboard.press('Enter');
  await panel.sheet.closed();
  await panel.says(number, new RegExp(`, ${number}, .*Out to lunch`));
  await expect(panel.tile(number)).toBeFocused();

  await keyboard.press('Space');
  await expect(panel.tile(number)).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Shift+F10');
  await expect(page.getByRole('menu')).toBeVisible();
  await keyboard.press('Escape');
  await expect(panel.tile(number)).toBeFocused();
  await keyboard.press('Control+a');
  await expect(panel.selection).toContainText('1 selected');
  await panel.search.fill('');
  await expect.poll(async () => (await panel.order()).length).toBeGreaterThan(9);
  await panel.tile(number).focus();
  await keyboard.press('Control+a');
  await expect(panel.selection).toContainText(/^\d{2,} selected/);
  await keyboard.press('Escape');
  await expect(panel.selection).toHaveCount(0);
});

test('the palette sets one’s own state by its name', async ({ startQuiet, sit }) => {
  const { panel, context } = await sit(await startQuiet());
  const [number = ''] = await people(panel, 1);
  await new Office(context.request).setOwnExtension(number);
  await expect(panel.ownDnd).toBeVisible();
  await panel.page.keyboard.press('Control+K');
  await expect(panel.page.getByRole('combobox')).toBeFocused();
  await panel.page.keyboard.type('i am meeting');
  const option = panel.page.getByRole('option', { name: 'I am: Meeting' });
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await panel.page.keyboard.press('Enter');
  await panel.says(number, new RegExp(`, ${number}, .*Meeting`));
  await panel.page.keyboard.press('Shift+A');
  await expect(panel.sheet.dialog).toContainText(`Extension ${number}`);
});

test('a member sets their own availability, and nobody else’s', async ({ startQuiet, sit }) => {
  const process = await startQuiet();
  const { panel: admins, context } = await sit(process);
  const [own = '', other = ''] = await people(admins, 2);
  const member = await new Office(context.request).addUser('mia', 'member', own);
  const { panel } = await sit(process, member);
  const theirs = await panel.availability(other);
  await expect(theirs.dialog).toContainText('Your account may change do not disturb of your own extension only.');
  await expect(theirs.button(/^Turn on/)).toBeDisabled();
  await panel.page.keyboard.press('Escape');
  await theirs.closed();
  // Its tile offers no switch at all.
  await panel.tile(other).hover();
  await expect(panel.dnd(other)).toHaveCount(0);
  const mine = await panel.availability(own);
  await mine.button('Turn on').click();
  await admins.says(own, new RegExp(`, ${own}, .*[Dd]o not disturb`));
});

test('a finger that rests opens the menu, and chooses from there on', async ({ startQuiet, sit }) => {
  const { panel, context } = await sit(await startQuiet(), undefined, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  const { page } = panel;
  const [first = '', second = ''] = await panel.order();
  const { x, y } = await boxOf(panel.tile(first));
  const touch = await context.newCDPSession(page);
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x + 40, y: y + 12 }] });
  await expect(page.getByRole('menu')).toBeVisible();
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await page.getByRole('menuitem', { name: 'Select' }).tap();
  await panel.tile(second).tap({ position: { x: 20, y: 12 } });
  await expect(panel.selection).toContainText('2 selected');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await panel.selection.getByRole('button', { name: 'Clear the selection' }).tap();
  await expect(panel.selection).toHaveCount(0);
});
