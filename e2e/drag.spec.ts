import AxeBuilder from '@axe-core/playwright';
import type { CDPSession, Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures/demo-test';
import { Office } from './fixtures/office';
import type { Seat } from './fixtures/test';
import { CallDrag } from './pages/call-drag';
import { ConsoleCalls } from './pages/console-calls';
import { boxOf } from './pages/panel-page';

const harper = { number: '01632960500', name: 'Harper & Sons' } as const;
const own = '101';
const webb = { number: '112', name: 'Marcus Webb' } as const;

interface Desk extends Seat {
  readonly page: Page;
  readonly calls: ConsoleCalls;
  readonly drag: CallDrag;
}

async function atDesk(seat: Seat, extension = own): Promise<Desk> {
  await new Office(seat.context.request).setOwnExtension(extension);
  const { page } = seat.panel;
  await expect(page.getByText(new RegExp(`^No calls. Your phone ${extension}`))).toBeVisible();
  return { ...seat, page, calls: new ConsoleCalls(page), drag: new CallDrag(page) };
}

/** What was said to a screen reader. */
function polite(page: Page): Locator {
  return page.locator('[aria-live=polite][role=status]').first();
}

test.describe('a call is pulled', () => {
  test('onto a person: it says what will happen, and does that', async ({ callsPanel, demoCalls, sit }) => {
    const { panel, page, calls, drag } = await atDesk(await sit(callsPanel));
    await demoCalls.callIn(harper.number, harper.name, own);
    await demoCalls.answer(own);
    await expect(calls.card(harper.name)).toContainText('Talking');

    await drag.lift(calls.card(harper.name));
    expect(await drag.over(panel.tile(webb.number))).toBe(`Transfer ${harper.name} to ${webb.name} (${webb.number})`);
    await expect(polite(page)).toContainText(`Transfer ${harper.name} to ${webb.name}`);
    await page.keyboard.down('Shift');
    await expect(drag.label).toContainText(`Ask ${webb.name} (${webb.number}) first, ${harper.name} waits`);
    await page.keyboard.up('Shift');
    await expect(drag.label).toContainText('Transfer');
    expect(await drag.over(panel.tile('138'))).toContain('offline');
    expect(await drag.over(panel.tile(own))).toBe('This is your call.');
    await expect(panel.tile(own)).toHaveAttribute('data-takes', 'no');
    await drag.over(panel.tile(webb.number));
    await drag.drop();
    await demoCalls.ringing(webb.number);
    await demoCalls.answer(webb.number);
    await panel.says(webb.number, /Talking, from Harper & Sons/);
    await demoCalls.idle(own);
  });

  test('onto a voicemail, a parking lot, a queue and a conference', async ({ callsPanel, demoCalls, sit }) => {
    const { panel, page, calls, drag } = await atDesk(await sit(callsPanel));
    await demoCalls.call('191', '800');
    await demoCalls.callIn(harper.number, harper.name, own);
    await demoCalls.answer(own);
    const card = calls.card(harper.name);
    await expect(card).toContainText('Talking');

    await drag.lift(card);
    expect(await drag.over(panel.tile(webb.number), 'right')).toBe(
      `Send ${harper.name} to the voicemail of ${webb.name}`,
    );
    expect(await drag.over(page.locator('[data-drop="conference:800"]'))).toBe(
      `Send ${harper.name} into conference 800`,
    );
    expect(await drag.over(page.locator('[data-drop="queue:sales"]'))).toMatch(
      new RegExp(`^Send ${harper.name} to the queue`),
    );
    expect(await drag.over(page.locator('[data-drop="lot:default"]'))).toBe(`Park ${harper.name} in 701–720`);
    await drag.drop();
    await expect(panel.side).toContainText('701');
    await expect(page.getByRole('article', { name: `Parked at 701: ${harper.name}` })).toBeVisible();

    // Out of the parking lot into the conference.
    await drag.lift(panel.side.locator('[data-handle*=parked]').filter({ hasText: harper.name }));
    expect(await drag.over(page.locator('[data-drop="conference:800"]'))).toBe(
      `Send ${harper.name} into conference 800`,
    );
    await drag.drop();
    await expect(page.locator('[data-drop="conference:800"]')).toContainText(harper.name);
  });

  test('into a queue, which the dialplan reaches at another number', async ({ callsPanel, demoCalls, sit }) => {
    const { page, calls, drag } = await atDesk(await sit(callsPanel));
    await demoCalls.callIn(harper.number, harper.name, own);
    await demoCalls.answer(own);
    await expect(calls.card(harper.name)).toContainText('Talking');
    const queue = page.locator('[data-drop="queue:sales"]');
    await drag.lift(calls.card(harper.name));
    await drag.over(queue);
    await drag.drop();
    await expect(queue.getByRole('list', { name: 'Waiting callers' })).toContainText(harper.name);
    await demoCalls.idle(own);
  });

  test('of a colleague to me, and off the line', async ({ callsPanel, demoCalls, sit }) => {
    const { panel, page, calls, drag } = await atDesk(await sit(callsPanel));
    await demoCalls.callIn(harper.number, harper.name, webb.number);
    const line = panel.tile(webb.number).locator('[data-handle]').last();
    await drag.lift(line);
    expect(await drag.over(panel.tile(own))).toBe(`Pick up ${harper.name}, who calls ${webb.name}`);
    await drag.drop();
    await demoCalls.answer(own);
    await expect(calls.card(harper.name)).toContainText('Talking');
    await drag.lift(calls.card(harper.name));
    expect(await drag.over(page.locator('[data-drop=hangup]'))).toBe(`Hang up ${harper.name}`);
    await drag.drop();
    await demoCalls.idle(own);
  });

  test('ends by itself when the caller hangs up, and by Escape', async ({ callsPanel, demoCalls, sit }) => {
    const { panel, page, calls, drag } = await atDesk(await sit(callsPanel));
    const commands: string[] = [];
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => void commands.push(String(payload))));
    await page.reload();
    await panel.live();
    await demoCalls.callIn(harper.number, harper.name, own);
    await demoCalls.answer(own);
    await expect(calls.card(harper.name)).toContainText('Talking');
    await drag.lift(calls.card(harper.name));
    await drag.over(panel.tile(webb.number));
    await page.keyboard.press('Escape');
    await expect(drag.label).toHaveCount(0);
    await page.mouse.up();

    await drag.lift(calls.card(harper.name));
    await drag.over(panel.tile(webb.number));
    await demoCalls.hangup(own);
    await expect(drag.label).toHaveCount(0);
    await expect(page.getByText(`The call with ${harper.name} is over. Nothing was done.`).first()).toBeVisible();
    await page.mouse.up();
    expect(commands.filter((text) => text.includes('call.transfer'))).toEqual([]);
  });

  test('tiles are still pulled by their name', async ({ callsPanel, demoCalls, sit }) => {
    const { panel, drag } = await atDesk(await sit(callsPanel));
    await demoCalls.connect('113', '114');
    await panel.says('113', /Talking/);
    const order = await panel.order();
    await panel.drag('114', '113', 'before');
    await expect(drag.label).toHaveCount(0);
    await expect.poll(async () => (await panel.order()).indexOf('114')).toBeLessThan(order.indexOf('114'));
  });
});

test('two operators pull the same caller out of a queue: the second is told who has them', async ({
  callsPanel,
  demoCalls,
  sit,
}) => {
  const first = await atDesk(await sit(callsPanel));
  const user = await new Office(first.context.request).addUser('tomas', 'supervisor');
  const second = await atDesk(await sit(callsPanel, user), '103');
  await demoCalls.joinQueue('602', harper.number, harper.name);
  const waiting = ({ panel }: Desk) => panel.side.locator('[data-handle*=waiting]').filter({ hasText: harper.name });
  for (const desk of [first, second]) {
    await desk.drag.lift(waiting(desk));
    expect(await desk.drag.over(desk.panel.tile(desk === first ? own : '103'))).toBe(
      `Take ${harper.name} to your phone`,
    );
  }
  await first.drag.drop();
  await demoCalls.ringing(own);
  await expect(second.drag.label).toHaveCount(0);
  await expect(second.page.getByText(/Harper & Sons .*Nothing was done\./).first()).toBeVisible();
  await second.page.mouse.up();
  await demoCalls.idle('103');
});

test('a finger rests on a call, pulls it onto a person; without a pull the menu opens; a swipe scrolls', async ({
  callsPanel,
  demoCalls,
  sit,
}) => {
  const seat = await sit(callsPanel, undefined, { hasTouch: true, viewport: { width: 1024, height: 768 } });
  const { panel, page, calls, drag } = await atDesk(seat);
  await demoCalls.callIn(harper.number, harper.name, own);
  await demoCalls.answer(own);
  const card = calls.card(harper.name);
  await expect(card).toContainText('Talking');
  const finger = await page.context().newCDPSession(page);
  const from = await boxOf(card);
  const start = { x: from.x + 30, y: from.y + 10 };

  await touch(finger, 'touchStart', start);
  await expect(drag.label).toBeVisible();
  await touch(finger, 'touchEnd');
  await expect(drag.menu).toBeVisible();
  await expect(drag.menu.getByRole('menuitem', { name: 'Move to…' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drag.menu).toHaveCount(0);

  await touch(finger, 'touchStart', start);
  await touch(finger, 'touchMove', { x: start.x, y: start.y + 60 });
  await page.waitForTimeout(500);
  await expect(drag.label).toHaveCount(0);
  await touch(finger, 'touchEnd');

  await touch(finger, 'touchStart', start);
  await expect(drag.label).toBeVisible();
  const to = await boxOf(panel.tile(webb.number));
  for (let step = 1; step <= 6; step += 1) {
    const at = (a: number, b: number) => a + ((b - a) * step) / 6;
    await touch(finger, 'touchMove', { x: at(start.x, to.x + 20), y: at(start.y, to.y + 20) });
  }
  await expect(drag.label).toContainText(`Transfer ${harper.name} to ${webb.name}`);
  await touch(finger, 'touchEnd');
  await demoCalls.ringing(webb.number);
});

async function touch(
  session: CDPSession,
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  point?: { readonly x: number; readonly y: number },
): Promise<void> {
  await session.send('Input.dispatchTouchEvent', { type, touchPoints: point ? [point] : [] });
}

test('the same by keys: the menu of a call, and moving it by typing', async ({ callsPanel, demoCalls, sit }) => {
  const { page, calls, drag } = await atDesk(await sit(callsPanel));
  await demoCalls.callIn(harper.number, harper.name, own);
  await demoCalls.answer(own);
  const card = calls.card(harper.name);
  await expect(card).toContainText('Talking');
  await card.focus();
  await page.keyboard.press('Shift+F10');
  await expect(drag.menu).toBeVisible();
  await expect(drag.menu.getByRole('menuitem', { name: `Hang up ${harper.name}` })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include('[role=menu]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(card).toBeFocused();

  await page.keyboard.press('m');
  await expect(drag.picker).toHaveAccessibleName(`Move ${harper.name} to…`);
  await page.keyboard.type('webb');
  await expect(drag.picker.getByRole('option', { selected: true })).toHaveText(
    `Transfer ${harper.name} to ${webb.name} (${webb.number})`,
  );
  await page.keyboard.press('Enter');
  await expect(drag.picker).toHaveCount(0);
  await demoCalls.ringing(webb.number);
});

test('menus of tiles, queues, members and rooms do what they say', async ({ callsPanel, demoCalls, sit }) => {
  const { panel, page, drag } = await atDesk(await sit(callsPanel));
  await panel.tile(webb.number).click({ button: 'right', position: { x: 20, y: 8 } });
  await drag.menu.getByRole('menuitem', { name: `Call ${webb.name} (${webb.number})` }).click();
  await demoCalls.ringing(webb.number);
  await demoCalls.quiet();
  await demoCalls.idle(own);

  const queue = page.locator('[data-drop="queue:billing"]');
  await queue.getByRole('button', { name: /^More for queue/ }).click();
  await drag.menu.getByRole('menuitem', { name: 'Add somebody…' }).click();
  await page.keyboard.type('webb');
  await drag.picker.getByRole('option', { name: `Add ${webb.name}` }).click();
  const member = queue.getByRole('listitem').filter({ hasText: webb.name });
  await expect(member).toBeVisible();
  await member.click({ button: 'right' });
  await drag.menu.getByRole('menuitem', { name: /^Pause .*: Lunch$/ }).click();
  await expect(member).toContainText('Paused: Lunch');
  await member.click({ button: 'right' });
  await drag.menu.getByRole('menuitem', { name: new RegExp(`^Take ${webb.name}.* out of`) }).click();
  await expect(member).toHaveCount(0);

  await demoCalls.call('191', '801');
  const room = page.locator('[data-drop="conference:801"]');
  await room.getByRole('button', { name: 'More for conference 801' }).click();
  await drag.menu.getByRole('menuitem', { name: 'Lock conference 801' }).click();
  await expect(room.getByRole('img', { name: 'locked' })).toBeVisible();
  await room.getByRole('listitem').click({ button: 'right' });
  await drag.menu.getByRole('menuitem', { name: /^Mute/ }).click();
  await expect(room.getByRole('img', { name: 'muted' })).toBeVisible();
  await room.getByRole('button', { name: 'More for conference 801' }).click();
  await drag.menu.getByRole('menuitem', { name: 'End conference 801' }).click();
  await expect(room).toHaveCount(0);
});

test('what the account may not do is shown with the reason', async ({ callsPanel, demoCalls, sit, newContext }) => {
  const admin = await atDesk(await sit(callsPanel));
  const user = await new Office(admin.context.request).addUser('vera', 'viewer');
  const context = await newContext(callsPanel);
  await Office.signIn(context, user);
  const page = await context.newPage();
  await page.goto('/');
  await demoCalls.connect('113', '114');
  const line = page.locator('[data-tile="113"] [data-handle]').last();
  await line.click({ button: 'right' });
  const item = page.getByRole('menuitem', { name: /^Hang up/ });
  await expect(item).toBeDisabled();
  await expect(item).toContainText('Your account may not hang up calls.');
});
