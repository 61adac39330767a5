import { mustBeClean } from './fixtures/axe';
import { expect, test } from './fixtures/demo-test';
import { Office } from './fixtures/office';
import { countSounds, heard, lookAway } from './fixtures/sounds';
import type { Seat } from './fixtures/test';
import { ConsoleCalls } from './pages/console-calls';

const harper = { number: '01632960500', name: 'Harper & Sons' } as const;
const own = '101';

interface Desk extends Seat {
  readonly calls: ConsoleCalls;
}

async function atDesk(seat: Seat, extension = own): Promise<Desk> {
  await new Office(seat.context.request).setOwnExtension(extension);
  await expect(seat.panel.page.getByText(new RegExp(`^No calls. Your phone ${extension}`))).toBeVisible();
  return { ...seat, calls: new ConsoleCalls(seat.panel.page) };
}

test('a call of one’s own: rings, talks, is held, ends, and leaves time for its note', async ({
  callsPanel,
  demoCalls,
  sit,
}) => {
  const { panel, calls, context } = await atDesk(await sit(callsPanel));
  const { page } = panel;
  const card = calls.card(harper.name);
  await demoCalls.callIn(harper.number, harper.name, own);
  await expect(card).toContainText('Rings at you');
  await expect(card).toContainText(harper.number);
  await expect(card).toContainText(/to \d+/);
  await expect(page).toHaveTitle(`(1) ${harper.name} calls – Cordboard`);
  await expect(calls.button(harper.name, /^Answer/)).toBeEnabled();
  await expect(panel.timer(card)).toBeVisible();
  await demoCalls.answer(own);
  await expect(card).toContainText('Talking');
  await expect(page).toHaveTitle('Cordboard');
  await expect(calls.button(harper.name, /^Answer/)).toHaveCount(0);
  await demoCalls.hold(own);
  await expect(card).toContainText('Holding');
  await demoCalls.unhold(own);
  await expect(card).toContainText('Talking');
  // The note does not take the focus by itself, and is saved without being asked.
  await calls.note(harper.name).fill('Wants the offer by');
  await calls.note(harper.name).press('End');
  await demoCalls.hangup(own);
  await expect(calls.ended).toContainText(harper.name);
  // Who was writing writes on, and no letter becomes a shortcut.
  await expect(calls.note(harper.name)).toBeFocused();
  await page.keyboard.type(' Friday');
  await expect(calls.note(harper.name)).toHaveValue('Wants the offer by Friday');
  await expect(calls.ended.getByRole('img', { name: 'Saved' })).toBeVisible();
  const { rows } = await (await context.request.get(`/api/v1/calls?number=${harper.number}&limit=1`)).json();
  expect(rows[0].notes[0].text).toBe('Wants the offer by Friday');
  await calls.ended.getByRole('button', { name: /^Put the ended call/ }).click();
  await expect(calls.ended).toHaveCount(0);

  // The next time they call, the card tells of it.
  await demoCalls.callIn(harper.number, harper.name, own);
  await card.getByRole('button', { name: /^1 earlier call, last with/ }).click();
  await expect(calls.earlier).toContainText('Answered');
  await expect(calls.earlier).toContainText('Wants the offer by Friday');
  await page.keyboard.press('Escape');
  await expect(calls.earlier).toHaveCount(0);
});

test('a note that cannot be saved says so, and is saved when the server is back', async ({
  demoCalls,
  startPanel,
  sit,
  faults,
}) => {
  const process = await startPanel({ amiUrl: demoCalls.amiUrl });
  const { calls, panel, context } = await atDesk(await sit(process));
  await demoCalls.callIn(harper.number, harper.name, own);
  await demoCalls.answer(own);
  await expect(calls.card(harper.name)).toContainText('Talking');
  faults.expectLostServer = true;
  await process.end('SIGKILL');
  await expect(panel.notices).toContainText('Panel server unreachable');
  await calls.note(harper.name).fill('Call back');
  await expect(calls.card(harper.name).getByRole('alert')).toContainText(
    'Not saved yet. The panel server cannot be reached.',
  );
  // The buttons stand there, and say why they do nothing.
  await expect(calls.button(harper.name, /^Hang up/)).toHaveAttribute('title', 'The panel server cannot be reached.');
  await process.launch();
  await panel.live();
  await expect(calls.card(harper.name).getByRole('img', { name: 'Saved' })).toBeVisible();
  const id = await demoCalls.pbx.engine.channels.byId.keys().next().value;
  const { notes } = await (await context.request.get(`/api/v1/calls/${id}/notes`)).json();
  expect(notes.map(({ text }: { text: string }) => text)).toEqual(['Call back']);
});

test('what is done on the card reaches the PBX: hold, park, take back, digits, hang up', async ({
  callsPanel,
  demoCalls,
  sit,
}) => {
  const { panel, calls } = await atDesk(await sit(callsPanel));
  const { page } = panel;
  const card = calls.card(harper.name);
  await demoCalls.callIn(harper.number, harper.name, own);
  await calls.button(harper.name, /^Answer/).click();
  await expect(card).toContainText('Talking');
  await calls.button(harper.name, /^Hold/).click();
  await expect(card).toContainText('Holding');
  await calls.button(harper.name, /^Resume/).click();
  await expect(card).toContainText('Talking');
  await calls.button(harper.name, /^Keypad/).click();
  await page.keyboard.type('42#');
  await expect(page.getByRole('status', { name: 'Sent' })).toHaveText('42#');
  await page.keyboard.press('Escape');
  await calls.button(harper.name, /^Park/).click();
  await expect(card).toContainText(/Parked at 7\d\d/);
  await expect(card).toContainText(/returns in \d:\d\d/);
  await calls.button(harper.name, /^Take/).click();
  await demoCalls.answer(own);
  await expect(card).toContainText('Talking');
  await calls.button(harper.name, /^Hang up/).click();
  await demoCalls.idle(own);
  await expect(card).toHaveCount(0);
});

test('a consultation shows who waits and who talks; cancel gives the caller back', async ({
  callsPanel,
  demoCalls,
  sit,
}) => {
  const { panel, calls } = await atDesk(await sit(callsPanel));
  const { page } = panel;
  const card = calls.card(harper.name);
  await demoCalls.callIn(harper.number, harper.name, own);
  await demoCalls.answer(own);
  await expect(card).toContainText('Talking');
  await calls.button(harper.name, /^Transfer/).click();
  await expect(panel.search).toBeFocused();
  await page.keyboard.type('102');
  await page.keyboard.press('Shift+Enter');
  await expect(card).toContainText('Asking');
  await expect(card.getByRole('listitem').first()).toContainText(`${harper.name}waits`);
  await expect(card.getByRole('listitem').last()).toContainText('102rings');
  await expect(calls.mine.getByRole('article')).toHaveCount(1);
  await demoCalls.answer('102');
  await expect(card.getByRole('listitem').last()).toContainText('102talks to you');
  await calls.button(harper.name, /^Swap/).click();
  await expect(card.getByRole('listitem').first()).toContainText('talks to you');
  await expect(card.getByRole('listitem').last()).toContainText('waits');
  await calls.button(harper.name, /^Cancel/).click();
  await expect(card).toContainText('Talking');
  await demoCalls.idle('102');
});

test('who waits in the queues one answers, longest first, can be taken', async ({ callsPanel, demoCalls, sit }) => {
  const { calls, panel } = await atDesk(await sit(callsPanel), '151');
  await demoCalls.joinQueue('601', harper.number, harper.name);
  await demoCalls.joinQueue('603', '01632960777', 'Volta');
  // 151 answers 603 alone; the others are shown to who asks for them.
  await expect(calls.caller('Volta')).toBeVisible();
  await expect(calls.caller(harper.name)).toHaveCount(0);
  await panel.calls.getByRole('button', { name: 'All queues' }).click();
  await expect(calls.caller(harper.name)).toBeVisible();
  expect(await calls.waitingNames()).toEqual([harper.name, 'Volta']);
  await calls.caller(harper.name).getByRole('button', { name: /^Take/ }).click();
  await expect(calls.card(harper.name)).toContainText('Rings at you');
  await expect(calls.caller(harper.name)).toHaveCount(0);
});

test('of two windows one rings, as long as it rings, and neither when somebody else has answered', async ({
  callsPanel,
  demoCalls,
  sit,
}) => {
  const seat = await sit(callsPanel);
  await countSounds(seat.context);
  await seat.panel.page.reload();
  const { panel, context } = await atDesk(seat);
  const first = panel.page;
  const second = await context.newPage();
  await second.goto('/');
  await expect(second.getByText(/^No calls. Your phone/)).toBeVisible();
  await expect(second.getByRole('button', { name: 'Click to allow sound' })).toBeVisible();
  for (const page of [first, second]) await page.mouse.click(700, 12);
  await expect(second.getByRole('button', { name: 'Click to allow sound' })).toHaveCount(0);
  // The windows have heard of each other.
  await first.waitForTimeout(2_500);
  await demoCalls.callIn(harper.number, harper.name, own);
  const ringing = async () => [await heard(first), await heard(second)].filter(({ rings }) => rings).length;
  await expect.poll(ringing).toBe(1);
  await first.waitForTimeout(1_500);
  expect(await ringing()).toBe(1);
  await expect(second).toHaveTitle(/^\(1\) Harper/);
  await demoCalls.answer(own);
  await expect.poll(ringing).toBe(0);
  await demoCalls.hangup(own);
  const { rung } = await heard(first);
  expect(rung + (await heard(second)).rung).toBe(1);
});

test('a window that closes hands the ring over', async ({ callsPanel, demoCalls, sit }) => {
  const seat = await sit(callsPanel);
  await countSounds(seat.context);
  await seat.panel.page.reload();
  const { panel, context } = await atDesk(seat);
  const pages = [panel.page, await context.newPage()];
  await pages[1]?.goto('/');
  for (const page of pages) await page.mouse.click(700, 12);
  await panel.page.waitForTimeout(2_500);
  await demoCalls.callIn(harper.number, harper.name, own);
  const ringing = async () => {
    for (const page of pages) if (!page.isClosed() && (await heard(page)).rings) return page;
    return null;
  };
  await expect.poll(async () => (await ringing()) !== null).toBe(true);
  const loud = await ringing();
  await loud?.close();
  await expect.poll(async () => (await ringing()) !== null, { timeout: 10_000 }).toBe(true);
});

test('a notification on the desktop is there while one looks at something else and the call rings', async ({
  callsPanel,
  demoCalls,
  sit,
}) => {
  const seat = await sit(callsPanel);
  await countSounds(seat.context);
  const { page } = seat.panel;
  await page.goto('/account/#notifications');
  const desktop = page.getByRole('switch', { name: 'Notifications on the desktop' });
  await desktop.click();
  await expect(desktop).toBeChecked();
  await page.getByRole('switch', { name: 'Sound' }).click();
  await expect(page.getByLabel('Volume')).toHaveCount(0);
  await expect
    .poll(async () => (await new Office(seat.context.request).layout()).console)
    .toMatchObject({ notify: { desktop: true, sound: false } });
  await seat.panel.open();
  const { calls } = await atDesk(seat);
  await page.mouse.click(700, 12);
  await demoCalls.callIn(harper.number, harper.name, own);
  await expect(calls.card(harper.name)).toBeVisible();
  expect(await heard(page)).toEqual({ rings: false, rung: 0, chimes: 0, notices: [] });
  await lookAway(page, true);
  await expect.poll(async () => (await heard(page)).notices).toEqual([`${harper.name} calls`]);
  await demoCalls.answer(own);
  await expect.poll(async () => (await heard(page)).notices).toEqual([]);
  await page.goto('/account/');
  await page.getByRole('switch', { name: 'Sound' }).click();
  await desktop.click();
  await expect(desktop).not.toBeChecked();
});

test('what the account may not do stands there with its reason; without an extension there is a way to choose', async ({
  callsPanel,
  demoCalls,
  sit,
}) => {
  const admins = await sit(callsPanel);
  const member = await new Office(admins.context.request).addUser('mo', 'member', '102');
  const { panel } = await sit(callsPanel, member);
  const calls = new ConsoleCalls(panel.page);
  await demoCalls.callIn(harper.number, harper.name, '600');
  const answer = calls.button(harper.name, /^Answer/);
  await expect(answer).toHaveAttribute('title', 'Your account may not make calls.');
  // It is no dead button: it says why.
  await answer.click({ force: true });
  await expect(panel.urgent).toContainText('Your account may not make calls.');
  await expect(calls.card(harper.name)).toContainText('Rings at you');
  const nobody = await new Office(admins.context.request).addUser('nil', 'supervisor');
  const { panel: theirs } = await sit(callsPanel, nobody);
  await theirs.page.getByRole('link', { name: /^Choose your extension to see/ }).click();
  await expect(theirs.page).toHaveURL(/\/account\/$/);
});

test('axe finds nothing on the console in its states, light and dark', async ({ callsPanel, demoCalls, sit }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { panel, calls } = await atDesk(await sit(callsPanel, undefined, { colorScheme }));
    await demoCalls.callIn(harper.number, harper.name, own);
    await expect(calls.card(harper.name)).toContainText('Rings at you');
    await mustBeClean(panel.page, '.panel-calls');
    await demoCalls.answer(own);
    await expect(calls.card(harper.name)).toContainText('Talking');
    await demoCalls.joinQueue('601', '01632960777', 'Volta');
    await mustBeClean(panel.page, '.panel-calls');
    await demoCalls.quiet();
    await expect(calls.ended.first()).toBeVisible();
    await mustBeClean(panel.page, '.panel-calls');
  }
});
