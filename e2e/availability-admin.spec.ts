import type { APIRequestContext, BrowserContext, Locator, Page } from '@playwright/test';
import { Office } from './fixtures/office';
import type { PanelProcess } from './fixtures/panel-process';
import { expect, test } from './fixtures/test';

/** The section of the administration, in a window of its own. */
class AvailabilityPage {
  readonly save: Locator;
  readonly standing: Locator;

  private constructor(readonly page: Page) {
    this.save = page.getByRole('button', { name: 'Save', exact: true });
    this.standing = page.getByRole('status').filter({ hasText: /saved|in force at once/ });
  }

  static async open(context: BrowserContext): Promise<AvailabilityPage> {
    const section = new AvailabilityPage(await context.newPage());
    await section.page.goto('/admin/availability/');
    await expect(section.save).toBeVisible();
    return section;
  }

  state(name: string): Locator {
    return this.page.getByRole('group', { name, exact: true });
  }

  async stateNames(): Promise<string[]> {
    const fields = this.page.getByRole('region', { name: 'Presence states' }).getByRole('textbox', { name: 'Name' });
    return fields.evaluateAll((all) => all.map((field) => (field as HTMLInputElement).value));
  }

  async renameState(name: string, next: string): Promise<void> {
    await this.state(name).getByRole('textbox', { name: 'Name' }).fill(next);
  }

  async saved(): Promise<void> {
    await this.save.click();
    await expect(this.page.getByText('Saved. It is in force now.')).toBeVisible();
    await expect(this.save).toBeDisabled();
  }
}

async function command(request: APIRequestContext, name: string, params: object): Promise<void> {
  const answer = await request.post(`/api/v1/commands/${name}`, { data: params });
  expect(answer.ok(), await answer.text()).toBe(true);
}

async function secondAdmin(
  first: BrowserContext,
  panel: PanelProcess,
  newContext: (panel: PanelProcess) => Promise<BrowserContext>,
): Promise<BrowserContext> {
  const user = await new Office(first.request).addUser('olga', 'admin');
  const context = await newContext(panel);
  await Office.signIn(context, user);
  return context;
}

test('a state gets another name: a panel that is open shows it', async ({ startPanel, sit }) => {
  const { panel, context } = await sit(await startPanel());
  const [first = ''] = await panel.order();
  await command(context.request, 'extension.presence', { extension: first, state: 'away', subtype: 'lunch' });
  await expect(panel.tile(first)).toHaveAccessibleName(/Out to lunch/);

  const section = await AvailabilityPage.open(context);
  await section.renameState('Out to lunch', 'Eating with Erika');
  await section.saved();
  await expect(panel.tile(first)).toHaveAccessibleName(/Eating with Erika/);

  await section.page.goto('/admin/audit/');
  await expect(section.page.getByRole('row', { name: /Save the availability settings/ })).toContainText('Done');
});

test('two administrators at once: told, and nothing that was typed is lost', async ({
  startPanel,
  sit,
  newContext,
}) => {
  const process = await startPanel();
  const { context } = await sit(process);
  const mine = await AvailabilityPage.open(context);
  const theirs = await AvailabilityPage.open(await secondAdmin(context, process, newContext));

  await theirs.renameState('Break', 'Coffee');
  await theirs.page.getByRole('radio', { name: /^Each on its own/ }).check();
  await theirs.saved();

  await mine.renameState('Meeting', 'Conference');
  await mine.page.getByRole('switch', { name: 'Use FOP2' }).click();
  await mine.save.click();
  await expect(mine.page.getByRole('alert').filter({ hasText: 'Somebody else changed these settings' })).toBeVisible();
  await mine.page.getByRole('button', { name: 'Take their changes over and keep mine' }).click();
  await expect(mine.page.getByText('Both of you changed the presence states')).toBeVisible();
  await expect(mine.page.getByRole('radio', { name: /^Each on its own/ })).toBeChecked();
  await expect(mine.page.getByRole('switch', { name: 'Use FOP2' })).not.toBeChecked();
  expect(await mine.stateNames()).toContain('Conference');
  await mine.saved();

  await theirs.page.reload();
  await expect(theirs.state('Conference')).toBeVisible();
  expect(await theirs.stateNames()).not.toContain('Coffee');
  await expect(theirs.page.getByRole('radio', { name: /^Each on its own/ })).toBeChecked();
});

test('what is wrong is told beside its field, and nothing is saved', async ({ startPanel, sit }) => {
  const { context } = await sit(await startPanel());
  const section = await AvailabilityPage.open(context);
  const { page } = section;
  await page.getByRole('switch', { name: 'Use OpenSIPS' }).click();
  const address = page.getByRole('textbox', { name: 'MI address' });
  await address.fill('opensips');
  await section.renameState('Break', 'meeting');
  await section.save.click();

  await expect(address).toBeFocused();
  await expect(address).toHaveAccessibleDescription(/Enter an address such as/);
  await expect(page.getByRole('textbox', { name: 'SIP domain' })).toHaveAccessibleDescription(/Enter the SIP domain/);
  const second = section.state('Meeting').getByRole('textbox', { name: 'Name' });
  await expect(second).toHaveAccessibleDescription('Another state has this name.');
  await expect(section.standing).toHaveText('Not saved: 3 fields are not right');

  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(section.standing).toHaveText('A change is in force at once.');
  const answer = await context.request.get('/api/v1/admin/availability');
  expect(await answer.json()).toMatchObject({ version: 0 });
});

test('with the rule off, presence silences no phone', async ({ startPanel, sit }) => {
  const { panel, context } = await sit(await startPanel());
  const [first = '', second = ''] = await panel.order();
  const dnd = (extension: string) => command(context.request, 'extension.presence', { extension, state: 'dnd' });
  await dnd(first);
  await expect(panel.dnd(first)).toHaveAttribute('aria-pressed', 'true');

  const section = await AvailabilityPage.open(context);
  await section.page.getByRole('radio', { name: /^Each on its own/ }).check();
  await section.saved();
  await dnd(second);
  await expect(panel.tile(second)).toHaveAccessibleName(/Do not disturb|disturb/i);
  const { extensions } = await (await context.request.get('/api/v1/state')).json();
  const silent = extensions.filter(({ dnd: { on } }: { dnd: { on: boolean } }) => on);
  expect(silent.map(({ number }: { number: string }) => number)).toContain(first);
  expect(silent.map(({ number }: { number: string }) => number)).not.toContain(second);
});

test('states are put into another order by keys alone, the focus stays', async ({ startPanel, sit }) => {
  const { context } = await sit(await startPanel());
  const section = await AvailabilityPage.open(context);
  const { page } = section;
  const before = await section.stateNames();
  const down = page.getByRole('button', { name: `Move ${before[0]} down` });
  await down.focus();
  await page.keyboard.press('Enter');
  await expect(down).toBeFocused();
  await page.keyboard.press('Space');
  await expect(down).toBeFocused();
  expect(await section.stateNames()).toEqual([before[1], before[2], before[0], ...before.slice(3)]);
  await section.saved();
  await page.reload();
  await expect(section.state(before[0] ?? '')).toBeVisible();
  expect((await section.stateNames()).slice(0, 3)).toEqual([before[1], before[2], before[0]]);
});

test('a number is tried on rules that are not saved yet', async ({ startPanel, sit }) => {
  const { panel, context } = await sit(await startPanel());
  const [extension = ''] = await panel.order();
  const page = await context.newPage();
  await page.goto('/admin/calls/');
  const verdict = page.getByRole('status').filter({ hasText: '→' });
  const number = page.getByRole('textbox', { name: 'Try a number' });
  await number.fill('0044123');
  await expect(verdict).toHaveText('0044123 → international: calls not allowed, forwarding not allowed');
  await page.getByRole('checkbox', { name: 'International may be forwarded to' }).check();
  await expect(verdict).toHaveText('0044123 → international: calls not allowed, forwarding allowed');
  await number.fill(extension);
  await expect(verdict).toHaveText(`${extension} → internal: calls allowed, forwarding allowed`);
  await number.fill('112');
  await number.press('Enter');
  await expect(verdict).toHaveText('112 → emergency: calls allowed, forwarding not allowed');
  expect(await (await context.request.get('/api/v1/admin/availability')).json()).toMatchObject({ version: 0 });
});
