import { dids } from './asterisk/people';
import { expect, test } from './fixtures/lab';
import { Office } from './fixtures/office';

test('a call rings on both tiles, is answered, counts its seconds and ends', async ({ lab, startPanel, sit }) => {
  const { panel } = await sit(await startPanel({ amiUrl: lab.pbx.amiUrl() }));
  await panel.says('101', 'Free');

  await lab.phones.dial('102', '101');
  await panel.says('101', 'Ringing, from Bilal Demir');
  await panel.says('102', 'Calling, to Anna Berg');
  await expect(panel.tile('101')).toContainText('Bilal Demir');
  await expect(panel.calls.getByRole('listitem').filter({ hasText: 'Bilal Demir' })).toContainText('Ringing');

  await lab.phones.answer('101');
  await panel.says('101', 'Talking, from Bilal Demir');
  await panel.says('102', 'Talking, to Anna Berg');
  const clock = panel.timer(panel.tile('101'));
  await expect(clock).toHaveText('0:02');
  await expect(clock).toHaveText('0:03');

  await lab.phones.hangup('102');
  await panel.says('101', 'Free');
  await panel.says('102', 'Free');
  await expect(panel.calls.getByText('No conversations')).toBeVisible();
});

test('two calls on one phone are both shown, and hold has its own word', async ({ lab, startPanel, sit }) => {
  const { panel } = await sit(await startPanel({ amiUrl: lab.pbx.amiUrl() }));
  await lab.phones.dial('102', '103');
  await lab.phones.answer('103');
  await panel.says('103', 'Talking, from Bilal Demir');

  await lab.phones.dial('104', '103');
  await lab.phones.ringing('103', '104');
  await panel.says('103', 'Talking, from Bilal Demir, 1 more on the line');
  await expect(panel.tile('103')).toContainText('+1');
  const details = await panel.details('103');
  const lines = details.getByRole('list', { name: 'Calls' }).getByRole('listitem');
  await expect(lines).toHaveCount(2);
  await expect(lines.nth(0)).toContainText('Talking');
  await expect(lines.nth(1)).toContainText("Dara O'Brien");

  await lab.phones.hold('103', '102');
  await expect(lines.filter({ hasText: 'Bilal Demir' })).toContainText(/Holding|On hold/);
});

test('a caller waits in a queue, a parked call in its space, people in a conference', async ({
  lab,
  startPanel,
  sit,
}) => {
  const { panel } = await sit(await startPanel({ amiUrl: lab.pbx.amiUrl() }));
  const { side } = panel;
  const { phones } = lab;

  await phones.callIn('49301234567', 'Outside Caller', dids.toQueue);
  const waiting = side.getByRole('list', { name: 'Waiting callers' }).getByRole('listitem');
  await expect(waiting).toContainText('Outside Caller');
  await expect(panel.timer(waiting)).toHaveText('0:02');
  await expect(side.getByText('1 waiting')).toBeVisible();
  const trunk = side.getByRole('button', { name: /1 call$/ });
  await trunk.click();
  await expect(trunk.locator('..').getByRole('listitem')).toContainText('Outside Caller');
  await phones.hangupOutside('49301234567');
  await expect(waiting).toHaveCount(0);

  await phones.dial('101', '102');
  await phones.answer('102');
  // A phone that has answered is not in the bridge yet: only then can it send its party on.
  await phones.connected('101');
  await panel.says('102', 'Talking, from Anna Berg');
  await phones.park('102');
  await expect.poll(async () => (await lab.pbx.ami.list('ParkedCalls')).length).toBe(1);
  const slot = side.getByRole('listitem').filter({ hasText: 'by Bilal Demir' });
  await expect(slot).toContainText('701');
  await expect(slot).toContainText('Anna Berg');
  await expect(slot).toContainText(/back in 0:\d\d/);
  await panel.says('101', 'Parked');

  await phones.dial('105', '800');
  await phones.dial('104', '801');
  const inside = side.getByText('2 inside');
  await expect(inside).toBeVisible();
  await expect(side.getByRole('listitem').filter({ hasText: 'Émile Noël' })).toBeVisible();
  await expect(side.getByRole('listitem').filter({ hasText: "Dara O'Brien" }).getByLabel('leads')).toBeVisible();
});

test("one's own incoming call is told to a screen reader", async ({ lab, startPanel, sit }) => {
  const process = await startPanel({ amiUrl: lab.pbx.amiUrl() });
  const { panel, context } = await sit(process);
  await new Office(context.request).setOwnExtension('101');
  await expect(panel.page.getByRole('button', { name: /^Your phone 101: Free/ })).toBeVisible();
  await lab.phones.dial('102', '101');
  await expect(panel.urgent).toHaveText(/^Incoming call from Bilal Demir 102/);
  await expect(panel.page.getByRole('button', { name: /^Your phone 101: Ringing Bilal Demir/ })).toBeVisible();
});

test('a phone that leaves the network is offline', async ({ lab, startPanel, sit }) => {
  const { panel } = await sit(await startPanel({ amiUrl: lab.pbx.amiUrl() }));
  await lab.phones.online('112', false);
  await panel.says('112', 'Offline');
  await lab.phones.online('112', true);
  await panel.says('112', 'Free');
});

test.describe('the user’s own arrangement', () => {
  test('a tile is dragged, moved by key, and stands there after a reload', async ({ lab, startPanel, sit }) => {
    const { panel, context } = await sit(await startPanel({ amiUrl: lab.pbx.amiUrl() }));
    const office = new Office(context.request);
    await panel.drag('107', '102', 'before');
    await expect.poll(() => panel.order()).toEqual(expectedOrder(['101', '107', '102', '103']));

    await panel.tile('105').focus();
    await panel.page.keyboard.press('Alt+Shift+ArrowLeft');
    await expect(panel.tile('105')).toBeFocused();
    const wanted = expectedOrder(['101', '107', '102', '103', '105', '104']);
    await expect.poll(() => panel.order()).toEqual(wanted);

    await expect.poll(async () => (await office.layout()).order).toEqual(wanted);
    await panel.open();
    expect(await panel.order()).toEqual(wanted);
  });

  test('density, favourites and hidden people are kept', async ({ lab, startPanel, sit }) => {
    const { panel, context } = await sit(await startPanel({ amiUrl: lab.pbx.amiUrl() }));
    const office = new Office(context.request);
    await panel.density('Compact').click();
    await panel.tile('109').focus();
    await panel.page.keyboard.press('f');
    await expect(panel.grid.getByRole('button', { name: /Favourites/ })).toBeVisible();
    await panel.tile('110').focus();
    await panel.page.keyboard.press('h');
    await expect(panel.tile('110')).toHaveCount(0);
    await expect
      .poll(async () => office.layout())
      .toMatchObject({ density: 'compact', favourites: ['109'], hidden: ['110'] });

    await panel.open();
    await expect(panel.density('Compact')).toHaveAttribute('aria-pressed', 'true');
    expect((await panel.order())[0]).toBe('109');
    await expect(panel.tile('110')).toHaveCount(0);
    await panel.page.getByRole('button', { name: 'Arrangement' }).click();
    await panel.page.getByRole('menuitemcheckbox', { name: /Show hidden people/ }).click();
    await expect(panel.tile('110')).toBeVisible();
  });

  test('the search finds by name without accents, and by number', async ({ lab, startPanel, sit }) => {
    const { panel } = await sit(await startPanel({ amiUrl: lab.pbx.amiUrl() }));
    await panel.search.fill('emile');
    await expect.poll(() => panel.order()).toEqual(['105']);
    await panel.search.fill('12');
    await expect.poll(() => panel.order()).toEqual(['112', '120']);
    await panel.search.fill('weiss');
    await expect.poll(() => panel.order()).toEqual(['110']);
    await panel.search.press('Escape');
    await expect.poll(async () => (await panel.order()).length).toBe(20);
  });
});

/** Everybody, `first` in front and the others by number. */
function expectedOrder(first: readonly string[]): string[] {
  const all = Array.from({ length: 20 }, (_, index) => String(101 + index));
  return [...first, ...all.filter((number) => !first.includes(number))];
}
