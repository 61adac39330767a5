import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures/demo-test';
import { pointersOf, sitDown } from './fixtures/keyboard-desk';
import { PanelPage } from './pages/panel-page';

/** A whole shift at the console without ever touching a mouse: the mouse is taken away, and the page reports any pointer. */

const own = '101';

test.describe('a shift by keyboard', () => {
  test.beforeEach(async ({ demoCalls }) => demoCalls.quiet());

  test('answers, transfers, asks first, takes back, parks, notes and hangs up', async ({
    demoCalls,
    callsPanel,
    newContext,
  }) => {
    test.slow();
    const page = await (await newContext(callsPanel)).newPage();
    const desk = await sitDown(page, callsPanel, own);

    await test.step('a call rings, Enter answers, a name and Enter transfer it', async () => {
      await demoCalls.callIn('01632960500', 'Harper & Sons', own);
      await desk.rings('Harper & Sons');
      await desk.press('Enter');
      await desk.talks('Harper & Sons');
      await desk.find('priya', 'Transfer Harper & Sons to Priya Raman (111)');
      await desk.press('Enter');
      await demoCalls.ringing('111');
      await expect(desk.card('Harper & Sons')).toContainText('Priya Raman');
      await demoCalls.answer('111');
      await demoCalls.connected('111', '01632960500');
      await expect(desk.cards).toHaveCount(0);
      await demoCalls.hangup('111');
    });

    await test.step('Shift+Enter asks first, Enter completes', async () => {
      await demoCalls.callIn('01632960501', 'Volta Bygg', own);
      await desk.rings('Volta Bygg');
      await desk.press('Enter');
      await desk.talks('Volta Bygg');
      await desk.find('chen', 'Ask Chen Wei (131) about Volta Bygg first');
      await desk.press('Shift+Enter');
      await demoCalls.ringing('131');
      await desk.rings('Volta Bygg');
      await demoCalls.answer('131');
      await expect(desk.card('Volta Bygg')).toContainText('Chen Wei');
      await demoCalls.connected('131', own);
      await desk.press('Enter');
      await demoCalls.connected('131', '01632960501');
      await demoCalls.idle(own);
      await expect(desk.cards).toHaveCount(0);
      await demoCalls.hangup('131');
    });

    await test.step('Esc takes the caller back; then park, retrieve, note and hang up', async () => {
      await demoCalls.callIn('01632960502', 'Klinik am Park', own);
      await desk.rings('Klinik am Park');
      await desk.press('NumpadAdd');
      await desk.talks('Klinik am Park');
      await desk.find('oliver', 'Oliver Hughes (133)');
      await desk.press('Shift+Enter');
      await demoCalls.ringing('133');
      await desk.rings('Klinik am Park');
      await desk.press('Escape');
      await demoCalls.idle('133');
      await desk.talks('Klinik am Park');

      // In the empty search the signs of the number block act on the call, and F-keys type nothing anywhere.
      await desk.press('NumpadDivide');
      await demoCalls.idle(own);
      await expect(desk.card('Klinik am Park')).toContainText('Parked');
      await desk.press('F8');
      await demoCalls.connected(own);
      await expect(desk.card('Klinik am Park')).toContainText('Talking');

      await desk.press('Escape');
      await desk.press('n');
      await page.keyboard.type('Wants the tender by Friday, please call n/s/t');
      await expect(desk.card('Klinik am Park').getByRole('textbox')).toHaveValue(/by Friday, please call n\/s\/t$/);
      await desk.press('F9');
      await demoCalls.idle(own);
    });
    expect(await pointersOf(page)).toEqual([]);
  });

  test('logs in to a queue, takes who waits, and never sends a caller elsewhere than was said', async ({
    demoCalls,
    callsPanel,
    newContext,
  }) => {
    const page = await (await newContext(callsPanel)).newPage();
    const desk = await sitDown(page, callsPanel, own);

    await test.step('the palette takes a caller out of a queue', async () => {
      await demoCalls.joinQueue('603', '01632960510', 'Maria Holm');
      await desk.command('take maria holm', /^Take Maria Holm from/);
      await demoCalls.ringing(own);
      await desk.rings('Maria Holm');
      await desk.press('F2');
      await demoCalls.connected(own);
      await expect(desk.card('Maria Holm')).toContainText('Talking');
    });

    await test.step('the call for which a name is typed stays the one, and when it is gone nothing is sent', async () => {
      await desk.press('/');
      await desk.find('priya', 'Transfer Maria Holm to Priya Raman (111)');
      const axe = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
      expect(axe.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' '))}`)).toEqual(
        [],
      );
      await demoCalls.callIn('01632960511', 'Zoe Late', own);
      await demoCalls.ringing(own, '01632960511');
      await expect(desk.card('Zoe Late')).toBeVisible();
      await expect(desk.search).toBeFocused();
      await expect(desk.hint).toContainText('Transfer Maria Holm to Priya Raman (111)');
      await demoCalls.hangup('trunk', '01632960510');
      await expect(desk.hint).toContainText('Maria Holm is no longer on the line.');
      await desk.press('Enter');
      await expect(desk.search).toHaveValue('');
      await demoCalls.ringing(own, '01632960511');
      await demoCalls.idle('111');
    });
    expect(await pointersOf(page)).toEqual([]);
  });

  test('do not disturb, the list of keys, and a key of one’s own', async ({ demoCalls, callsPanel, newContext }) => {
    const page = await (await newContext(callsPanel)).newPage();
    const desk = await sitDown(page, callsPanel, own);
    const panel = new PanelPage(page);

    await desk.press('Shift+D');
    await expect(panel.ownDnd).toHaveAttribute('aria-pressed', 'true');
    await desk.command('turn off my do not disturb', /^Turn off my do not disturb/);
    await expect(panel.ownDnd).toHaveAttribute('aria-pressed', 'false');

    await test.step('the list is searched; a key that somebody has is named; another one is given', async () => {
      await desk.press('?');
      const map = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
      await expect(map.getByLabel('Search keys')).toBeFocused();
      await desk.tabTo(map.getByRole('button', { name: 'Change keys' }), 200);
      await desk.press('Enter');
      await desk.tabTo(map.getByLabel('Search keys'), 400);
      await page.keyboard.type('park, or');
      await desk.tabTo(map.getByRole('button', { name: 'Add a key for Park, or take back' }));
      await desk.press('Enter', 'F2');
      await expect(map).toContainText('“Answer, or take who waits longest” has this key.');
      await desk.press('Control+w');
      await expect(map).toContainText('The browser or text fields use this key.');
      await desk.press('q');
      await expect(map.getByRole('button', { name: 'Take Q away from Park, or take back' })).toBeVisible();
      await desk.press('Escape');
      await expect(map).toHaveCount(0);
    });

    await test.step('it works, survives a reload, and types in a field', async () => {
      await page.reload();
      await panel.live();
      await demoCalls.callIn('01632960520', 'Åsa Friberg', own);
      await desk.rings('Åsa Friberg');
      await desk.press('Enter');
      await desk.talks('Åsa Friberg');
      await page.keyboard.type('q');
      await expect(desk.search).toHaveValue('q');
      await desk.press('Escape', 'Escape', 'q');
      await demoCalls.idle(own);
      await expect(desk.card('Åsa Friberg')).toContainText('Parked');
    });
    expect(await pointersOf(page)).toEqual([]);
  });
});
