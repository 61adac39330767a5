import type { Locator } from '@playwright/test';
import type { Lab } from './asterisk/lab';
import { expect, test } from './fixtures/lab';
import { Office } from './fixtures/office';

/** What the dialplan tests: AstDB `DND/<ext>`; empty when it is off. */
async function onPbx({ pbx }: Lab, number: string): Promise<string> {
  const [row] = await pbx.ami.list('DBGet', { Family: 'DND', Key: number }).catch(() => []);
  return row?.get('Val') ?? '';
}

async function lamp({ pbx }: Lab, number: string): Promise<string> {
  const states = await pbx.ami.list('DeviceStateList');
  return states.find((block) => block.get('Device') === `Custom:DND${number}`)?.get('State') ?? '';
}

/** Epoch ms when the control was pressed, by a click in that browser itself. */
async function timeOfPress(control: Locator): Promise<() => Promise<number>> {
  await control.evaluate((element) => {
    element.addEventListener('click', () => element.setAttribute('data-pressed-at', String(Date.now())), {
      once: true,
    });
  });
  return async () => Number(await control.getAttribute('data-pressed-at'));
}

/** Epoch ms when `aria-pressed` became `value` in that browser. */
function timeOfChange(control: Locator, value: 'true' | 'false'): Promise<number> {
  return control.evaluate(
    (element, wanted) =>
      new Promise<number>((resolve) => {
        const look = () => element.getAttribute('aria-pressed') === wanted && resolve(Date.now());
        new MutationObserver(look).observe(element, { attributes: true, attributeFilter: ['aria-pressed'] });
        look();
      }),
    value,
  );
}

test('a click sets do-not-disturb for everybody within a second, and on the PBX', async ({ lab, startPanel, sit }) => {
  const process = await startPanel({ amiUrl: lab.pbx.amiUrl() });
  const mine = await sit(process);
  const colleague = await new Office(mine.context.request).addUser('olivia', 'supervisor');
  const theirs = await sit(process, colleague);
  await expect(theirs.panel.dnd('104')).toHaveAttribute('aria-pressed', 'false');

  const pressedAt = await timeOfPress(mine.panel.dnd('104'));
  const seenAt = timeOfChange(theirs.panel.dnd('104'), 'true');
  await mine.panel.toggleDnd('104');
  expect((await seenAt) - (await pressedAt())).toBeLessThan(1_000);
  await mine.panel.says('104', 'Do not disturb');
  await theirs.panel.says('104', 'Do not disturb');
  await expect.poll(() => onPbx(lab, '104')).toBe('YES');
  await expect.poll(() => lamp(lab, '104')).toBe('BUSY');

  // The phone no longer rings: the caller hears busy, and no channel to the phone is ever made.
  const channels: string[] = [];
  const stop = lab.pbx.ami.onEvent((event) => {
    if (/^(Newchannel|Hangup)$/.test(event.event)) channels.push(`${event.event} ${event.get('Channel')}`);
  });
  await lab.phones.dial('105', '104');
  await expect.poll(() => channels.join('\n')).toMatch(/Hangup PJSIP\/105-/);
  stop();
  expect(channels.join('\n')).not.toContain('PJSIP/104-');
  await theirs.panel.says('104', 'Do not disturb');

  const story = await theirs.panel.details('104');
  await expect(story).toContainText(/Set by admin at \d\d:\d\d — in the panel/);
});

test('do-not-disturb goes off by the keyboard alone, and the phone rings again', async ({ lab, startPanel, sit }) => {
  const { panel } = await sit(await startPanel({ amiUrl: lab.pbx.amiUrl() }));
  const { keyboard } = panel.page;
  await keyboard.press('/');
  await expect(panel.search).toBeFocused();
  await keyboard.type('104');
  await expect.poll(() => panel.order()).toEqual(['104']);
  await keyboard.press('ArrowDown');
  await expect(panel.tile('104')).toBeFocused();
  await keyboard.press('d');
  await panel.says('104', 'Do not disturb');
  await expect.poll(() => onPbx(lab, '104')).toBe('YES');
  await keyboard.press('d');
  await panel.says('104', 'Free');
  await expect.poll(() => onPbx(lab, '104')).toBe('');
  await expect.poll(() => lamp(lab, '104')).toBe('NOT_INUSE');

  await lab.phones.dial('105', '104');
  await lab.phones.ringing('104');
  await panel.says('104', 'Ringing, from Émile Noël');
});

test('do-not-disturb dialled on the phone shows up with where it came from', async ({ lab, startPanel, sit }) => {
  const { panel } = await sit(await startPanel({ amiUrl: lab.pbx.amiUrl() }));
  await lab.phones.dial('106', '*78');
  await panel.says('106', 'Do not disturb');
  await expect(await panel.details('106')).toContainText(/Set at \d\d:\d\d — at the phone or PBX/);
  await lab.phones.dial('106', '*79');
  await panel.says('106', 'Free');
});

test('what the PBX refuses is taken back, with the reason', async ({ lab, startPanel, sit }) => {
  const { panel } = await sit(await startPanel({ amiUrl: lab.pbx.amiUrl('min') }));
  await panel.toggleDnd('104');
  const reason = /do not disturb stays off\. Asterisk refused DBPut.*class "system"/;
  await expect(panel.page.getByRole('listitem').filter({ hasText: reason })).toBeVisible();
  await expect(panel.urgent).toHaveText(reason);
  await expect(panel.dnd('104')).toHaveAttribute('aria-pressed', 'false');
  await panel.says('104', 'Free');
  expect(await onPbx(lab, '104')).toBe('');
});

test('one’s own do-not-disturb has its switch and its key', async ({ lab, startPanel, sit }) => {
  const { panel, context } = await sit(await startPanel({ amiUrl: lab.pbx.amiUrl() }));
  await new Office(context.request).setOwnExtension('103');
  await panel.ownDnd.click();
  await expect(panel.ownDnd).toHaveAttribute('aria-pressed', 'true');
  await panel.says('103', 'Do not disturb');
  await expect.poll(() => onPbx(lab, '103')).toBe('YES');
  await panel.page.keyboard.press('Shift+D');
  await expect(panel.ownDnd).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(() => onPbx(lab, '103')).toBe('');
});
