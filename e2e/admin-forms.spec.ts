import type { Locator, Page } from '@playwright/test';
import type { PanelProcess } from './fixtures/panel-process';
import { expect, test } from './fixtures/test';

/** What every form of settings does: says what is wrong beside the field, asks before it is left, and tells two who edit at once. */

interface SettingsForm {
  readonly path: string;
  /** Name of the field that is edited. */
  readonly field: string;
  readonly bad: string;
  readonly message: RegExp;
  readonly mine: string;
  readonly theirs: string;
}

const forms: readonly SettingsForm[] = [
  {
    path: 'pbx',
    field: 'Host',
    bad: 'a b',
    message: /Enter a host name or address/,
    mine: '127.0.0.1',
    theirs: '127.0.0.2',
  },
  {
    path: 'calls',
    field: 'Calls to the outside per user and minute',
    bad: 'x',
    message: /number/i,
    mine: '7',
    theirs: '8',
  },
  {
    path: 'calls',
    field: 'Name',
    bad: 'same',
    message: /time|uniqueid/,
    mine: '{date}/{time}-{uniqueid}',
    theirs: '{time}-{uniqueid}',
  },
  {
    path: 'sign-in',
    field: 'Shortest password, characters',
    bad: '3',
    message: /At least 10/,
    mine: '12',
    theirs: '14',
  },
  {
    path: 'appearance',
    field: 'Name of the panel',
    bad: ' ',
    message: /Enter a name/,
    mine: 'Front office',
    theirs: 'Back office',
  },
  { path: 'data', field: 'Audit log', bad: 'x', message: /\w/, mine: '300', theirs: '200' },
  { path: 'data', field: 'Keep one a day for so many days', bad: 'x', message: /\w/, mine: '9', theirs: '10' },
];

/** Two administrators change one panel: PBX settings are left to a PBX that is not there. */
async function sitDown(page: Page, { path, field }: SettingsForm): Promise<{ box: Locator; form: Locator }> {
  await page.goto(`/admin/${path}/`);
  const box = page.getByRole('textbox', { name: field, exact: true });
  await expect(box).toBeVisible();
  const form = page.locator('form').filter({ has: box });
  return { box, form };
}

async function enter(box: Locator, text: string): Promise<void> {
  await box.click();
  await box.fill('');
  await box.pressSequentially(text);
}

const save = (form: Locator) => form.getByRole('button', { name: /^Save( and connect)?$/ });

/** What else the form of the PBX wants. */
async function fillRest({ path }: SettingsForm, form: Locator): Promise<void> {
  if (path !== 'pbx') return;
  await form.getByRole('textbox', { name: 'Port' }).fill('1');
  await form.getByRole('textbox', { name: 'Secret' }).fill('a secret');
}

for (const one of forms) {
  test(`${one.path}, ${one.field}: wrong beside the field, not left unasked, two at once told`, async ({
    startPanel,
    sit,
  }) => {
    const panel: PanelProcess = await startPanel();
    const seats = [await sit(panel), await sit(panel)] as const;
    const [{ page }, other] = [seats[0].panel, seats[1].panel];
    const { box, form } = await sitDown(page, one);

    await test.step('what is wrong stands beside the field, which has the focus', async () => {
      await enter(box, one.bad);
      await fillRest(one, form);
      await save(form).click();
      await expect(box).toHaveAttribute('aria-invalid', 'true');
      await expect(box).toBeFocused();
      await expect(box).toHaveAccessibleDescription(one.message);
    });

    await test.step('the browser asks before it is left', async () => {
      const asked = page.waitForEvent('dialog');
      await page.close({ runBeforeUnload: true });
      const dialog = await asked;
      expect(dialog.type()).toBe('beforeunload');
      await dialog.dismiss();
      await expect(box).toBeVisible();
    });

    await test.step('two who change the same are told', async () => {
      await enter(box, one.mine);
      const theirs = await sitDown(other.page, one);
      await enter(theirs.box, one.theirs);
      await fillRest(one, theirs.form);
      await save(theirs.form).click();
      await expect(other.page.getByText(/saved|in force|connects|holds|from now on/i).first()).toBeVisible();
      await fillRest(one, form);
      await save(form).click();
      const told = form.getByRole('alert').filter({ hasText: /[Ss]omebody else/ });
      await expect(told).toBeVisible();
      await form.getByRole('button', { name: 'Show what is saved now, without my changes' }).click();
      await expect(box).toHaveValue(one.theirs);
      await expect(told).toHaveCount(0);
    });
  });
}
