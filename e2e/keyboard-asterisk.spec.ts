import { pointersOf, sitDown } from './fixtures/keyboard-desk';
import { expect, test } from './fixtures/lab';

/** The transfers of a shift by keyboard alone, with Asterisk 22 and real phones; the handset is lifted, as these want it. */

const own = '101';
const outside = '5559876';

test('a caller is transferred, asked for first, taken back and parked by keyboard', async ({
  lab,
  startPanel,
  newContext,
}) => {
  test.slow();
  const { phones } = lab;
  const panel = await startPanel({ amiUrl: lab.pbx.amiUrl() });
  const page = await (await newContext(panel)).newPage();
  const desk = await sitDown(page, panel, own);
  const ring = async (name: string) => {
    await phones.callIn(outside, name, '5550101');
    await desk.rings(name);
    await phones.answer(own);
    await desk.talks(name);
  };

  await test.step('Enter sends the caller on', async () => {
    await ring('Harper and Sons');
    await desk.find('tove', 'Transfer Harper and Sons to Tove Ek (120)');
    await desk.press('Enter');
    await phones.answer('120');
    await expect(desk.cards).toHaveCount(0);
    await phones.quiet(own);
    await phones.connected('120', outside);
    await phones.hangup('120');
  });

  await test.step('Shift+Enter asks first, Enter connects the two', async () => {
    await ring('Volta Bygg');
    await desk.find('sven', 'Ask Sven Dahl (119) about Volta Bygg first');
    await desk.press('ArrowDown', 'ArrowUp', 'Escape');
    await desk.find('mona', 'Ask Mona Ali (113) about Volta Bygg first');
    await desk.press('Shift+Enter');
    await desk.rings('Volta Bygg');
    await phones.answer('113');
    await phones.connected('113', own);
    await desk.press('Enter');
    await phones.quiet(own);
    await expect(desk.cards).toHaveCount(0);
    // The phone goes on showing who called it: the panel says who is there now.
    await phones.connected('113');
    await expect(page.getByRole('gridcell', { name: /^Mona Ali, 113, Talking, (from|to) Volta Bygg/ })).toBeVisible();
    await phones.hangup('113');
  });

  await test.step('Esc brings the caller back; F8 parks, F8 retrieves, F9 hangs up', async () => {
    await ring('Klinik am Park');
    await desk.find('mona', 'Mona Ali (113)');
    await desk.press('Shift+Enter');
    await phones.ringing('113');
    await desk.rings('Klinik am Park');
    await desk.press('Escape');
    await phones.quiet('113');
    await desk.talks('Klinik am Park');
    await desk.press('F8');
    await phones.quiet(own);
    await expect(desk.card('Klinik am Park')).toContainText('Parked');
    await desk.press('F8');
    await phones.answer(own);
    await expect(desk.card('Klinik am Park')).toContainText('Talking');
    await desk.press('F9');
    await phones.quiet(own);
  });
  expect(await pointersOf(page)).toEqual([]);
});
