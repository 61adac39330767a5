import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Lab } from './asterisk/lab';
import { expect, test } from './fixtures/lab';
import { Newcomer, readme } from './fixtures/newcomer';
import { PanelPage } from './pages/panel-page';

/** An empty database and a PBX nobody has told of the panel: to an office that works, by the README's words. */

const tenMinutes = 600;
const ownPassword = 'the kettle sings at noon';
const herPassword = 'nine green bicycles outside';
const reception = '120';

async function astDb({ pbx }: Lab, family: string, key: string): Promise<string> {
  const [row] = await pbx.ami.list('DBGet', { Family: family, Key: key }).catch(() => []);
  return row?.get('Val') ?? '';
}

/** As somebody with a shell of the PBX does it. */
async function pasteOnPbx({ pbx }: Lab, conf: string): Promise<() => Promise<void>> {
  const file = path.join(pbx.instance.folder, 'etc', 'manager.conf');
  const before = await readFile(file, 'utf8');
  await appendFile(file, `\n${conf}\n`);
  const reload = () => pbx.ami.action('Command', { Command: 'manager reload' });
  await reload();
  return async () => {
    await writeFile(file, before);
    await reload();
  };
}

test('from the printed link to a receptionist who answers: under ten minutes', async ({
  lab,
  startPanel,
  newContext,
}, info) => {
  test.slow();
  const named = await readme();
  const panel = await startPanel({ password: null });
  const page = await (await newContext(panel)).newPage();
  page.setDefaultTimeout(15_000);
  const me = new Newcomer(page);
  const main = page.getByRole('main');
  const button = (label: string) => page.getByRole('button', { name: named(label) });
  const heading = (label: string) =>
    expect(page.getByRole('heading', { name: named(label), exact: true })).toBeVisible();
  const began = Date.now();
  await page.goto(panel.setupLink);

  await test.step('an account', async () => {
    await heading('Your account');
    await me.read(main);
    await expect(page.getByRole('textbox', { name: 'Your name' })).toBeFocused();
    await me.type('Ida Holm');
    await me.press('Tab');
    await me.type('ida', page.getByRole('textbox', { name: 'User name' }));
    await me.press('Tab');
    await me.type(ownPassword);
    await me.click(button('Continue'));
  });

  const restore =
    await test.step('the PBX: refused first, in words, then by the very lines the page gave', async () => {
      await heading('Your PBX');
      await me.read(main);
      await me.type('127.0.0.1', page.getByRole('textbox', { name: named('Host') }));
      await me.type(String(lab.pbx.ports.ami), page.getByRole('textbox', { name: 'Port' }));
      await me.click(button('Test the connection'));
      const result = page.locator('[aria-live=polite]').filter({ hasText: 'It does not work' });
      await expect(result).toContainText('The PBX refused the sign-in of “cordboard”.', { timeout: 20_000 });
      await expect(result).toContainText('permit line without 127.0.0.1');
      await me.read(result);

      const block = page.locator('pre');
      await expect(block).toContainText('permit = 127.0.0.1/255.255.255.255');
      await me.click(page.getByRole('button', { name: named('Copy'), exact: true }));
      // A shell of the PBX: an editor, the end of the file, paste, save, reload.
      me.elsewhere('ssh root@pbx\rnano /etc/asterisk/manager.conf\r'.length + 14, 6);
      me.elsewhere("asterisk -rx 'manager reload'\r".length, 1);
      const undo = await pasteOnPbx(lab, await block.innerText());

      await me.click(button('Test the connection'));
      await expect(page.getByText(/It works: Asterisk 22\./)).toBeVisible({ timeout: 20_000 });
      await expect(page.getByText(/^Everything works\. Found \d+ extensions, 3 queues/)).toBeVisible();
      await me.click(button('Use this PBX'));
      return undo;
    });

  try {
    await test.step('departments, guessed with reasons', async () => {
      await heading('Departments');
      await expect(page.getByText('Found on 127.0.0.1:')).toBeVisible({ timeout: 20_000 });
      const guesses = page.getByRole('list', { name: 'Departments that were guessed' }).getByRole('listitem');
      await expect(guesses.filter({ hasText: 'They answer the queue support' })).toBeVisible();
      await me.read(main);
      const support = guesses.filter({ hasText: 'They answer the queue support' }).getByRole('textbox').first();
      await me.type('Customer care', support);
      await me.click(button('Accept'));
    });

    const link = await test.step('a receptionist', async () => {
      await heading('Invite people');
      await me.read(page.getByRole('heading', { level: 1 }).locator('..').locator('> div').first());
      await me.type('tove', page.getByLabel('Find somebody'));
      await me.click(page.getByRole('checkbox', { name: `Tove Ek ${reception}` }));
      await page.getByRole('combobox', { name: 'Role' }).selectOption('Receptionist');
      me.clicks += 2;
      await me.click(button('Make the link'));
      const shown = page.getByText(/\/setup\/#invite=/);
      await expect(shown).toBeVisible();
      const made = (await shown.innerText()).trim();
      await me.click(page.getByRole('button', { name: 'Copy the link for Tove Ek' }));
      await me.click(button('Finish'));
      await expect(page.getByRole('heading', { name: 'The panel is ready' })).toBeVisible();
      return made;
    });

    await test.step('into the panel', async () => {
      await me.click(page.getByRole('link', { name: named('Open the panel') }));
      const mine = new PanelPage(page);
      await mine.live();
      await mine.says('106', 'Free');
      await expect(page.getByText('Customer care').first()).toBeVisible();
    });
    const machine = (Date.now() - began) / 1_000;

    const guest = new Newcomer(await (await newContext(panel)).newPage());
    const hers = new PanelPage(guest.page);
    await test.step('the receptionist opens the link, sets a password and sees the office', async () => {
      await guest.page.goto(link);
      await expect(guest.page.getByText('Ida Holm invites you')).toContainText('as Receptionist');
      await guest.read(guest.page.getByRole('main'));
      await guest.type(herPassword, guest.page.getByRole('textbox', { name: 'Choose a password' }));
      await guest.press('Tab');
      await guest.type(herPassword, guest.page.getByRole('textbox', { name: 'The same again' }));
      await guest.press('Enter');
      await hers.live();
      await hers.says('101', 'Free');
      await expect(guest.page.getByRole('button', { name: 'My do not disturb' })).toBeVisible();
    });

    await test.step('a phone calls, a click sets do-not-disturb, and it is on the PBX', async () => {
      await lab.phones.dial('101', '102');
      await hers.says('102', 'Ringing, from Anna Berg');
      await lab.phones.answer('102');
      await hers.says('102', 'Talking');
      await lab.phones.hangup('101');
      await hers.says('102', 'Free');
      await guest.click(hers.ownDnd);
      await expect.poll(() => astDb(lab, 'DND', reception)).toBe('YES');
      await hers.says(reception, 'Do not disturb');
      await guest.click(hers.ownDnd);
      await expect.poll(() => astDb(lab, 'DND', reception)).toBe('');
    });

    const told = [
      ['administrator', me],
      ['receptionist', guest],
    ] as const;
    const lines = told.map(
      ([who, { clicks, keys, estimate }]) => `${who}: ${clicks} clicks, ${keys} keys, ${Math.round(estimate)} s`,
    );
    info.annotations.push({ type: 'newcomer', description: `${lines.join('; ')}; machines ${Math.round(machine)} s` });
    process.stdout.write(`    ${info.annotations.at(-1)?.description}\n`);
    expect(me.estimate + guest.estimate + machine).toBeLessThan(tenMinutes);
  } finally {
    await restore();
  }
});

test('who leaves half-way comes back to where they were, and nobody else gets in by the link', async ({
  startPanel,
  newContext,
}) => {
  const panel = await startPanel({ password: null });
  const context = await newContext(panel);
  const page = await context.newPage();
  const link = panel.setupLink;
  await page.goto(link);
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ida Holm');
  await page.getByRole('textbox', { name: 'User name' }).fill('Not a name!');
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill('short');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Use letters, digits, dot, dash or @.')).toBeVisible();
  await expect(page.getByText('Use at least 10 characters.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'User name' })).toBeFocused();
  await page.getByRole('textbox', { name: 'User name' }).fill('ida');
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(ownPassword);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'Your PBX' })).toBeVisible();
  await page.getByRole('link', { name: 'Finish later' }).click();
  const mine = new PanelPage(page);
  await mine.live();

  const stranger = await (await newContext(panel)).newPage();
  await stranger.goto(link);
  await expect(stranger.getByRole('alert').filter({ hasText: 'not valid, or was used already' })).toBeVisible();

  await page.getByRole('link', { name: 'Connect your own' }).click();
  await expect(page.getByRole('heading', { name: 'Your PBX' })).toBeVisible();
  await page.getByRole('button', { name: 'Skip: show the demo' }).click();
  await expect(page.getByRole('heading', { name: 'Departments' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Departments' })).toBeVisible();
  await page.getByRole('button', { name: /Your PBX/ }).click();
  await expect(page.getByRole('heading', { name: 'Your PBX' })).toBeVisible();
});
